import type { Ref } from 'react';
import type { Chat } from '../../../../src-shared/client/types.ts';
import { ProblemPage } from '../../../ui/problem-page.tsx';
import { type LogHandle, LogRows } from './log-rows.tsx';
import { LogScroll } from './log-scroll.tsx';
import { EmptyLog, LogSkeleton } from './log-states.tsx';
import styles from './message-log.module.css';
import { NewMessages } from './new-messages.tsx';
import { TypingRow } from './typing-row.tsx';
import { useLog } from './use-log.ts';

interface LogProps {
  chat: Chat;
  aim: number | undefined;
  onEscape: () => void;
  ref: Ref<LogHandle>;
}

/** What was said, oldest first. It begins at its end, and stays where it is whatever comes above or below. */
export function MessageLog({ chat, aim, onEscape, ref }: LogProps) {
  const log = useLog(chat, aim);
  const { rows, query, isReady } = log;
  if (query.error && !query.data)
    return (
      <div className={styles.frame}>
        <ProblemPage error={query.error} isTrying={query.isFetching} onRetry={() => void query.refetch()} />
      </div>
    );
  return (
    <div className={styles.frame}>
      {rows.length > 0 ? (
        <LogRows aim={aim} chat={chat} log={log} onEscape={onEscape} ref={ref} />
      ) : (
        <LogScroll
          chat={chat}
          onKeyDown={({ key, defaultPrevented }) => key === 'Escape' && !defaultPrevented && onEscape()}
        >
          {isReady ? <EmptyLog /> : <LogSkeleton />}
        </LogScroll>
      )}
      {log.problem && (
        <p className={styles.problem} role="alert">
          {log.problem.message}
        </p>
      )}
      <TypingRow chat={chat} />
      <NewMessages rows={rows} />
    </div>
  );
}
