import { Button } from '@mantine/core';
import { useText } from '../../../text/use-text.ts';
import { confirmHarm } from '../../../ui/confirm.tsx';
import { toast } from '../../../ui/toasts.tsx';
import styles from './note.module.css';

interface WebhookChoiceProps {
  host: string;
  /** Name of the Telegram bot. */
  name: string;
  isKeeping?: boolean;
  onKeep: () => void;
  remove: () => Promise<unknown>;
}

/** The webhook of another program stays, or is taken away after a question: that program is cut off. */
export function WebhookChoice({ host, name, isKeeping = false, onKeep, remove }: WebhookChoiceProps) {
  const { webhook: text } = useText().bots.telegram;
  const ask = () =>
    confirmHarm({
      title: text.title(host),
      body: text.body(name),
      action: text.verb,
      async run() {
        await remove();
        toast(text.removed);
      },
    });
  return (
    <>
      <Button loading={isKeeping} onClick={onKeep} size="xs" variant="default">
        {text.keep}
      </Button>
      <Button c="var(--bm-bad)" className={styles.harm ?? ''} onClick={ask} size="xs" variant="default">
        {text.remove}
      </Button>
    </>
  );
}
