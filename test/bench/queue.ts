import { randomBytes } from 'node:crypto';
import { parseArgs } from 'node:util';
import { Pool } from 'undici';
import { silentLogger } from '../../src-main/base/logger.ts';
import { secretBox } from '../../src-main/base/secret-box.ts';
import { openDoor } from '../../src-main/http/door.ts';
import { prepareDataFolder } from '../../src-main/server/data-folder.ts';
import { openApi } from '../../src-main/server/open-api.ts';
import { runBench, shown } from './support/bench.ts';
import { ownCpuMs } from './support/cpu.ts';
import { percentile, round } from './support/engine.ts';
import { rounded, spreadOf } from './support/report.ts';

/**
 * bench:queue: a page of 100 updates with 10 000 waiting, over HTTP, and what it costs to put one more into a queue that
 * is nearly full, beside one that is empty. The engine runs in this process, with nothing connected.
 */
const { values } = parseArgs({
  options: { runs: { type: 'string', default: '3' }, waiting: { type: 'string', default: '10000' } },
});
const RUNS = Number(values.runs);
const WAITING = Number(values.waiting);
const PER_CONVERSATION = 1_000;
const PAGE = 100;
const MAXIMUM_PAGE_MS = 10;
/** A queue that is nearly full may make putting in that much dearer. */
const MAXIMUM_RATIO = 1.5;
const BATCH = 500;

await runBench('queue', 60_000 + RUNS * 120_000, async ({ folder, onEnd }) => {
  prepareDataFolder(folder);
  const api = await openApi(folder, secretBox(randomBytes(32)), silentLogger);
  onEnd(api.close);
  const { engine, app } = api;
  const door = await openDoor(app, 'socket', { host: '127.0.0.1', port: 0 });
  onEnd(door.close);
  const pool = new Pool(`http://127.0.0.1:${door.port}`, { connections: 1 });
  onEnd(() => pool.close());
  const caller = { actor: 'bench', from: 'bench' };
  const jid = 'you@localhost' as Parameters<typeof engine.accounts.setEnabled>[0];
  await engine.accounts.add({ jid, password: 'x', service: undefined, ca: undefined, verify: false }, caller);

  const { bot, token } = await engine.store.write((tx) =>
    engine.bots.create(tx, { name: 'Bench', owner: jid, mode: 'personal' }, caller),
  );
  const headers = { authorization: `Bearer ${token}` };
  const body = 'of about the length that people write, and a little more than that '.repeat(3);
  let queued = 0;

  /** Puts so many in, many to a commit; microseconds of CPU for each. */
  async function fill(count: number): Promise<number> {
    const startedMs = ownCpuMs();
    for (let done = 0; done < count; done += BATCH) {
      await Promise.all(
        Array.from({ length: Math.min(BATCH, count - done) }, () => {
          const conversation = `friend-${Math.floor(queued / PER_CONVERSATION) % 100}@localhost`;
          queued += 1;
          const data = { from: conversation, to: jid, body: `${queued} ${body}`, type: 'chat' };
          return engine.store.write((tx) =>
            engine.updates.queue(tx, bot.id, { type: 'message', conversation, data }),
          );
        }),
      );
    }
    return ((ownCpuMs() - startedMs) * 1_000) / count;
  }

  async function page(offset: string): Promise<{ ms: number; ids: number[] }> {
    const startedMs = performance.now();
    const answer = await pool.request({ method: 'GET', path: `/bot/getUpdates${offset}`, headers });
    const { result } = (await answer.body.json()) as { result: { update_id: number }[] };
    return { ms: performance.now() - startedMs, ids: result.map(({ update_id }) => update_id) };
  }

  const [pageMs, walkMs, worstMs, emptyUs, fullUs]: number[][] = [[], [], [], [], []];
  await fill(BATCH);
  await page('?offset=1000000000');
  for (let run = 0; run < RUNS; run += 1) {
    emptyUs?.push(await fill(BATCH));
    await fill(WAITING - 2 * BATCH);
    fullUs?.push(await fill(BATCH));
    const { waiting } = await engine.updates.counts(bot.id);
    if (waiting !== WAITING) throw new Error(`${waiting} updates wait, not ${WAITING}`);

    const again: number[] = [];
    for (let index = 0; index < 50; index += 1) again.push((await page('')).ms);
    pageMs?.push(percentile(again, 0.5));
    // As a program reads: each call confirms the page before.
    const walked: number[] = [];
    let seen = 0;
    for (let offset = ''; ; ) {
      const { ms, ids } = await page(offset);
      if (ids.length === 0) break;
      if (ids.some((id, index) => index > 0 && id <= (ids[index - 1] ?? 0))) throw new Error('out of order');
      if (ids.length !== PAGE) throw new Error(`a page of ${ids.length}`);
      walked.push(ms);
      seen += ids.length;
      offset = `?offset=${ids.at(-1)}`;
    }
    if (seen !== WAITING) throw new Error(`${seen} updates were read, not ${WAITING}`);
    walkMs?.push(percentile(walked, 0.5));
    worstMs?.push(Math.max(...walked));
  }
  const of = (all: number[] | undefined, digits: number) => rounded(spreadOf(all ?? []), digits);
  const figures = {
    pageMs: of(pageMs, 2),
    confirmedPageMs: of(walkMs, 2),
    worstPageMs: of(worstMs, 2),
    putUs: { empty: of(emptyUs, 1), full: of(fullUs, 1) },
  };
  const ratio = round(figures.putUs.full.median / figures.putUs.empty.median);
  return {
    result: { runs: RUNS, waiting: WAITING, page: PAGE, ...figures, ratio },
    summary: [
      `a page of ${PAGE} with ${WAITING} waiting: ${shown(figures.pageMs)} ms, at most ${MAXIMUM_PAGE_MS}`,
      `the same, each call confirming the page before: ${shown(figures.confirmedPageMs)} ms; the slowest of a walk ${shown(figures.worstPageMs)} ms`,
      `putting one in: ${shown(figures.putUs.full)} us of CPU with ${WAITING} waiting, ${shown(figures.putUs.empty)} us with none: ratio ${ratio}, at most ${MAXIMUM_RATIO}`,
    ],
    isGood:
      figures.pageMs.median <= MAXIMUM_PAGE_MS &&
      figures.confirmedPageMs.median <= MAXIMUM_PAGE_MS &&
      ratio <= MAXIMUM_RATIO,
  };
});
