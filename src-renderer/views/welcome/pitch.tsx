import { useText } from '../../text/use-text.ts';
import { LockIcon, ReplayIcon, ServerIcon } from '../../ui/icons.tsx';
import logo from '../../ui/logo.svg';
import { BotMark } from '../../ui/marks.tsx';
import styles from './welcome.module.css';

const ICONS = [LockIcon, ReplayIcon, ServerIcon];

/** What this is about, as a conversation. */
export function Pitch() {
  const text = useText().firstRun.pitch;
  return (
    <aside className={styles.pitch}>
      <div className={styles.pitchColumn}>
        <p className={styles.pitchTitle}>{text.title}</p>
        <p className={styles.lead}>{text.body}</p>
        <div className={styles.chat}>
          <p className={`${styles.own} ${styles.mono}`}>{text.ask}</p>
          <div className={styles.said}>
            <img alt="" src={logo} />
            <div>
              <strong>Botmother</strong>
              <p>{text.reply}</p>
              <p className={styles.hint}>
                {text.name} <b>{text.botName}</b>
              </p>
              <code>bm_5e0b91…77c2</code>
            </div>
          </div>
          <p className={styles.own}>{text.question}</p>
          <div className={styles.said}>
            <BotMark id={3} name={text.botName} size={32} />
            <div>
              <strong>{text.botName}</strong>
              <p>{text.answer}</p>
            </div>
          </div>
        </div>
        <ul className={styles.points}>
          {text.points.map(([title, body], index) => {
            const Icon = ICONS[index] ?? LockIcon;
            return (
              <li key={title}>
                <Icon />
                <strong>{title}</strong>
                <span>{body}</span>
              </li>
            );
          })}
        </ul>
      </div>
    </aside>
  );
}
