import { randomBytes } from 'node:crypto';
import { parse } from 'ltx';
import { expect, it, vi } from 'vitest';
import { systemClock } from '../../src-main/base/clock.ts';
import { secretBox } from '../../src-main/base/secret-box.ts';
import type { Engine } from '../../src-main/engine/engine.ts';
import { accountRepository } from '../../src-main/store/account-repository.ts';
import { aiTurnRepository } from '../../src-main/store/ai-turn-repository.ts';
import type * as Open from '../../src-main/store/open.ts';
import type { openStore, Store } from '../../src-main/store/open.ts';
import { LOCAL_TENANT } from '../../src-shared/ids.ts';
import { scriptedAi } from '../support/ai/scripted-provider.ts';
import { seededRandom } from '../support/random.ts';
import { YOU } from '../support/scripted/person-rig.ts';
import { scriptedEngine } from '../support/scripted/scripted-bot.ts';
import { ScriptedServer } from '../support/scripted/scripted-server.ts';
import type { ServerLine } from '../support/scripted/scripted-session.ts';
import { testFolder } from '../support/test-folder.ts';
import { until } from '../support/until.ts';
import { Life, type Moment, mortalClock, mortalLine, mortalStore } from './support/mortal-store.ts';

const KILLS = Number(process.env.FAULT_COUNT ?? 20);
const SEED = Number(process.env.FAULT_SEED ?? 20_261_124);
const STEPS = 8;
/** Of one person no more may wait. */
const OPEN_QUESTIONS = 3;
const CALLER = { actor: 'test', from: 'chat' };

/** What each engine's store is wrapped with. */
const wrap = vi.hoisted(() => ({ store: (real: Store): Store => real }));
vi.mock('../../src-main/store/open.ts', async (original) => {
  const real = await original<typeof Open>();
  return {
    ...real,
    openStore: async (...given: Parameters<typeof openStore>) => wrap.store(await real.openStore(...given)),
  };
});

it(`an AI whose engine is killed ${KILLS} times between its steps answers each question once`, async () => {
  const random = seededRandom(SEED);
  process.stderr.write(`seed ${SEED}\n`);
  const [dataDir, box] = [testFolder(), secretBox(randomBytes(32))];
  const server = new ScriptedServer();
  const line: ServerLine = {
    connect: (jid, deliver) => server.connect(jid, deliver),
    disconnect: (jid) => server.disconnect(jid),
    request: async (jid, iq) => server.answer(jid, iq),
    send: async (jid, stanza) => server.take(jid, stanza),
  };
  const asked: string[] = [];
  const lastSteps = new Map<string, number>();

  async function live(life: Life): Promise<{ engine: Engine; real: Store }> {
    let real: Store | undefined;
    wrap.store = (opened) => {
      real = opened;
      return mortalStore(opened, life);
    };
    // Who is dead hears no answer.
    const ai = scriptedAi(async ({ turns }) => {
      await new Promise((resolve) => setTimeout(resolve, random.between(0, 10)));
      return life.isOver ? new Promise<string>(() => undefined) : `answer to ${turns.at(-1)?.text}`;
    });
    const clock = mortalClock(systemClock, life);
    const options = { dataDir, box, line: mortalLine(line, life), clock, openAi: ai.openAi };
    return { engine: await scriptedEngine(options), real: real as unknown as Store };
  }
  /** Every message once, however often it was sent. */
  const said = () =>
    [...new Map(server.sent.map(({ stanza }) => [String(parse(stanza).attrs.id), stanza])).values()].flatMap(
      (stanza) => parse(stanza).getChildText('body') ?? [],
    );
  const open = () => asked.filter((text) => !said().includes(`answer to ${text}`));
  function write(): void {
    const text = `question ${asked.length}`;
    asked.push(text);
    server.deliver(
      YOU,
      parse(
        `<message xmlns='jabber:client' from='${YOU}/phone' to='${YOU}' id='${text}' type='chat'>` +
          `<body>${text}</body><origin-id xmlns='urn:xmpp:sid:0' id='${text}'/></message>`,
      ),
    );
  }

  const { engine: born } = await live(new Life());
  await born.store.write((tx) =>
    accountRepository(born.store, box, LOCAL_TENANT).insert(tx, {
      jid: YOU,
      password: 'x',
      service: undefined,
      ca: undefined,
      isOperator: true,
      hasOmemo: false,
      createdAt: Date.now() - 1_000,
    }),
  );
  const { bot } = await born.store.write((tx) =>
    born.bots.create(tx, { name: 'Helper', owner: YOU, mode: 'personal' }, CALLER),
  );
  await born.ai.change(bot, { provider: 'ollama', key: '-', model: 'llama3' }, CALLER);
  await born.store.write((tx) => born.botSettings.set(tx, bot, 'ai_per_minute', 600, CALLER));
  await born.stop();

  // A round that was over before its time does not count.
  for (let kills = 0; kills < KILLS; ) {
    const moment = random.weighted<Moment>([
      [1, 'before'],
      [1, 'within'],
      [2, 'after'],
    ]);
    const life = new Life();
    const { engine, real } = await live(life);
    void engine.start();
    await until('the account to be online', () => life.isOver || engine.sessions.stateOf(YOU) === 'online');
    life.endsAt(random.between(1, STEPS), moment);
    for (let count = random.between(1, 3); count > 0 && open().length < OPEN_QUESTIONS; count -= 1) write();
    await until('the round to be over', () => life.isOver || open().length === 0, 5_000).catch(
      () => undefined,
    );
    if (life.isOver) kills += 1;
    life.end();
    server.disconnect(YOU);
    await real.write(async () => undefined);
    await real.close().catch(() => undefined);
    lastSteps.set(life.lastStep, (lastSteps.get(life.lastStep) ?? 0) + 1);
  }

  const { engine, real } = await live(new Life());
  await engine.start();
  await until('every question to be answered', () => open().length === 0, 20_000).catch(() => undefined);
  write();
  await until('the last one', () => open().length === 0).catch(() => undefined);

  process.stderr.write(
    `${KILLS} kills, ${asked.length} questions\n${[...lastSteps].map(([step, count]) => `  ${step}: ${count}\n`).join('')}`,
  );
  expect(
    said()
      .filter((text) => text.startsWith('answer to'))
      .sort(),
  ).toEqual(asked.map((text) => `answer to ${text}`).sort());
  const { calls } = await engine.ai.usage(bot, 1);
  expect(calls.filter(({ outcome }) => outcome === 'answered')).toHaveLength(Math.min(50, asked.length));
  const turns = await aiTurnRepository(real, box).of(bot.id, YOU);
  expect(turns.map(({ role }) => role)).toEqual(turns.map((_, at) => (at % 2 === 0 ? 'user' : 'assistant')));
  expect(new Set(turns.map(({ text }) => text)).size).toBe(turns.length);
  expect((await engine.ai.shown(bot)).waiting).toBe(0);
  await engine.stop();
}, 300_000);
