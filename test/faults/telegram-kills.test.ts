import { isDeepStrictEqual } from 'node:util';
import xml from '@xmpp/xml';
import { expect, it, onTestFinished } from 'vitest';
import { fileKeyBox } from '../../src-main/server/file-key-box.ts';
import { openStore } from '../../src-main/store/open.ts';
import { telegramBotRepository } from '../../src-main/store/telegram-bot-repository.ts';
import type { BotId } from '../../src-shared/ids.ts';
import { chatClient } from '../support/chat-client.ts';
import { allowAccounts, createDedicated } from '../support/dedicated-bot.ts';
import { type EngineProcess, signInOn, startEngineProcess } from '../support/engine-process.ts';
import { startOmemoPeer } from '../support/omemo-peer.ts';
import { type Random, seededRandom } from '../support/random.ts';
import { lacks } from '../support/servers/ready.ts';
import { type Ejabberd, startEjabberd } from '../support/servers/servers.ts';
import { type BotApi, startBotApi } from '../support/telegram/bot-api-server.ts';
import type { TelegramTestBot } from '../support/telegram/bots.ts';
import { testFolder } from '../support/test-folder.ts';
import { until } from '../support/until.ts';
import { TcpProxy } from '../support/xmpp-proxy.ts';

const KILLS = Number(process.env.FAULT_COUNT ?? 50);
const SEED = Number(process.env.FAULT_SEED ?? 20_261_122);
const AT_THE_END_MS = 90_000;

/** What the engine is in the middle of when it is killed. */
type Moment = 'anywhere' | 'before it arrives' | 'on its way' | 'after it arrived';

/** A bot of ours, a chat at Telegram, and everything that was said on both sides. */
interface Bridge {
  robot: TelegramTestBot;
  saidHere: string[];
  saidThere: string[];
  /** The owner says something, or corrects it. */
  sayHere: (said: Said) => Promise<unknown>;
  /** The address of a file, as the owner's client says it. */
  fileHere: (name: string) => string;
  /** Somebody at Telegram does; resolves with its number there. */
  sayThere: (text: string, isPhoto: boolean) => number;
  editThere: (message: number, text: string) => void;
  /** What was written there by the bot, in order; parts together. */
  there: () => string[];
  /** What the owner got from there, as it reads now: each message once, however often its server brought it. */
  here: () => string[];
}

interface Said {
  id: string;
  text: string;
  replaces?: string;
}

/** What stands under the line that says whose it is. */
const wordsOf = (text: string) => text.slice(text.indexOf('\n') + 1);
const isFromXmpp = (text: string) => text.startsWith('[XMPP] ');
/** The parts of a message under the line of its first one. */
function together(texts: readonly string[]): string[] {
  const messages: string[] = [];
  for (const text of texts) {
    if (isFromXmpp(text)) messages.push(wordsOf(text));
    else messages.push(`${messages.pop() ?? ''}\n${text}`);
  }
  return messages;
}
const PHOTO = { width: 1280, height: 960, file_id: 'f', file_unique_id: 'u' };
const isFromTelegram = (text: string) => text.startsWith('[Telegram] ');

function chatsOf(telegram: BotApi) {
  const robot = telegram.addBot();
  const person = telegram.addPerson({ first: 'Ada' });
  const stranger = telegram.addPerson({ first: 'Mallory' });
  return {
    robot,
    person,
    stranger,
    chat: telegram.privateChat(person, robot),
    other: telegram.privateChat(stranger, robot),
  };
}

/** The hands and eyes at Telegram. */
const atTelegram = ({ chat, person }: ReturnType<typeof chatsOf>) => ({
  sayThere: (text: string, isPhoto: boolean) =>
    chat.says(person, isPhoto ? '' : text, isPhoto ? { with: { photo: [PHOTO], caption: text } } : {})
      .message_id,
  editThere: (message: number, text: string) => chat.edits(message, text),
  there: () => together(chat.botTexts()),
});

/** Links bots that are there with chats at Telegram, while no engine runs. */
async function link(dataDir: string, links: { botId: number; token: string; chatId: string }[]) {
  const store = await openStore(dataDir);
  const bridges = telegramBotRepository(store, fileKeyBox(dataDir, undefined));
  for (const { botId, token, chatId } of links)
    await store.write(async (tx) => {
      const id = botId as BotId;
      await bridges.saveToken(tx, id, token, undefined);
      await bridges.saveLink(tx, id, { chatId, mode: 'bridge' });
      await bridges.setEnabled(tx, id, true);
    });
  await store.close();
}

async function stage(server: Ejabberd, telegram: BotApi, proxy: TcpProxy) {
  await server.register('you', 'you-pw');
  await server.register('ada', 'ada-pw');
  const phone = await chatClient(server, 'you@localhost', 'you-pw');
  onTestFinished(phone.close);
  const dataDir = testFolder();
  const engine = await startEngineProcess(dataDir);
  onTestFinished(engine.kill);
  const near = { ...server, service: server.service.replace(/:\d+$/, `:${proxy.port}`) };
  await signInOn(engine, near);
  await allowAccounts(engine, near);
  const made = await engine.call<{ id: number }>('POST', '/bot/create', {
    body: { name: 'Personal', account: 'you@localhost' },
  });
  const peer = await startOmemoPeer({ server, jid: 'ada@localhost', password: 'ada-pw', mode: 'new' });
  const dedicated = await createDedicated(engine, { owner: 'ada@localhost' });
  const set = await engine.call('POST', '/bot/settings', { body: { telegram_api_root: telegram.apiRoot } });
  expect([set.status, made.status]).toEqual([200, 200]);
  await until('the bot to know a device of its owner', async () => {
    // Its device may still be on its way there.
    await peer.send(dedicated.jid, '/help').catch(() => undefined);
    return peer.messages().some(({ text }) => text !== undefined);
  });
  await engine.stop();

  const [one, two] = [chatsOf(telegram), chatsOf(telegram)];
  await link(dataDir, [
    { botId: made.body.id, token: one.robot.token, chatId: one.chat.id },
    { botId: dedicated.id, token: two.robot.token, chatId: two.chat.id },
  ]);
  const personal: Bridge = {
    robot: one.robot,
    saidHere: [],
    saidThere: [],
    sayHere: ({ id, text, replaces }) =>
      phone.send(
        xml(
          'message',
          { to: 'you@localhost', id, type: 'chat' },
          xml('body', {}, text),
          xml('origin-id', { xmlns: 'urn:xmpp:sid:0', id }),
          ...(text.startsWith('https:') ? [xml('x', { xmlns: 'jabber:x:oob' }, xml('url', {}, text))] : []),
          ...(replaces ? [xml('replace', { xmlns: 'urn:xmpp:message-correct:0', id: replaces })] : []),
        ),
      ),
    fileHere: (name) => `https://files.example/abc/${name}`,
    ...atTelegram(one),
    here: () => phone.read('you@localhost', 'you@localhost').filter(isFromTelegram).map(wordsOf),
  };
  const encrypted: Bridge = {
    robot: two.robot,
    saidHere: [],
    saidThere: [],
    sayHere: ({ id, text, replaces }) =>
      peer.send(dedicated.jid, text, { id, ...(replaces && { replaces }) }),
    fileHere: (name) => `aesgcm://files.example/abc/${name}#${'ab'.repeat(44)}`,
    ...atTelegram(two),
    here() {
      const byId = new Map(
        peer
          .messages()
          .flatMap(({ kind, text, id, replaces }) =>
            kind === 'encrypted' && text && id ? [[replaces ?? id, text]] : [],
          ),
      );
      return [...byId.values()].filter(isFromTelegram).map(wordsOf);
    },
  };
  /** What is said in chats that are linked with nothing. */
  const intrude = (text: string) => {
    for (const { other, stranger } of [one, two]) other.says(stranger, text);
  };
  return { dataDir, personal, encrypted, intrude, phone, peer };
}

/** Everything that was said is on the other side, as it reads now. */
const isThrough = ({ saidHere, saidThere, here, there }: Bridge) =>
  isDeepStrictEqual([here(), there()], [saidThere, saidHere]);

/** A text of several messages at Telegram. */
const long = (words: string) =>
  Array.from({ length: 150 }, (_, line) => `${words}, line ${line}, ${'ab'.repeat(15)}`).join('\n');

/** The owner says something: in one part, in several, or a file; some of it is corrected at once, also to fewer parts. */
function sayHere(bridge: Bridge, name: string, random: Random): Promise<unknown>[] {
  const { saidHere, sayHere: say, fileHere } = bridge;
  const at = saidHere.length;
  const [id, words] = [crypto.randomUUID(), `${name} here ${at}`];
  const form = random.weighted<'plain' | 'long' | 'file'>([
    [4, 'plain'],
    [1, 'long'],
    [1, 'file'],
  ]);
  if (form === 'file') {
    saidHere.push(`[File report-${at}.pdf]`);
    return [say({ id, text: fileHere(`report-${at}.pdf`) })];
  }
  const text = form === 'long' ? long(words) : words;
  saidHere.push(text);
  const said = [say({ id, text })];
  if (random.between(0, 3) > 0) return said;
  saidHere[at] = `${words}, corrected`;
  return [...said, say({ id: crypto.randomUUID(), text: `${words}, corrected`, replaces: id })];
}

/** Somebody at Telegram says something: a text, or a photo with a caption; some of it is changed at once. */
function sayThere({ saidThere, sayThere: say, editThere }: Bridge, name: string, random: Random): void {
  const words = `${name} there ${saidThere.length}`;
  const isPhoto = random.between(0, 3) === 0;
  const shown = (text: string) => (isPhoto ? `[Photo 1280×960]\n${text}` : text);
  const message = say(words, isPhoto);
  const isChanged = random.between(0, 3) === 0;
  if (isChanged) editThere(message, `${words}, edited`);
  saidThere.push(shown(isChanged ? `${words}, edited` : words));
}

async function speak(bridge: Bridge, name: string, random: Random): Promise<void> {
  const said: Promise<unknown>[] = [];
  for (let count = random.between(1, 3); count > 0; count -= 1) said.push(...sayHere(bridge, name, random));
  for (let count = random.between(1, 3); count > 0; count -= 1) sayThere(bridge, name, random);
  await Promise.all(said);
}

/** Resolves when the engine is at that moment. What it asked of Telegram goes on, or not, after its end. */
async function at(telegram: BotApi, moment: Moment, random: Random): Promise<() => void> {
  if (moment === 'anywhere') {
    await new Promise((resolve) => setTimeout(resolve, random.between(0, 400)));
    return () => undefined;
  }
  const reached = Promise.withResolvers<void>();
  const released = Promise.withResolvers<void>();
  const answer =
    moment === 'before it arrives'
      ? {
          get cut() {
            reached.resolve();
            return 'before' as const;
          },
        }
      : {
          get hold() {
            reached.resolve();
            return released.promise;
          },
        };
  const takeAway = telegram.fault({
    method: 'sendMessage',
    isDone: moment === 'after it arrived',
    answer,
  });
  const patience = setTimeout(reached.resolve, 5_000);
  await reached.promise;
  clearTimeout(patience);
  takeAway();
  return released.resolve;
}

it.skipIf(lacks('server'))(
  `an engine that is killed ${KILLS} times carries each message over once, in both directions`,
  async () => {
    const random = seededRandom(SEED);
    process.stderr.write(`seed ${SEED}\n`);
    const server = await startEjabberd();
    onTestFinished(() => server[Symbol.asyncDispose]());
    const telegram = await startBotApi();
    onTestFinished(() => telegram.close());
    const proxy = await TcpProxy.to(Number(new URL(server.service).port));
    onTestFinished(() => proxy[Symbol.asyncDispose]());
    const { dataDir, personal, encrypted, intrude } = await stage(server, telegram, proxy);
    const bridges = { personal, encrypted };
    const all = Object.values(bridges);
    const everything = () => all.every(isThrough);

    let engine: EngineProcess | undefined;
    const begun: Record<string, number> = {};
    for (let kills = 0; kills < KILLS; kills += 1) {
      engine = await startEngineProcess(dataDir);
      onTestFinished(engine.kill);
      const moment = random.weighted<Moment>([
        [3, 'anywhere'],
        [1, 'before it arrives'],
        [1, 'on its way'],
        [1, 'after it arrived'],
      ]);
      begun[moment] = (begun[moment] ?? 0) + 1;
      const reached = at(telegram, moment, random);
      if (kills % 5 === 0) intrude(`a stranger's word ${kills}`);
      for (const [name, bridge] of Object.entries(bridges)) await speak(bridge, name, random);
      const release = await reached;
      await engine.kill();
      release();
    }

    engine = await startEngineProcess(dataDir);
    onTestFinished(engine.kill);
    await until('everything to be through', everything, AT_THE_END_MS).catch(() => undefined);
    // Neither side is there for a while, one after the other.
    await telegram.pause();
    for (const [name, bridge] of Object.entries(bridges)) await speak(bridge, name, random);
    await telegram.resume();
    await until('what was said while Telegram was away', everything, AT_THE_END_MS).catch(() => undefined);
    proxy.cut();
    for (const [name, bridge] of Object.entries(bridges)) await speak(bridge, name, random);
    await until('the news to be taken', () => all.every(({ robot }) => robot.unconfirmed().length === 0));
    proxy.open();
    await until('what was said while XMPP was away', everything, AT_THE_END_MS).catch(() => undefined);
    // What is said last is carried over last: nothing that would be too much is still on its way.
    for (const [name, bridge] of Object.entries(bridges)) await speak(bridge, name, random);
    await until('the last words', everything, AT_THE_END_MS).catch(() => undefined);

    process.stderr.write(
      `${KILLS} kills (${JSON.stringify(begun)}): ${all.map(({ saidHere, saidThere }) => `${saidHere.length} to Telegram, ${saidThere.length} from there`).join('; ')}\n`,
    );
    for (const { here, there, saidHere, saidThere } of all) {
      expect(there()).toEqual(saidHere);
      expect(here()).toEqual(saidThere);
    }
    await engine.stop();
  },
  600_000,
);
