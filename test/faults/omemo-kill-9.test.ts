import { randomBytes } from 'node:crypto';
import { expect, it, onTestFinished } from 'vitest';
import { secretBox } from '../../src-main/base/secret-box.ts';
import { openStore } from '../../src-main/store/open.ts';
import { updateRepository } from '../../src-main/store/update-repository.ts';
import { seededRandom } from '../support/random.ts';
import { BOT, insertBot, scriptedEngine } from '../support/scripted/scripted-bot.ts';
import { ScriptedServer } from '../support/scripted/scripted-server.ts';
import { testFolder } from '../support/test-folder.ts';
import { until } from '../support/until.ts';
import { hostProcess } from './support/host-process.ts';
import { OmemoLedger } from './support/omemo-ledger.ts';

const KILLS = Number(process.env.FAULT_COUNT ?? 20);
const SEED = Number(process.env.FAULT_SEED ?? 20_261_123);
/** The most messages between engine and server that a round gets. */
const MESSAGES = 12;
const THROUGH_MS = 60_000;

const NO_LINE = {
  connect: () => undefined,
  disconnect: () => undefined,
  request: () => new Promise<never>(() => undefined),
  send: () => new Promise<never>(() => undefined),
};

it(`a dedicated bot whose process is killed ${KILLS} times by SIGKILL loses and doubles nothing`, async () => {
  const random = seededRandom(SEED);
  process.stderr.write(`seed ${SEED}\n`);
  const [dataDir, key] = [testFolder(), randomBytes(32)];
  const box = secretBox(key);
  const server = new ScriptedServer();
  const ledger = new OmemoLedger(server);
  await ledger.settle();
  let programSaid = 0;
  const start = () => {
    const onSaid = (text: string) => void ledger.promised.push(text);
    const host = hostProcess({ dataDir, key, server, onSaid });
    onTestFinished(() => host.kill());
    return host;
  };
  const programText = () => `program-${programSaid++}`;

  const engine = await scriptedEngine({ dataDir, box, line: NO_LINE });
  const { id: botId } = await insertBot(engine, box);
  await engine.stop();
  const born = start();
  const lists = ['devicelist', ':devices'];
  const isPublished = () =>
    lists.every((end) => server.published.some((one) => one.startsWith(BOT) && one.endsWith(end)));
  await until('the bot to publish its device', isPublished);
  await born.kill();

  for (let kills = 0; kills < KILLS; ) {
    const host = start();
    await host.online;
    host.killAt(random.between(1, MESSAGES), random.next() < 0.5 ? 'before' : 'after');
    for (let count = random.between(1, 4); count > 0; count -= 1) await ledger.speak(random);
    for (let count = random.between(1, 3); count > 0; count -= 1) host.say(programText());
    const isRoundOver = async () => {
      await ledger.read();
      return host.isOver || (server.isAllHandled(BOT) && ledger.isComplete);
    };
    await until('the round to be over', isRoundOver).catch(() => undefined);
    if (host.isOver) kills += 1;
    await host.kill();
    server.disconnect(BOT);
    await ledger.read();
  }

  const last = start();
  await last.online;
  const isThrough = async () => {
    await ledger.read();
    return server.isAllHandled(BOT) && ledger.isComplete;
  };
  await until('everything to be through', isThrough, THROUGH_MS).catch(() => undefined);
  // What comes last is through last: nothing that would be too much is still on its way.
  const text = programText();
  last.say(text);
  const isLastThrough = async () => {
    await ledger.read();
    return ledger.promised.includes(text) && ledger.isComplete;
  };
  await until('the last word', isLastThrough, THROUGH_MS).catch(() => undefined);
  await last.stop();

  const store = await openStore(dataDir);
  onTestFinished(() => store.close());
  const page = await updateRepository(store, box).page(botId, { after: 0, limit: 10_000 });
  const updates = page.map(({ data }) => String((JSON.parse(data) as { body: string }).body));
  process.stderr.write(
    `${KILLS} kills: ${ledger.texts.length} texts, ${ledger.commands.length} commands, ${ledger.promised.length} promises of ${programSaid}, ${ledger.copies} copies\n`,
  );
  expect(ledger.problems(updates)).toEqual([]);
}, 300_000);
