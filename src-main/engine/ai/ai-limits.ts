import { refuse } from '../../../src-shared/errors.ts';
import type { BotId } from '../../../src-shared/ids.ts';
import type { Clock } from '../../base/clock.ts';
import type { AiCallRow, AiUsageRepository } from '../../store/ai-usage-repository.ts';
import type { Tx } from '../../store/open.ts';
import type { BotSettings } from '../bots/bot-settings.ts';
import type { OwnerNotices } from '../notices/owner-notices.ts';
import { aiTally } from './ai-tally.ts';

interface AiLimitsDeps {
  usage: AiUsageRepository;
  botSettings: Pick<BotSettings, 'get'>;
  notices: Pick<OwnerNotices, 'tell'>;
  clock: Clock;
}

const MINUTE_S = 60;
/** The owner is told at these parts of what a month may use. Per cent. */
const STEPS = [50, 80, 100];

/** When the day and the month of that moment began, by the clock of this machine. Unix seconds. */
export function dayStart(nowMs: number, daysBefore = 0): number {
  const day = new Date(nowMs);
  return new Date(day.getFullYear(), day.getMonth(), day.getDate() - daysBefore).getTime() / 1_000;
}
export function monthStart(nowMs: number): number {
  const day = new Date(nowMs);
  return new Date(day.getFullYear(), day.getMonth(), 1).getTime() / 1_000;
}

/** What a bot may ask its provider for: per minute, day and month. All of it survives a restart, for it counts rows. */
export function aiLimits({ usage, botSettings, notices, clock }: AiLimitsDeps) {
  /** Calls that are under way, and in no row yet. */
  const underWay = new Map<BotId, number>();
  const tally = aiTally(usage);
  const nowS = () => Math.floor(clock.now() / 1_000);

  async function checkMonth(botId: BotId): Promise<void> {
    const limit = botSettings.get(botId, 'ai_month_tokens');
    if (limit === 0) return;
    if ((await usage.tokens(botId, monthStart(clock.now()))) >= limit)
      throw refuse('ai.month-limit', { limit });
  }

  async function check(botId: BotId, own: number): Promise<void> {
    await checkMonth(botId);
    const perDay = botSettings.get(botId, 'ai_per_day');
    const since = { day: dayStart(clock.now()), from: nowS() - MINUTE_S + 1 };
    const { today, last } = await tally.of(botId, since);
    if (today + own > perDay) throw refuse('ai.day-limit', { limit: perDay });
    const perMinute = botSettings.get(botId, 'ai_per_minute');
    if (last.length + own <= perMinute) return;
    const free = last[last.length + own - perMinute - 1] ?? nowS();
    const seconds = Math.max(1, free + MINUTE_S - nowS());
    throw refuse('ai.rate-limit', { seconds }, seconds);
  }

  return {
    checkMonth,
    /** Takes one call of what is allowed; resolves with what is to be called when it was noted, or was not made. */
    async take(botId: BotId): Promise<() => void> {
      const own = (underWay.get(botId) ?? 0) + 1;
      underWay.set(botId, own);
      let isGiven = false;
      const give = () => {
        if (isGiven) return;
        isGiven = true;
        const left = (underWay.get(botId) ?? 1) - 1;
        if (left === 0) underWay.delete(botId);
        else underWay.set(botId, left);
      };
      try {
        await check(botId, own);
        return give;
      } catch (error) {
        give();
        throw error;
      }
    },

    /**
     * Notes a call, and tells the owner when it went over a part of what the month may use. `settled`: of the call that was
     * taken, which is counted by its row from the commit on, however long the disk needs for it.
     */
    async note(tx: Tx, call: AiCallRow, settled: () => void): Promise<void> {
      await usage.insert(tx, call);
      tally.note(tx, call);
      tx.afterCommit(settled);
      const limit = botSettings.get(call.botId, 'ai_month_tokens');
      const used = call.inputTokens + call.outputTokens;
      if (limit === 0 || used === 0) return;
      const now = await usage.tokens(call.botId, monthStart(clock.now()), tx);
      const reached = STEPS.findLast(
        (step) => now * 100 >= step * limit && (now - used) * 100 < step * limit,
      );
      if (reached === undefined) return;
      await notices.tell(tx, call.botId, 'ai-month-tokens', { percent: reached, used: now, limit });
    },
  };
}
export type AiLimits = ReturnType<typeof aiLimits>;
