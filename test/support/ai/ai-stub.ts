import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';
import type { ProviderName } from '../../../src-shared/api/ai.ts';
import type { AtEnd } from '../test-folder.ts';
import { until } from '../until.ts';
import { sendAnswer, sendJson } from './answering.ts';
import { DIALECTS } from './dialects/all.ts';
import type { Asked, StubAnswer } from './script.ts';

export type { Asked, StubAnswer, StubFault } from './script.ts';

export interface AiStubOptions {
  provider: ProviderName;
  /** Other keys are refused as the provider documents it; without it, any key and none is fine. */
  key?: string;
  /** Others are refused as the provider documents it; without it, every model answers, and the list has its usual ones. */
  models?: readonly string[];
  /** What every question is answered with that nothing was put in line for. */
  answer?: StubAnswer | ((asked: Asked) => StubAnswer);
  /** Serves https with it. */
  certificate?: { cert: string | Buffer; key: string | Buffer };
  atEnd?: AtEnd;
}

const REQUEST_ID = 'req_stub';
const RUN_ID = 'run-stub';

/**
 * A provider on loopback, over real HTTP, in the language that it documents. `next` puts answers in line for the questions
 * to come, the list of models and OpenClaw's hook are served too, and `asked` has every request.
 */
export async function startAiStub(options: AiStubOptions) {
  const { provider, key, atEnd = onTestFinished } = options;
  const { dialects, models: usual } = DIALECTS[provider];
  const [dialect] = dialects;
  const models = options.models ?? usual;
  const asked: Asked[] = [];
  const line: StubAnswer[] = [];
  const state = {
    answer: options.answer ?? {},
    /** Answers every list of models with that status instead. */
    listStatus: 200,
    /** Takes a request from the stub: what it returns true for is answered by it alone. */
    instead: undefined as
      | ((asked: Asked, request: IncomingMessage, response: ServerResponse) => boolean)
      | undefined,
  };

  function read(request: IncomingMessage, raw: string): Asked {
    const path = request.url ?? '';
    const headers = request.headers as Asked['headers'];
    const spoken = request.method === 'POST' ? dialects.find((one) => one.askPath(path)) : undefined;
    const body = raw === '' ? undefined : JSON.parse(raw);
    const said = spoken ? spoken.read(body, path) : { isStreamed: false, model: '', system: '', turns: [] };
    const question = said.turns.findLast((turn) => turn.startsWith('user: '))?.slice('user: '.length) ?? '';
    const common = { method: request.method ?? '', path, headers, body, raw, key: dialect.keyOf(headers) };
    return { ...common, ...said, isQuestion: spoken !== undefined, question };
  }

  async function respond(one: Asked, request: IncomingMessage, response: ServerResponse) {
    if (dialect.requestIdHeader) response.setHeader(dialect.requestIdHeader, REQUEST_ID);
    if (state.instead?.(one, request, response)) return;
    const [path = ''] = one.path.split('?', 1);
    const isHook = provider === 'openclaw' && one.method === 'POST' && path === '/hooks/agent';
    const isList = one.method === 'GET' && path === dialect.modelsPath && provider !== 'perplexity';
    if (!one.isQuestion && !isHook && !isList) return sendJson(response, 404, { detail: 'Not Found' });
    if (key !== undefined && one.key !== key) return sendJson(response, 401, dialect.error(401, undefined));
    if (isList)
      return state.listStatus === 200
        ? sendJson(response, 200, dialect.models(models))
        : sendJson(response, state.listStatus, dialect.error(state.listStatus, undefined));
    const next = line.shift();
    if (isHook) {
      const answer = next ?? {};
      await answer.after;
      return answer.status
        ? sendJson(response, answer.status, { ok: false, error: 'no' })
        : sendJson(response, 200, { ok: true, runId: RUN_ID });
    }
    if (options.models && !models.includes(one.model)) {
      const { status, code } = dialect.noModel;
      return sendJson(response, status, dialect.error(status, code || undefined));
    }
    const answer = next ?? (typeof state.answer === 'function' ? state.answer(one) : state.answer);
    const spoken = dialects.find(({ askPath }) => askPath(one.path)) ?? dialect;
    await sendAnswer(spoken, answer, one, response);
  }

  function serve(request: IncomingMessage, response: ServerResponse) {
    const pieces: Buffer[] = [];
    request.on('data', (piece: Buffer) => pieces.push(piece));
    request.on('end', () => {
      const one = read(request, Buffer.concat(pieces).toString('utf8'));
      asked.push(one);
      void respond(one, request, response).catch(() => response.destroy());
    });
  }
  const { certificate } = options;
  const server = certificate ? createTlsServer(certificate, serve) : createServer(serve);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const origin = `${certificate ? 'https' : 'http'}://127.0.0.1:${port}`;
  function close() {
    server.close();
    server.closeAllConnections();
  }
  atEnd(close);

  return {
    origin,
    port,
    /** To be set as the provider's. */
    baseUrl: origin + dialect.basePath,
    requestId: REQUEST_ID,
    runId: RUN_ID,
    models,
    /** Every request, in order. */
    asked,
    /** Those that were questions. */
    questions: () => asked.filter((one) => one.isQuestion),
    /** Answers for the questions to come, one each. */
    next: (...answers: StubAnswer[]) => void line.push(...answers),
    /** What everything else is answered with from now on. */
    always(answer: StubAnswer | ((asked: Asked) => StubAnswer)) {
      state.answer = answer;
    },
    behaviour: state,
    /** Resolves with the question once that many came in all. */
    question: (nth: number) =>
      until(`question ${nth} to the AI stub`, () => asked.filter((one) => one.isQuestion)[nth - 1]),
    close,
  };
}
export type AiStub = Awaited<ReturnType<typeof startAiStub>>;
