import { describe, expect, it } from 'vitest';
import { aiLimits, dayStart, monthStart } from '../../../../src-main/engine/ai/ai-limits.ts';
import type { AiCallRow, AiUsageRepository } from '../../../../src-main/store/ai-usage-repository.ts';
import type { Tx } from '../../../../src-main/store/open.ts';
import type { BotId } from '../../../../src-shared/ids.ts';
import { ManualClock } from '../../../support/manual-clock.ts';

const BOT = 1 as BotId;
const tx = { afterCommit: (run: () => void) => run() } as Tx;

/** Limits over rows in memory, at noon of some day. */
function limitsWith(settings: Record<string, number>) {
  const clock = new ManualClock(new Date(2026, 4, 15, 12).getTime());
  const rows: AiCallRow[] = [];
  const of = (from: number) => rows.filter(({ at }) => at >= from);
  const usage = {
    insert: async (_: Tx, row: AiCallRow) => void rows.push(row),
    count: async (_: BotId, from: number) => of(from).length,
    times: async (_: BotId, from: number) => of(from).map(({ at }) => at),
    tokens: async (_: BotId, from: number) =>
      of(from).reduce((sum, row) => sum + row.inputTokens + row.outputTokens, 0),
  } as unknown as AiUsageRepository;
  const told: unknown[] = [];
  const limits = aiLimits({
    usage,
    botSettings: { get: (_: BotId, key: string) => settings[key] } as never,
    notices: { tell: async (_, __, kind, values) => void told.push([kind, values]) },
    clock,
  });
  const call = async (inputTokens = 0) => {
    const settled = await limits.take(BOT);
    const common = { botId: BOT, provider: 'groq', model: 'm', requestId: '', isEstimate: false } as const;
    const at = Math.floor(clock.now() / 1_000);
    const row = { ...common, source: 'chat', outcome: 'answered', outputTokens: 0, ms: 1, at } as const;
    await limits.note(tx, { ...row, inputTokens }, settled);
    // Its row counts it once; whoever had it out says so again.
    settled();
  };
  return { clock, limits, told, call };
}
const FREE = { ai_per_minute: 100, ai_per_day: 1_000, ai_month_tokens: 0 };

describe('limits of an AI', () => {
  it('count what is under way too, and say when there is room again', async () => {
    const { clock, limits, call } = limitsWith({ ...FREE, ai_per_minute: 2 });
    await call();
    clock.advance(20_000);
    const settled = await limits.take(BOT);
    await expect(limits.take(BOT)).rejects.toMatchObject({ code: 'ai.rate-limit', retryAfterS: 40 });
    settled();
    await call();
    await expect(call()).rejects.toMatchObject({ code: 'ai.rate-limit', retryAfterS: 40 });
    clock.advance(40_000);
    await call();
    await expect(call()).rejects.toMatchObject({ retryAfterS: 20 });
  });

  it('begin anew at midnight and with the month', async () => {
    const { clock, call } = limitsWith({ ...FREE, ai_per_day: 1, ai_month_tokens: 100 });
    await call(60);
    await expect(call()).rejects.toMatchObject({ code: 'ai.day-limit' });
    clock.advance(12 * 60 * 60_000);
    await call(60);
    await expect(call()).rejects.toMatchObject({ code: 'ai.month-limit' });
    clock.advance(17 * 24 * 60 * 60_000);
    await call(60);
  });

  it('tell of the highest part that was gone over, each once', async () => {
    const { told, call } = limitsWith({ ...FREE, ai_month_tokens: 1_000 });
    for (const tokens of [100, 399, 1, 10, 400, 200]) await call(tokens);
    const of = (percent: number, used: number) => ['ai-month-tokens', { percent, used, limit: 1_000 }];
    expect(told).toEqual([of(50, 500), of(80, 910), of(100, 1_110)]);
  });

  it('know when a day and a month began, here', () => {
    const noon = new Date(2026, 2, 1, 12).getTime();
    expect(dayStart(noon) * 1_000).toBe(new Date(2026, 2, 1).getTime());
    expect(dayStart(noon, 1) * 1_000).toBe(new Date(2026, 1, 28).getTime());
    expect(monthStart(noon) * 1_000).toBe(new Date(2026, 2, 1).getTime());
  });
});
