import { randomBytes } from 'node:crypto';
import { parseArgs } from 'node:util';
import { parse } from 'ltx';
import { Pool } from 'undici';
import { silentLogger } from '../../src-main/base/logger.ts';
import { secretBox } from '../../src-main/base/secret-box.ts';
import { readMessage } from '../../src-main/engine/messages/read-message.ts';
import { openDoor } from '../../src-main/http/door.ts';
import { prepareDataFolder } from '../../src-main/server/data-folder.ts';
import { openApi } from '../../src-main/server/open-api.ts';
import { bareJid } from '../../src-shared/jid.ts';
import { runBench, shown } from './support/bench.ts';
import { ownCpuMs } from './support/cpu.ts';
import { percentile } from './support/engine.ts';
import { rounded, spreadOf } from './support/report.ts';

/**
 * bench:chats: the window of somebody with many conversations. The list, a page of one, a search that finds nothing (all
 * that is kept is opened and looked at), how long the loop is held up by that, and what one more message costs.
 */
const { values } = parseArgs({
  options: {
    runs: { type: 'string', default: '3' },
    chats: { type: 'string', default: '1000' },
    messages: { type: 'string', default: '50000' },
  },
});
const RUNS = Number(values.runs);
const CHATS = Number(values.chats);
const MESSAGES = Number(values.messages);
const MAXIMUM_LIST_MS = 30;
const MAXIMUM_PAGE_MS = 10;
const BATCH = 500;

await runBench('chats', 120_000 + RUNS * 60_000, async ({ folder, onEnd }) => {
  prepareDataFolder(folder);
  const api = await openApi(folder, secretBox(randomBytes(32)), silentLogger);
  onEnd(api.close);
  const { engine, app } = api;
  const door = await openDoor(app, 'socket', { host: '127.0.0.1', port: 0 });
  onEnd(door.close);
  const pool = new Pool(`http://127.0.0.1:${door.port}`, { connections: 1 });
  onEnd(() => pool.close());
  const jid = bareJid('you@localhost');
  await engine.accounts.add(
    { jid, password: 'x', service: undefined, ca: undefined, verify: false },
    { actor: 'bench', from: 'bench' },
  );
  const account = await engine.accounts.known(jid);
  const text = 'of about the length that people write, and a little more than that '.repeat(3);

  const came = (index: number) => {
    const stanza = `<message from='friend-${index % CHATS}@localhost/x' to='${jid}' id='m${index}' type='chat'><body>${index} ${text}</body></message>`;
    const reading = readMessage(parse(stanza), jid, Date.now());
    if (reading.kind !== 'message') throw new Error('the message cannot be read');
    return reading.message;
  };
  const cpuBefore = ownCpuMs();
  for (let done = 0; done < MESSAGES; done += BATCH)
    await Promise.all(
      Array.from({ length: Math.min(BATCH, MESSAGES - done) }, (_, index) =>
        engine.store.write((tx) => engine.chats.log.came(tx, account, came(done + index))),
      ),
    );
  const insertUs = ((ownCpuMs() - cpuBefore) * 1_000) / MESSAGES;

  async function timed(path: string): Promise<number> {
    const startedMs = performance.now();
    const answer = await pool.request({ method: 'GET', path: `/api/v1${path}` });
    const { ok } = (await answer.body.json()) as { ok: boolean };
    if (!ok) throw new Error(`${path} gave ${answer.statusCode}`);
    return performance.now() - startedMs;
  }
  /** The longest that a task had to wait for its turn meanwhile. */
  async function heldUp(task: () => Promise<unknown>): Promise<number> {
    let [longest, isOver] = [0, false];
    const watch = () => {
      const before = performance.now();
      setImmediate(() => {
        longest = Math.max(longest, performance.now() - before);
        if (!isOver) watch();
      });
    };
    watch();
    await task();
    isOver = true;
    return longest;
  }

  const [list, page, search, held]: number[][] = [[], [], [], []];
  await timed('/chats');
  for (let run = 0; run < RUNS; run += 1) {
    const many = async (path: string, count: number) => {
      const took: number[] = [];
      for (let index = 0; index < count; index += 1) took.push(await timed(path));
      return percentile(took, 0.5);
    };
    list?.push(await many('/chats', 10));
    page?.push(await many(`/chats/${jid}/friend-${run}@localhost/messages`, 30));
    let searchMs = 0;
    held?.push(
      await heldUp(async () => {
        searchMs = await timed('/chat-search?q=there-is-no-such-word');
      }),
    );
    search?.push(searchMs);
  }
  const of = (all: number[] | undefined) => rounded(spreadOf(all ?? []), 2);
  const figures = { listMs: of(list), pageMs: of(page), searchMs: of(search), heldUpMs: of(held) };
  return {
    result: { runs: RUNS, chats: CHATS, messages: MESSAGES, insertUs: Math.round(insertUs), ...figures },
    summary: [
      `the list of ${CHATS} conversations: ${shown(figures.listMs)} ms, at most ${MAXIMUM_LIST_MS}`,
      `a page of 50 messages: ${shown(figures.pageMs)} ms, at most ${MAXIMUM_PAGE_MS}`,
      `a search through as many messages as one answer looks at: ${shown(figures.searchMs)} ms`,
      `the longest that anything else waited meanwhile: ${shown(figures.heldUpMs)} ms`,
      `reading a message and keeping it: ${Math.round(insertUs)} us of CPU`,
    ],
    isGood: figures.listMs.median <= MAXIMUM_LIST_MS && figures.pageMs.median <= MAXIMUM_PAGE_MS,
  };
});
