import { loadavg } from 'node:os';
import { parseArgs } from 'node:util';
import type { CDPSession, Page } from 'playwright-core';
import { openBrowser } from '../support/browser.ts';
import { fillChats, type ToldChat } from '../support/chat-history.ts';
import { startEngineProcess } from '../support/engine-process.ts';
import { signedIn } from '../support/signed-in.ts';
import { runBench, shown } from './support/bench.ts';
import { round } from './support/engine.ts';
import { rounded, spreadOf } from './support/report.ts';

/**
 * bench:window: the page of somebody with many conversations, in Chromium, over an engine that has them all. How long until
 * the first conversation can be read, in a browser that has nothing of the page and in one that has been here; how many
 * frames a second are drawn while the list and a long conversation are scrolled (from a trace), and what the page's thread
 * works for each; what the page holds in memory afterwards. There is no GPU: the processor paints as well.
 */
const { values } = parseArgs({
  options: {
    chats: { type: 'string', default: '1000' },
    messages: { type: 'string', default: '50000' },
    seconds: { type: 'string', default: '4' },
    runs: { type: 'string', default: '3' },
  },
});
const CHATS = Number(values.chats);
const MESSAGES = Number(values.messages);
const SECONDS = Number(values.seconds);
const RUNS = Number(values.runs);
const MAXIMUM_PAINT_MS = 1_000;
const MINIMUM_FPS = 50;
const MAXIMUM_HEAP_MB = 150;
const ACCOUNT = 'you@localhost';
const LONG = 'friend-0@localhost';
/** Of all messages, in the one conversation that is scrolled. */
const SHARE_OF_LONG = 0.4;
const OPENED = 20;
const STEP_PX = 60;

const texts = [
  'of about the length that people write, *and a little more* than that',
  'short',
  '> as somebody said\nyes, see https://example.org/a/b?c=d',
  '```ts\nconst answer = 42;\nconsole.log(answer);\n```',
  'a longer one that goes over several lines because somebody had a lot to say about the weather, the garden, the neighbours and what is to be had for dinner tonight, which is soup',
];

function* conversations(): Iterable<ToldChat> {
  const long = Math.floor(MESSAGES * SHARE_OF_LONG);
  const rest = Math.max(1, Math.floor((MESSAGES - long) / Math.max(1, CHATS - 1)));
  // The long one is the newest: it is written last.
  for (let number = CHATS - 1; number >= 0; number -= 1) {
    const count = number === 0 ? long : rest;
    const end = Date.now() - number * 60_000;
    yield {
      jid: `friend-${number}@localhost`,
      name: `Friend ${number}`,
      unread: number % 7 === 3 ? 2 : 0,
      messages: Array.from({ length: count }, (_, index) => ({
        text: `${index} ${texts[index % texts.length]}`,
        isOutgoing: index % 3 === 0,
        sentAt: end - (count - index) * 45_000,
      })),
    };
  }
}

/** Notes in the page when the list and a conversation are there, since the engine began to answer. */
const NOTE_READABLE = `
  const look = () => {
    if (document.querySelector('[data-message]') && document.querySelector('[data-chat]'))
      window.readableAt = performance.now() - performance.getEntriesByType('navigation')[0].responseStart;
    else requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
`;

interface TraceEvent {
  name: string;
  ts: number;
  pid: number;
  tid: number;
  dur?: number;
  /** Of `dur`, on a processor. */
  tdur?: number;
  args?: { name?: string };
}

interface Scrolled {
  fps: number;
  /** Of the page's own thread, for each frame: script, layout and paint. */
  workMs: number;
  longestTaskMs: number;
}

/** Frames a second that were drawn while something happened, and what they cost, from a trace. */
async function traced(page: Page, act: () => Promise<void>): Promise<Scrolled> {
  const browser = page.context().browser();
  if (!browser) throw new Error('the page has no browser');
  await browser.startTracing(page, {
    categories: [
      'disabled-by-default-devtools.timeline',
      'devtools.timeline',
      'disabled-by-default-devtools.timeline.frame',
      '__metadata',
    ],
  });
  const startedAt = performance.now();
  await act();
  const tookMs = performance.now() - startedAt;
  const { traceEvents } = JSON.parse((await browser.stopTracing()).toString()) as {
    traceEvents: TraceEvent[];
  };
  const frames = traceEvents.filter(({ name }) => name === 'DrawFrame').length;
  const threadOf = ({ pid, tid }: TraceEvent) => `${pid} ${tid}`;
  const ofPage = new Set(
    traceEvents
      .filter(({ name, args }) => name === 'thread_name' && args?.name === 'CrRendererMain')
      .map(threadOf),
  );
  const tasks = traceEvents.filter((event) => event.name === 'RunTask' && ofPage.has(threadOf(event)));
  const workMs = tasks.reduce((sum, { tdur = 0 }) => sum + tdur, 0) / 1_000;
  return {
    fps: round((frames * 1_000) / tookMs, 1),
    workMs: round(workMs / Math.max(1, frames), 1),
    longestTaskMs: round(Math.max(0, ...tasks.map(({ dur = 0 }) => dur / 1_000)), 1),
  };
}

/** Scrolls an element a little with each frame, for a while. */
async function scroll(page: Page, selector: string, by: number): Promise<void> {
  await page.evaluate(
    `(async () => {
      const found = document.querySelector(${JSON.stringify(selector)});
      let by = ${by};
      const end = performance.now() + ${SECONDS * 1_000};
      while (performance.now() < end) {
        const before = found.scrollTop;
        found.scrollBy(0, by);
        // At an end it goes back.
        if (found.scrollTop === before) by = -by;
        await new Promise((resolve) => requestAnimationFrame(resolve));
      }
    })()`,
  );
}

const readable = (page: Page) =>
  page.evaluate<number>(
    'new Promise((resolve) => { const look = () => (window.readableAt === undefined ? requestAnimationFrame(look) : resolve(window.readableAt)); look(); })',
  );

async function heapMb(session: CDPSession): Promise<number> {
  await session.send('HeapProfiler.collectGarbage');
  const { metrics } = await session.send('Performance.getMetrics');
  return round((metrics.find(({ name }) => name === 'JSHeapUsedSize')?.value ?? 0) / 1_000_000, 1);
}

await runBench('window', 420_000, async ({ folder, onEnd }) => {
  await fillChats(folder, ACCOUNT, conversations());
  const engine = await startEngineProcess(folder);
  onEnd(engine.kill);
  const { stdout } = await engine.cli(['panel']);
  const browser = await openBrowser();
  onEnd(() => browser.close());
  const page = await (await browser.newContext({ viewport: { width: 1280, height: 800 } })).newPage();
  await page.addInitScript(NOTE_READABLE);
  await page.goto(stdout.trim());
  await signedIn(page);

  const chat = `/app/chats/${encodeURIComponent(ACCOUNT)}/${encodeURIComponent(LONG)}`;
  await page.goto(new URL(chat, page.url()).href);
  await page.locator('[data-message]').first().waitFor();
  const session = await page.context().newCDPSession(page);
  await session.send('Performance.enable');
  const [cold, warm]: number[][] = [[], []];
  for (let run = 0; run < RUNS; run += 1)
    for (const [kind, took] of [
      ['cold', cold],
      ['warm', warm],
    ] as const) {
      if (kind === 'cold') await session.send('Network.clearBrowserCache');
      await page.reload();
      took?.push(await readable(page));
    }
  const painted = { cold: rounded(spreadOf(cold ?? []), 0), warm: rounded(spreadOf(warm ?? []), 0) };
  const list = await traced(page, () => scroll(page, '[data-list]', STEP_PX));
  const log = await traced(page, () => scroll(page, '[role="log"]', -STEP_PX));
  const reached = await page.locator('[data-message]').count();
  for (let number = 1; number <= OPENED; number += 1) {
    await page.evaluate(
      `history.pushState(null, '', ${JSON.stringify(`/app/chats/${encodeURIComponent(ACCOUNT)}/friend-${number}%40localhost`)}); dispatchEvent(new PopStateEvent('popstate'))`,
    );
    await page
      .getByRole('log', { name: `Messages with Friend ${number}`, exact: true })
      .locator('[data-message]')
      .first()
      .waitFor();
  }
  const heap = await heapMb(session);

  const result = {
    chats: CHATS,
    messages: MESSAGES,
    // Of the last minute: what else the machine did counts.
    load: round(loadavg()[0] ?? 0, 1),
    paintedMs: painted,
    list,
    log,
    heapMb: heap,
    drawn: reached,
  };
  const isGood =
    painted.cold.median <= MAXIMUM_PAINT_MS &&
    Math.min(list.fps, log.fps) >= MINIMUM_FPS &&
    heap <= MAXIMUM_HEAP_MB;
  return {
    result,
    isGood,
    summary: [
      `${CHATS} conversations with ${MESSAGES} messages`,
      `first conversation readable after ${shown(painted.cold)} ms (at most ${MAXIMUM_PAINT_MS}), again after ${shown(painted.warm)} ms`,
      `list: ${list.fps} frames/s, ${list.workMs} ms of work each, longest task ${list.longestTaskMs} ms (at least ${MINIMUM_FPS} frames/s)`,
      `conversation: ${log.fps} frames/s, ${log.workMs} ms of work each, longest task ${log.longestTaskMs} ms; ${reached} messages drawn at once`,
      `heap after ${OPENED} conversations: ${heap} MB (at most ${MAXIMUM_HEAP_MB})`,
    ],
  };
});
