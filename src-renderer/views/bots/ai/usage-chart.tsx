import type { AiUse } from '../../../../src-shared/api/ai.ts';
import { useLanguage, useText } from '../../../text/use-text.ts';
import activity from '../activity.module.css';
import styles from './usage.module.css';
import { dateOfDay, everyDay } from './usage-days.ts';

export type ChartKind = 'tokens' | 'answers';
type Day = AiUse['days'][number];

/** Of each kind: what stands below, and what on top of it. */
const PARTS: Record<ChartKind, (day: Day) => readonly [below: number, above: number]> = {
  tokens: ({ tokens }) => [tokens.input, tokens.output],
  answers: ({ answers, failed }) => [answers, failed],
};

/** The last thirty days; the same numbers stand in the table. */
export function UsageChart({ days, kind }: { days: readonly Day[]; kind: ChartKind }) {
  const { use: text } = useText().bots.ai;
  const language = useLanguage();
  const { format } = new Intl.NumberFormat(language);
  const short = new Intl.DateTimeFormat(language, { day: 'numeric', month: 'short' });
  const all = everyDay(days);
  const parts = PARTS[kind];
  const most = Math.max(1, ...all.map((day) => parts(day)[0] + parts(day)[1]));
  const part = (n: number) => `${(n / most) * 100}%`;
  const sum = (of: (day: Day) => number) => all.reduce((total, day) => total + of(day), 0);
  const tokensOf = ({ tokens }: Day) => tokens.input + tokens.output;
  const above = kind === 'tokens' ? activity.out : styles.lost;
  const { legend } = text;
  return (
    <figure className={activity.figure}>
      <figcaption>
        <span className={styles.most}>{format(most)}</span>
        <span className={activity.legend}>
          <i className={activity.in} /> {kind === 'tokens' ? legend.input : legend.answers}
          <i className={above} /> {kind === 'tokens' ? legend.output : legend.failed}
        </span>
      </figcaption>
      <div
        aria-label={text.sums(
          sum(({ answers }) => answers),
          sum(({ failed }) => failed),
          format(sum(tokensOf)),
        )}
        className={activity.chart}
        role="img"
      >
        {all.map((day) => {
          const [below, top] = parts(day);
          const words = text.day(day.answers, day.failed, format(tokensOf(day)));
          return (
            <span key={day.day} title={`${short.format(dateOfDay(day.day))} · ${words}`}>
              {top > 0 && <i className={above} style={{ height: part(top) }} />}
              {below > 0 && <i className={activity.in} style={{ height: part(below) }} />}
              {below + top === 0 && <i className={activity.none} />}
            </span>
          );
        })}
      </div>
      <div aria-hidden="true" className={activity.axis}>
        {[0, 10, 20].map((index) => (
          <span key={index}>{short.format(dateOfDay(all[index]?.day ?? ''))}</span>
        ))}
        <span>{text.today}</span>
      </div>
    </figure>
  );
}
