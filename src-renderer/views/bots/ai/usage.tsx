import { Progress, SegmentedControl, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { AiUse } from '../../../../src-shared/api/ai.ts';
import { botAiUseQuery } from '../../../queries/bot-ai.ts';
import type { Bot } from '../../../queries/bots.ts';
import { useLanguage, useText } from '../../../text/use-text.ts';
import ai from './ai.module.css';
import { Calls } from './calls.tsx';
import styles from './usage.module.css';
import { type ChartKind, UsageChart } from './usage-chart.tsx';
import { UsageTable } from './usage-table.tsx';

/** What the AI of a bot used, by day and by question, and how far that is from its limit. */
export function Usage({ bot, isSetUp }: { bot: Bot; isSetUp: boolean }) {
  const { use: text } = useText().bots.ai;
  const { data } = useQuery(botAiUseQuery(bot.id));
  const [kind, setKind] = useState<ChartKind>('tokens');
  const [isTable, setTable] = useState(false);
  if (!data) return null;
  const wasUsed = data.calls.length > 0 || data.days.some(({ calls }) => calls > 0);
  if (!wasUsed && !isSetUp) return null;
  return (
    <section aria-labelledby="ai-use" className={styles.use}>
      <div className={styles.head}>
        <Title className={ai.title ?? ''} id="ai-use" order={2}>
          {text.title}
        </Title>
        {wasUsed && (
          <>
            <button className={ai.link} onClick={() => setTable(!isTable)} type="button">
              {isTable ? text.asChart : text.asTable}
            </button>
            {!isTable && (
              <SegmentedControl
                aria-label={text.show}
                data={(['tokens', 'answers'] as const).map((value) => ({ value, label: text.kinds[value] }))}
                onChange={(value) => setKind(value as ChartKind)}
                size="xs"
                value={kind}
              />
            )}
          </>
        )}
      </div>
      <Month use={data} />
      {!wasUsed && <p className={styles.never}>{text.never}</p>}
      {wasUsed && (isTable ? <UsageTable days={data.days} /> : <UsageChart days={data.days} kind={kind} />)}
      {data.calls.length > 0 && <Calls calls={data.calls} />}
    </section>
  );
}

/** How much of the month's tokens is gone. */
function Month({ use: { month, limits } }: { use: AiUse }) {
  const { use: text } = useText().bots.ai;
  const language = useLanguage();
  const { format } = new Intl.NumberFormat(language);
  const name = new Intl.DateTimeFormat(language, { month: 'long' }).format(new Date());
  const used = month.tokens.input + month.tokens.output;
  const most = limits.month_tokens;
  const part = most === 0 ? 0 : Math.min(1, used / most);
  const percent = new Intl.NumberFormat(language, { style: 'percent' }).format(part);
  const words = most === 0 ? text.noLimit(format(used)) : text.ofLimit(format(used), format(most), percent);
  const isReached = most > 0 && used >= most;
  return (
    <div className={styles.month}>
      <p>
        <strong>{name}</strong> <span>{words}</span>
      </p>
      {most > 0 && (
        <Progress
          aria-label={`${name}: ${words}`}
          color={isReached ? 'red' : part >= 0.8 ? 'yellow' : 'plum'}
          size="sm"
          value={part * 100}
        />
      )}
      {isReached && <p className={ai.bad}>{text.reached}</p>}
    </div>
  );
}
