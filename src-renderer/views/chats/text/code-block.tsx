import { useText } from '../../../text/use-text.ts';
import { CopyLightly } from '../../../ui/copy-text.tsx';
import { masked } from '../../../ui/token-field.tsx';
import styles from './body.module.css';

const TOKEN = /\bbm_[A-Za-z0-9_-]{24,}/g;

/** Text as a program would have it. Tokens in it are shown masked; what is copied is the real text. */
export function CodeBlock({ language, text }: { language: string; text: string }) {
  const words = useText().chats.message;
  const name = language === '' ? words.code : language;
  return (
    <div className={styles.code} dir="ltr">
      <div className={styles.codeHead}>
        <span>{name}</span>
        <CopyLightly value={text} what={words.codeText} />
      </div>
      <pre className={styles.codeText}>{text.replace(TOKEN, masked)}</pre>
    </div>
  );
}
