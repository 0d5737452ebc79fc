import type { Delivery } from '../../../../src-shared/client/types.ts';
import { useLanguage, useReason, useText } from '../../../text/use-text.ts';
import { useWhen } from '../../../ui/use-when.ts';
import { clockOf } from '../../../ui/when.ts';
import styles from './attempt-track.module.css';

/** The attempts of a delivery on a line, and the next one. */
export function AttemptTrack({ delivery: { attempts, attempt_count, next_try } }: { delivery: Delivery }) {
  const { bots } = useText();
  const text = bots.webhook;
  const language = useLanguage();
  const when = useWhen();
  const inWords = useReason();
  if (attempts.length === 0 && next_try === null) return null;
  return (
    <ol aria-label={text.track(attempt_count)} className={styles.track}>
      {attempts.map(({ number, at, status, error, cause, ms }) => {
        const reason = inWords(error, cause);
        return (
          <li
            className={error === null ? styles.good : styles.failed}
            key={number}
            title={`${reason ?? ''} (${Math.round(ms)} ms)`}
          >
            <i aria-hidden="true">{error === null ? '✓' : '×'}</i>
            <span>{clockOf(at, language)}</span>
            <b>{status ?? reason ?? '–'}</b>
          </li>
        );
      })}
      {next_try !== null && (
        <li className={styles.next}>
          <i aria-hidden="true" />
          <span>{text.planned}</span>
          <b>{when(next_try)}</b>
        </li>
      )}
    </ol>
  );
}
