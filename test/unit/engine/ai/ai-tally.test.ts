import { expect, it } from 'vitest';
import { aiTally } from '../../../../src-main/engine/ai/ai-tally.ts';
import type { AiCallRow } from '../../../../src-main/store/ai-usage-repository.ts';
import type { Tx } from '../../../../src-main/store/open.ts';
import type { BotId } from '../../../../src-shared/ids.ts';

const BOT = 1 as BotId;
const tx = { afterCommit: (run: () => void) => run() } as Tx;
const row = (at: number, more: Partial<AiCallRow> = {}) =>
  ({ botId: BOT, outcome: 'answered', source: 'chat', at, ...more }) as AiCallRow;

/** A tally over rows in memory, and how often these were read. */
function tallyOver(rows: number[], whileReading: () => void = () => undefined) {
  const state = { reads: 0 };
  const tally = aiTally({
    async count(_, from) {
      state.reads += 1;
      const { length } = rows.filter((at) => at >= from);
      whileReading();
      return length;
    },
    times: async (_, from) => rows.filter((at) => at >= from),
  });
  return { tally, state };
}

it('reads the rows of a bot once a day, and counts what comes after', async () => {
  const { tally, state } = tallyOver([100, 190]);
  expect(await tally.of(BOT, { day: 100, from: 150 })).toMatchObject({ today: 2, last: [190] });
  tally.note(tx, row(200));
  tally.note(tx, row(201, { source: 'test' }));
  tally.note(tx, row(202, { outcome: 'refused' as AiCallRow['outcome'] }));
  expect(await tally.of(BOT, { day: 100, from: 195 })).toMatchObject({ today: 3, last: [200] });
  expect(state.reads).toBe(1);
  expect(await tally.of(BOT, { day: 300, from: 300 })).toMatchObject({ today: 0, last: [] });
  expect(state.reads).toBe(2);
});

it('misses no row that is written while the others are read', async () => {
  const rows = [100];
  const { tally, state } = tallyOver(rows, () => {
    if (state.reads > 1) return;
    rows.push(110);
    tally.note(tx, row(110));
  });
  expect((await tally.of(BOT, { day: 0, from: 0 })).today).toBe(2);
});
