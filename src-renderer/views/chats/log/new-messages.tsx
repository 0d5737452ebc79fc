import { useEffect, useRef, useState } from 'react';
import { useText } from '../../../text/use-text.ts';
import { useOpenChat } from '../chat-context.ts';
import { lineOf } from '../list/one-line.ts';
import styles from './message-log.module.css';
import type { LogRow } from './rows.ts';

/** Says what is new, for those who hear the page; what was there before is not said. */
export function NewMessages({ rows }: { rows: readonly LogRow[] }) {
  const { message: words } = useText().chats;
  const { nameOf } = useOpenChat();
  const newest = rows.at(-1);
  const known = useRef<number>(undefined);
  const [said, setSaid] = useState('');
  // biome-ignore lint/correctness/useExhaustiveDependencies: only a newer message is news
  useEffect(() => {
    if (!newest) return;
    const isNews = known.current !== undefined && newest.message.id > known.current;
    known.current = Math.max(known.current ?? 0, newest.message.id);
    if (isNews && !newest.isOwn)
      setSaid(`${nameOf(newest.message)}: ${lineOf(newest.message, words) || words.file}`);
  }, [newest?.message.id]);
  return (
    <div aria-live="polite" className={styles.hidden}>
      {said}
    </div>
  );
}
