import { randomBytes } from 'node:crypto';
import { expect, it, vi } from 'vitest';
import { systemClock } from '../../src-main/base/clock.ts';
import { secretBox } from '../../src-main/base/secret-box.ts';
import type { Engine } from '../../src-main/engine/engine.ts';
import type * as Open from '../../src-main/store/open.ts';
import type { openStore, Store } from '../../src-main/store/open.ts';
import { updateRepository } from '../../src-main/store/update-repository.ts';
import type { BotId } from '../../src-shared/ids.ts';
import { bareJid } from '../../src-shared/jid.ts';
import { seededRandom } from '../support/random.ts';
import { BOT, insertBot, OWNER, scriptedEngine } from '../support/scripted/scripted-bot.ts';
import { ScriptedServer } from '../support/scripted/scripted-server.ts';
import type { ServerLine } from '../support/scripted/scripted-session.ts';
import { testFolder } from '../support/test-folder.ts';
import { until } from '../support/until.ts';
import { Life, type Moment, mortalClock, mortalLine, mortalStore } from './support/mortal-store.ts';
import { OmemoLedger } from './support/omemo-ledger.ts';

const KILLS = Number(process.env.FAULT_COUNT ?? 100);
const SEED = Number(process.env.FAULT_SEED ?? 20_261_122);
/** The most steps that a round gets, and that an engine gets to come online: then it dies. */
const STEPS = 16;
const STEPS_TO_ONLINE = 20;

/** What each engine's store is wrapped with. */
const wrap = vi.hoisted(() => ({ store: (real: Store): Store => real }));
vi.mock('../../src-main/store/open.ts', async (original) => {
  const real = await original<typeof Open>();
  return {
    ...real,
    openStore: async (...given: Parameters<typeof openStore>) => wrap.store(await real.openStore(...given)),
  };
});

it(`a dedicated bot that is killed ${KILLS} times between its steps loses and doubles nothing`, async () => {
  const random = seededRandom(SEED);
  process.stderr.write(`seed ${SEED}\n`);
  const [dataDir, box] = [testFolder(), secretBox(randomBytes(32))];
  const server = new ScriptedServer();
  const ledger = new OmemoLedger(server);
  await ledger.settle();
  const line: ServerLine = {
    connect: (jid, deliver) => server.connect(jid, deliver),
    disconnect: (jid) => server.disconnect(jid),
    request: async (jid, iq) => server.answer(jid, iq),
    send: async (jid, stanza) => server.take(jid, stanza),
  };
  let programSaid = 0;
  const lastSteps = new Map<string, number>();

  async function live(life: Life): Promise<{ engine: Engine; real: Store }> {
    let real: Store | undefined;
    wrap.store = (opened) => {
      real = opened;
      return mortalStore(opened, life);
    };
    const clock = mortalClock(systemClock, life);
    const engine = await scriptedEngine({ dataDir, box, line: mortalLine(line, life), clock });
    return { engine, real: real as unknown as Store };
  }
  async function programSays(engine: Engine, botId: BotId): Promise<void> {
    const text = `program-${programSaid++}`;
    const bot = await engine.bots.find(botId);
    await engine.outgoing.messages.send(bot, { to: OWNER, text });
    ledger.promised.push(text);
  }
  const isPublished = () =>
    ['devicelist', ':devices'].every((end) =>
      server.published.some((one) => one.startsWith(BOT) && one.endsWith(end)),
    );

  const { engine: born } = await live(new Life());
  const { id: botId } = await insertBot(born, box);
  await born.start();
  await until('the bot to publish its device', isPublished);
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
    const diesEarly = random.next() < 0.2;
    const steps = random.between(1, diesEarly ? STEPS_TO_ONLINE : STEPS);
    if (diesEarly) life.endsAt(steps, moment);
    void engine.start();
    await until(
      'the bot to be online',
      () => life.isOver || engine.sessions.stateOf(bareJid(BOT)) === 'online',
    );
    if (!diesEarly) life.endsAt(steps, moment);
    const talk = async () => {
      for (let count = random.between(1, 4); count > 0; count -= 1) await ledger.speak(random);
    };
    const send = async () => {
      for (let count = random.between(1, 3); count > 0; count -= 1) await programSays(engine, botId);
    };
    // Where the engine dies early the bot is away, and says so.
    const isThroughRound = async () => {
      await ledger.read();
      return server.isAllHandled(BOT) && ledger.isComplete;
    };
    const talking = talk();
    const round = Promise.all([send().catch(() => undefined), talking])
      .then(() => until('the round to be over', async () => life.isOver || (await isThroughRound()), 5_000))
      .catch(() => undefined);
    await Promise.race([life.over.promise, round]);
    await talking;
    if (life.isOver) kills += 1;
    life.end();
    server.disconnect(BOT);
    // What was handed in before is committed or not, and nobody hears of it.
    await real.write(async () => undefined);
    await real.close().catch(() => undefined);
    lastSteps.set(life.lastStep, (lastSteps.get(life.lastStep) ?? 0) + 1);
    await ledger.read();
  }

  const { engine, real } = await live(new Life());
  await engine.start();
  await until('the bot to be online', () => engine.sessions.stateOf(bareJid(BOT)) === 'online');
  const updates = async () => {
    const page = await updateRepository(real, box).page(botId, { after: 0, limit: 10_000 });
    return page.map(({ data }) => String((JSON.parse(data) as { body: string }).body));
  };
  const isThrough = async () => {
    await ledger.read();
    const all = await updates();
    return (
      server.isAllHandled(BOT) &&
      ledger.answered >= ledger.commands.length &&
      ledger.texts.every((text) => all.includes(text)) &&
      ledger.promised.every((text) => ledger.readBy(text) > 0)
    );
  };
  await until('everything to be through', isThrough, 100_000).catch(() => undefined);
  // What comes last is through last: nothing that would be too much is still on its way.
  await programSays(engine, botId);
  await until('the last word', () => ledger.readBy(ledger.promised.at(-1) ?? '') > 1).catch(() => undefined);
  const problems = ledger.problems(await updates());
  await engine.stop();

  process.stderr.write(
    `${KILLS} kills: ${ledger.texts.length} texts, ${ledger.commands.length} commands, ${ledger.promised.length} promises of ${programSaid}, ${ledger.copies} copies\n` +
      [...lastSteps].map(([step, count]) => `  ${step}: ${count}\n`).join(''),
  );
  expect(problems).toEqual([]);
}, 300_000);
