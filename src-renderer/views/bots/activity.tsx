import { useQuery } from '@tanstack/react-query';
import { activityQuery } from '../../queries/bots.ts';
import { useLanguage, useText } from '../../text/use-text.ts';
import { clockOf } from '../../ui/when.ts';
import styles from './activity.module.css';

const SMALL_STEPS = 24;

/** The last day of a bot as small bars, an hour each. */
export function Spark({ id }: { id: number }) {
  const text = useText().bots.chart;
  const { data } = useQuery(activityQuery(id));
  if (!data) return <span className={styles.spark} />;
  const { received, sent, failed } = data.totals;
  const hours = Array.from({ length: SMALL_STEPS }, (_, hour) => {
    const slots = data.slots.slice(hour * 2, hour * 2 + 2);
    const sum = (of: 'received' | 'sent' | 'failed') => slots.reduce((all, slot) => all + slot[of], 0);
    return {
      at: data.since + hour * 2 * data.step_s,
      all: sum('received') + sum('sent'),
      failed: sum('failed'),
    };
  });
  const most = Math.max(1, ...hours.map(({ all }) => all));
  return (
    <span aria-label={text.sums(received, sent, failed)} className={styles.spark} role="img">
      {hours.map(({ at, all, failed: lost }) => (
        <i
          className={all === 0 ? styles.none : lost > 0 ? styles.failed : ''}
          key={at}
          style={{ height: all === 0 ? 2 : `${Math.max(12, (all / most) * 100)}%` }}
        />
      ))}
    </span>
  );
}

/** The last day of a bot in half-hours: what came in below, what went out on top of it. */
export function ActivityChart({ id }: { id: number }) {
  const text = useText().bots.chart;
  const language = useLanguage();
  const { data } = useQuery(activityQuery(id));
  if (!data) return <div className={styles.chart} />;
  const { slots, totals, since, step_s } = data;
  const most = Math.max(4, ...slots.map(({ received, sent }) => received + sent));
  const part = (n: number) => `${(n / most) * 100}%`;
  const labels = [0, 12, 24, 36];
  return (
    <figure className={styles.figure}>
      <figcaption>
        <strong>{text.title}</strong>
        <span className={styles.legend}>
          <i className={styles.in} /> {text.in}
          <i className={styles.out} /> {text.out}
        </span>
      </figcaption>
      <div
        aria-label={text.sums(totals.received, totals.sent, totals.failed)}
        className={styles.chart}
        role="img"
      >
        {slots.map(({ received, sent, failed }, index) => {
          const at = since + index * step_s;
          return (
            <span key={at} title={`${clockOf(at, language)} · ${text.sums(received, sent, failed)}`}>
              <i className={styles.out} style={{ height: part(sent) }} />
              <i className={styles.in} style={{ height: part(received) }} />
              {received + sent === 0 && <i className={styles.none} />}
            </span>
          );
        })}
      </div>
      <div aria-hidden="true" className={styles.axis}>
        {labels.map((index) => (
          <span key={index}>{clockOf(since + index * step_s, language)}</span>
        ))}
        <span>{text.now}</span>
      </div>
    </figure>
  );
}
