import { join } from 'node:path';
import BetterSqlite3 from 'better-sqlite3';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { type ChatClient, chatClient } from '../support/chat-client.ts';
import { type EngineProcess, signInOn, startEngineProcess } from '../support/engine-process.ts';
import { seededRandom } from '../support/random.ts';
import { type Received, receiver } from '../support/receiver.ts';
import { lacks } from '../support/servers/ready.ts';
import { startEjabberd } from '../support/servers/servers.ts';
import { testFolder } from '../support/test-folder.ts';
import { until } from '../support/until.ts';

const KILLS = 20;
const SEED = Number(process.env.BOTMOTHER_SEED ?? 20_261_121);
const AT_THE_END_MS = 90_000;

/** What the engine is in the middle of when it is killed. */
type Moment = 'delivery' | 'request' | 'command';

/** What happened on the other side of each promise. */
interface Ledger {
  texts: string[];
  commands: number;
  /** Ids that sendMessage answered with. */
  promised: string[];
}

describe.skipIf(lacks('server'))(`an engine that is killed ${KILLS} times under load`, () => {
  let server: Awaited<ReturnType<typeof startEjabberd>>;
  let you: ChatClient;
  let friend: ChatClient;

  beforeAll(async () => {
    server = await startEjabberd();
    await server.register('you', 'you-pw');
    await server.register('friend', 'friend-pw');
    you = await chatClient(server, 'you@localhost', 'you-pw');
    friend = await chatClient(server, 'friend@localhost', 'friend-pw');
  });
  afterAll(async () => {
    await you?.close();
    await friend?.close();
    await server?.[Symbol.asyncDispose]();
  });

  const start = async (dataDir: string) => {
    const engine = await startEngineProcess(dataDir);
    onTestFinished(engine.kill);
    return engine;
  };
  const bot = async (engine: EngineProcess, name: string) => {
    const body = { name, account: 'you@localhost' };
    return (await engine.call<{ token: string }>('POST', '/bot/create', { body })).body.token;
  };

  /** Says and sends a little of everything; kills the engine in the midst of one of them. */
  async function round(engine: EngineProcess, token: string, ledger: Ledger, moment: Moment, after: number) {
    let isKilled = false;
    const kill = () => {
      isKilled = true;
      return engine.kill();
    };
    const talk = async () => {
      for (let index = 0; index < 6; index += 1) {
        const text = `text ${ledger.texts.length}`;
        ledger.texts.push(text);
        await you.say('you@localhost', text);
        if (index % 3 !== 1) continue;
        ledger.commands += 1;
        await you.say('you@localhost', '/token 1');
        if (moment === 'command' && index >= after) await kill();
      }
    };
    const send = async () => {
      for (let index = 0; index < 10 && !isKilled; index += 1) {
        const body = { to: 'friend@localhost', text: `promise ${ledger.promised.length}` };
        const sent = engine.call<{ message_id: string }>('POST', '/bot/sendMessage', { token, body });
        if (moment === 'request' && index === after) void kill();
        const { status, body: answer } = await sent;
        if (status === 200) ledger.promised.push(answer.message_id);
      }
    };
    await Promise.all([talk(), send().catch(() => undefined)]);
    return kill;
  }

  /** Each text once, or again under the same delivery id; in the order in which they were said. */
  function checkDeliveries(received: Received[], texts: string[]): void {
    const byText = Map.groupBy(received, ({ body }) => String(body.data.body));
    const torn = [...byText].filter(
      ([, requests]) => new Set(requests.map(({ headers }) => headers['x-bot-delivery'])).size > 1,
    );
    expect(torn.map(([text]) => text)).toEqual([]);
    expect([...byText.keys()]).toEqual(texts);
  }

  it('keeps its ledgers: messages, commands and webhooks', async () => {
    const random = seededRandom(SEED);
    process.stderr.write(`seed ${SEED}\n`);
    const dataDir = testFolder();
    const hook = await receiver();
    let engine = await start(dataDir);
    await signInOn(engine, server);
    const spare = await bot(engine, 'Spare');
    const token = await bot(engine, 'Ledger');
    const setUp = { token, body: { url: hook.url } };
    expect((await engine.call('POST', '/bot/setWebhook', setUp)).status).toBe(200);
    const ledger: Ledger = { texts: [], commands: 0, promised: [] };

    for (let kills = 0; kills < KILLS; kills += 1) {
      const moment = random.weighted<Moment>([
        [2, 'delivery'],
        [1, 'request'],
        [1, 'command'],
      ]);
      const held = Promise.withResolvers<void>();
      const heldAt = hook.received.length + random.between(1, 4);
      hook.onRequest = (request) => {
        // Left unanswered, so that nobody knows whether it was delivered.
        if (moment === 'delivery' && hook.received.length >= heldAt) held.resolve();
        else request.answer(200);
      };
      const kill = await round(engine, token, ledger, moment, random.between(1, 4));
      if (moment === 'delivery') await held.promise;
      await kill();
      engine = await start(dataDir);
    }
    hook.onRequest = (request) => request.answer(200);

    const seen = () => new Set(hook.received.map(({ body }) => String(body.data.body)));
    await until('all texts', () => ledger.texts.every((text) => seen().has(text)), AT_THE_END_MS);
    const answers = () => {
      const ids = you.ids();
      const bodies = you.bodies();
      const isAnswer = (text: string) => text.startsWith('New token generated for Spare');
      return new Map(
        ids.flatMap((id, index) => (isAnswer(bodies[index] ?? '') ? [[id, bodies[index]]] : [])),
      );
    };
    await until('all answers', () => answers().size >= ledger.commands, AT_THE_END_MS);
    const arrived = () => [...new Set(friend.ids())].filter((id) => ledger.promised.includes(id));
    await until('all promises', () => arrived().length >= ledger.promised.length, AT_THE_END_MS);
    // What is asked last is answered last: nothing that would be too much is still on its way.
    await you.say('you@localhost', '/mybots');
    await until(
      'the last answer',
      () => you.bodies().some((text) => text.startsWith('Your bots:')),
      AT_THE_END_MS,
    );

    checkDeliveries(hook.received, ledger.texts);
    expect(hook.received.length).toBeGreaterThan(ledger.texts.length);
    expect(ledger.promised.length).toBeGreaterThan(KILLS);
    expect(arrived()).toEqual(ledger.promised);
    const tokens = [...answers().values()].map((text) => /bm_[0-9a-f]{64}/.exec(text ?? '')?.[0]);
    expect(new Set(tokens).size).toBe(ledger.commands);
    expect(tokens).not.toContain(spare);
    expect(tokensMade(dataDir)).toBe(ledger.commands);
    const last = await engine.call('GET', '/bot/getMe', { token: tokens.at(-1) ?? '' });
    expect(last.status).toBe(200);
    process.stderr.write(
      `${KILLS} kills: ${ledger.texts.length} texts in ${hook.received.length} deliveries, ${ledger.promised.length} promises, ${ledger.commands} commands\n`,
    );
  }, 600_000);
});

/** How often a token was replaced, as the audit log has it. */
function tokensMade(dataDir: string): number {
  const database = new BetterSqlite3(join(dataDir, 'bot_registry.db'), { readonly: true });
  const row = database.prepare("select count(*) as count from audit_log where action = 'bot.token'").get();
  database.close();
  return (row as { count: number }).count;
}
