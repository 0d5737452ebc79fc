import { join } from 'node:path';
import BetterSqlite3 from 'better-sqlite3';
import { expect, it, onTestFinished } from 'vitest';
import { readReplaced } from '../../src-main/gateways/xmpp/xep-0308-correction.ts';
import { type Asked, type StubAnswer, startAiStub } from '../support/ai/ai-stub.ts';
import { chatClient } from '../support/chat-client.ts';
import { type EngineProcess, signInOn, startEngineProcess } from '../support/engine-process.ts';
import { seededRandom } from '../support/random.ts';
import { lacks } from '../support/servers/ready.ts';
import { startEjabberd } from '../support/servers/servers.ts';
import { testFolder } from '../support/test-folder.ts';
import { until } from '../support/until.ts';

const KILLS = Number(process.env.FAULT_COUNT ?? 20);
const SEED = Number(process.env.FAULT_SEED ?? 20_261_125);
const YOU = 'you@localhost';
/** Of one person no more may wait. */
const OPEN_QUESTIONS = 3;
const AT_THE_END_MS = 90_000;

/** What the engine is in the middle of when it is killed. */
type Moment = 'taking' | 'asking' | 'streaming' | 'ending';

it.skipIf(lacks('server'))(
  `an AI whose engine is killed ${KILLS} times by SIGKILL answers each question once`,
  async () => {
    const random = seededRandom(SEED);
    process.stderr.write(`seed ${SEED}\n`);
    await using server = await startEjabberd();
    await server.register('you', 'you-pw');
    const you = await chatClient(server, YOU, 'you-pw');
    onTestFinished(() => you.close());
    const ollama = await startAiStub({ provider: 'ollama' });
    const dataDir = testFolder();
    const start = async () => {
      const engine = await startEngineProcess(dataDir);
      onTestFinished(engine.kill);
      return engine;
    };
    const asked: string[] = [];
    const answerTo = (question: string) => `answer to ${question}, and that is all there is to say about it`;
    /** The messages of the chat as somebody sees them in the end, each once and with its corrections. */
    const seen = () => {
      const texts = new Map<string, string>();
      for (const stanza of you.stanzas()) {
        const text = stanza.getChildText('body');
        if (text) texts.set(readReplaced(stanza)?.id ?? String(stanza.attrs.id), text);
      }
      return [...texts.values()];
    };
    const open = () => asked.filter((text) => !seen().includes(answerTo(text)));
    async function ask(): Promise<void> {
      const text = `question ${asked.length}`;
      asked.push(text);
      await you.say(YOU, text);
    }

    let engine = await start();
    await signInOn(engine, server);
    await setUp(engine, ollama.baseUrl, ollama.models[0] ?? '');

    const hit = new Map<Moment, number>();
    for (let kills = 0; kills < KILLS; kills += 1) {
      const moment = random.weighted<Moment>([
        [1, 'taking'],
        [1, 'asking'],
        [1, 'streaming'],
        [1, 'ending'],
      ]);
      const isStreaming = moment === 'streaming' || random.next() < 0.3;
      const settings = { body: { ai_streaming: isStreaming } };
      expect((await engine.call('POST', '/bot/settings?id=1', settings)).status).toBe(200);
      const { promise: over, resolve } = Promise.withResolvers<void>();
      let isOver = false;
      const kill = () => {
        if (isOver) return;
        isOver = true;
        hit.set(moment, (hit.get(moment) ?? 0) + 1);
        void engine.kill().then(resolve);
      };
      const later = (ms: number) => void setTimeout(kill, ms);
      let left = random.between(1, 3);
      ollama.always(({ question, isStreamed }: Asked): StubAnswer => {
        left -= 1;
        if (!isOver && left > 0) return { text: answerTo(question) };
        if (isOver || moment === 'asking') {
          kill();
          return { fault: 'silent' };
        }
        if (moment === 'ending') later(random.between(0, 60));
        if (moment !== 'streaming' || !isStreamed) return { text: answerTo(question) };
        // The first words are shown after a second.
        later(random.between(900, 2_200));
        return { pieces: answerTo(question).match(/\S+\s*/g) ?? [], betweenMs: 200 };
      });
      for (let count = random.between(1, 3); count > 0 && open().length < OPEN_QUESTIONS; count -= 1)
        await ask();
      if (moment === 'taking') later(random.between(0, 40));
      // Where fewer were asked than that, it is killed with nothing to do.
      const nothing = until('nothing to do', () => isOver || open().length === 0).catch(() => undefined);
      await Promise.race([over, nothing.then(kill)]);
      await over;
      engine = await start();
    }

    ollama.always(({ question }) => ({ text: answerTo(question) }));
    await until('every question to be answered', () => open().length === 0, AT_THE_END_MS).catch(
      () => undefined,
    );
    // What is asked last is answered last: nothing that would be too much is still on its way.
    await ask();
    await until('the last answer', () => open().length === 0, AT_THE_END_MS).catch(() => undefined);

    const times = [...hit].map(([moment, count]) => `${moment} ${count}`).join(', ');
    process.stderr.write(
      `${KILLS} kills (${times}): ${asked.length} questions, asked ${ollama.questions().length} times\n`,
    );
    expect(
      seen()
        .filter((text) => text.startsWith('answer'))
        .sort(),
    ).toEqual(asked.map(answerTo).sort());
    expect(ollama.questions().length).toBeGreaterThan(asked.length);
    await engine.stop();
    const kept = keptIn(dataDir);
    expect(kept).toMatchObject({ questions: 0, answered: asked.length });
    const pairs = Array.from({ length: Math.min(10, asked.length) }, () => ['user', 'assistant']);
    expect(kept.roles).toEqual(pairs.flat());
  },
  600_000,
);

/** A bot with its AI on. */
async function setUp(engine: EngineProcess, endpoint: string, model: string): Promise<void> {
  const bot = { name: 'Helper', account: YOU };
  const { token } = (await engine.call<{ token: string }>('POST', '/bot/create', { body: bot })).body;
  const ai = { provider: 'ollama', api_key: '-', model, endpoint };
  expect((await engine.call('POST', '/bot/ai/setup', { token, body: ai })).status).toBe(200);
  const limits = { body: { ai_per_minute: 600 } };
  expect((await engine.call('POST', '/bot/settings?id=1', limits)).status).toBe(200);
}

function keptIn(dataDir: string) {
  const database = new BetterSqlite3(join(dataDir, 'bot_registry.db'), { readonly: true });
  const count = (what: string) =>
    (database.prepare(`select count(*) as count from ${what}`).get() as { count: number }).count;
  const kept = {
    questions: count('ai_question'),
    answered: count(`ai_usage where outcome = 'answered'`),
    roles: (database.prepare('select role from ai_turn order by id').all() as { role: string }[]).map(
      ({ role }) => role,
    ),
  };
  database.close();
  return kept;
}
