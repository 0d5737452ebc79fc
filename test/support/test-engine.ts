import { randomBytes } from 'node:crypto';
import { expect, onTestFinished } from 'vitest';
import { type Logger, silentLogger } from '../../src-main/base/logger.ts';
import { type SecretBox, secretBox } from '../../src-main/base/secret-box.ts';
import { prepareDataFolder } from '../../src-main/server/data-folder.ts';
import { type OpenApi, openApi } from '../../src-main/server/open-api.ts';
import { bareJid } from '../../src-shared/jid.ts';
import { type AnswerSeen, answerCheck } from './answer-check.ts';
import { type AtEnd, testFolder } from './test-folder.ts';

export interface TestEngine extends OpenApi {
  dataDir: string;
  box: SecretBox;
  /** An injected request; resolves with status, headers and parsed body. */
  call(
    method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE',
    url: string,
    options?: { token?: string; body?: unknown; headers?: Record<string, string> },
  ): Promise<{
    status: number;
    headers: Record<string, unknown>;
    body: Record<string, unknown> & { result?: unknown };
  }>;
}

/** The engine with its edges in a folder of its own, nothing connected. It ends with the test, or when told. */
export async function testEngine(
  atEnd: AtEnd = onTestFinished,
  logger: Logger = silentLogger,
): Promise<TestEngine> {
  const dataDir = testFolder(atEnd);
  prepareDataFolder(dataDir);
  const box = secretBox(randomBytes(32));
  const api = await openApi(dataDir, box, logger);
  atEnd(() => api.close());
  return {
    ...api,
    box,
    dataDir,
    async call(method, url, { token, body, headers } = {}) {
      const response = await api.app.inject({
        method,
        url,
        headers: {
          ...(token !== undefined && { authorization: `Bearer ${token}` }),
          ...(body !== undefined && { 'content-type': 'application/json' }),
          ...headers,
        },
        ...(body !== undefined && { payload: typeof body === 'string' ? body : JSON.stringify(body) }),
      });
      const { statusCode, body: text } = response;
      await checkAnswer(api.app, { method, url, status: statusCode, headers: response.headers, text });
      const isJson = String(response.headers['content-type']).startsWith('application/json');
      return { status: response.statusCode, headers: response.headers, body: isJson ? response.json() : {} };
    },
  };
}

let check: Promise<ReturnType<typeof answerCheck>> | undefined;

/** Every answer that any test gets has to be one that the OpenAPI document describes. */
export async function checkAnswer(app: OpenApi['app'], seen: AnswerSeen): Promise<void> {
  check ??= app.inject('/openapi.json').then((answer) => answerCheck(answer.json()));
  const problems = (await check)(seen);
  if (problems.length > 0)
    throw new Error(
      `${seen.method} ${seen.url} breaks /openapi.json: ${problems.join('; ').slice(0, 2_000)}`,
    );
}

/** Stores an account without signing in, so that bots can be made for it. */
export async function signIn(engine: TestEngine, jid = 'you@localhost'): Promise<void> {
  const { status } = await engine.call('POST', '/api/v1/accounts', {
    body: { jid, password: 'x', verify: false },
  });
  if (status !== 200) throw new Error(`signing in gave ${status}`);
}

/** Makes a personal bot and resolves with its id and token. */
export async function aBot({ engine }: TestEngine, name = 'Weather', account = 'you@localhost') {
  const owner = bareJid(account);
  // As the owner makes one in chat: whoever does it elsewhere is told of there.
  const caller = { actor: owner, from: 'chat' };
  const { bot, token } = await engine.store.write((tx) =>
    engine.bots.create(tx, { name, owner, mode: 'personal' }, caller),
  );
  return { id: Number(bot.id), token };
}

/** A bot on a signed-in account: what most routes need. */
export async function engineWithBot(atEnd?: AtEnd): Promise<TestEngine & { token: string; id: number }> {
  const engine = await testEngine(atEnd);
  await signIn(engine);
  return { ...engine, ...(await aBot(engine)) };
}

/** What every refusal looks like: the envelope of the contract. */
export const failure = (status: number, error: string) => ({
  status,
  body: { ok: false, error_code: String(status), error, description: expect.stringMatching(/\S/) },
});
