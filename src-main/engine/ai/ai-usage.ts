import type { AiUse } from '../../../src-shared/api/ai.ts';
import type { Clock } from '../../base/clock.ts';
import type { AiUsageRepository, AiUsageSum } from '../../store/ai-usage-repository.ts';
import type { Bot } from '../../store/bot-repository.ts';
import type { BotSettings } from '../bots/bot-settings.ts';
import { dayStart, monthStart } from './ai-limits.ts';

interface AiUsageDeps {
  usage: AiUsageRepository;
  botSettings: Pick<BotSettings, 'get'>;
  clock: Clock;
}

const shownSum = ({ calls, answers, input, output }: AiUsageSum) => ({
  calls,
  answers,
  tokens: { input, output },
});
const NONE: AiUsageSum = { calls: 0, answers: 0, failed: 0, input: 0, output: 0 };

/** A day as people write it, by the clock of this machine. */
function nameOf(startS: number): string {
  const day = new Date(startS * 1_000);
  const two = (value: number) => String(value).padStart(2, '0');
  return `${day.getFullYear()}-${two(day.getMonth() + 1)}-${two(day.getDate())}`;
}

/** What the AI of a bot has used, as it is shown. */
export function aiUse({ usage, botSettings, clock }: AiUsageDeps) {
  return async ({ id }: Bot, days: number): Promise<AiUse> => {
    const now = clock.now();
    const starts = Array.from({ length: days }, (_, index) => dayStart(now, days - 1 - index));
    const sums = await usage.sums(id, starts);
    const [month = NONE] = await usage.sums(id, [monthStart(now)]);
    const calls = await usage.newest(id);
    return {
      today: shownSum(sums.at(-1) ?? NONE),
      month: shownSum(month),
      limits: {
        per_minute: botSettings.get(id, 'ai_per_minute'),
        per_day: botSettings.get(id, 'ai_per_day'),
        month_tokens: botSettings.get(id, 'ai_month_tokens'),
      },
      days: starts.map((start, index) => {
        const sum = sums[index] ?? NONE;
        return { day: nameOf(start), failed: sum.failed, ...shownSum(sum) };
      }),
      calls: calls.map((call) => ({
        at: call.at,
        provider: call.provider,
        model: call.model,
        request_id: call.requestId,
        source: call.source,
        outcome: call.outcome,
        tokens: { input: call.inputTokens, output: call.outputTokens },
        is_estimate: call.isEstimate,
        ms: call.ms,
      })),
    };
  };
}
