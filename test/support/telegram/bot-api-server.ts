import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type BotOptions, newBot, type TelegramTestBot } from './bots.ts';
import { type ChatOptions, newChat, type Person, type TestChat } from './chats.ts';
import { answerFault, answerJson, answerRefusal, type Fault } from './faults.ts';
import { longPolls } from './long-polls.ts';
import { METHODS, type Params } from './methods.ts';
import { BotApiRefusal } from './refusal.ts';
import type { EmulatedBot, World } from './state.ts';

export interface SeenRequest {
  method: string;
  params: Params;
  /** Of the bot it was made for; undefined: of none, the token is wrong. */
  botId: number | undefined;
}

/** A Bot API server on loopback, and everybody at Telegram. */
export interface BotApi {
  /** For the setting `telegram_api_root`. */
  readonly apiRoot: string;
  readonly requests: readonly SeenRequest[];
  requestsOf(method: string): SeenRequest[];
  addBot(options?: BotOptions): TelegramTestBot;
  addPerson(name: { first: string; last?: string; username?: string }): Person;
  /** Somebody's chat with bots: they were started there. */
  privateChat(person: Person, ...bots: TelegramTestBot[]): TestChat;
  addChat(options: ChatOptions & { kind: 'group' | 'supergroup' | 'channel' }): TestChat;
  /** Faults are taken in the order in which they were added. Takes it away again. */
  fault(fault: Fault): () => void;
  /** Holds a request of that method: `reached` once it came (with `isDone`: and was carried out). */
  hold(method: string, isDone?: boolean): { reached: Promise<void>; release: () => void };
  /** Ends every connection, as an outage does, and takes no new ones until `resume`. */
  pause(): Promise<void>;
  resume(): Promise<void>;
  close(): Promise<void>;
}

/**
 * Telegram's Bot API, as its documentation and its published server (tdlib/telegram-bot-api) say: tokens, chats and who
 * may speak where, message numbers, updates that stay until a later offset confirms them or a day is over, long polls
 * of which a second ends the first, webhooks, its refusals in its words. It is our own because the emulators that exist
 * as packages know no offsets, no refusals, no entities and no faults. Stricter than Telegram on purpose: entities that
 * overlap, which Telegram mends silently, are refused, and so is a text of more than 4096 UTF-16 units.
 */
export async function startBotApi({ now = Date.now }: { now?: () => number } = {}): Promise<BotApi> {
  const world: World = {
    now,
    bots: new Map(),
    chats: new Map(),
    wake: () => undefined,
  };
  const polls = longPolls(world);
  const requests: SeenRequest[] = [];
  const faults: { fault: Fault; left: number }[] = [];
  let lastPerson = 5_000_000;

  function takeFault(method: string): Fault | undefined {
    const taken = faults.find(({ fault }) => fault.method === undefined || fault.method === method);
    if (!taken) return undefined;
    taken.left -= 1;
    if (taken.left <= 0) faults.splice(faults.indexOf(taken), 1);
    return taken.fault;
  }

  function carryOut(bot: EmulatedBot, method: string, params: Params, gone: AbortSignal): unknown {
    if (method === 'getUpdates') return polls.getUpdates(bot, params, gone);
    const own = METHODS[method];
    if (!own) throw new BotApiRefusal(404, 'Not Found: method not found');
    return own(world, bot, params);
  }

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '/', 'http://localhost');
    const [, token = '', method = ''] = /^\/bot([^/]+)\/(\w+)$/.exec(url.pathname) ?? [];
    const params = { ...Object.fromEntries(url.searchParams), ...(await bodyOf(request)) };
    const bot = [...world.bots.values()].find((one) => one.token === decodeURIComponent(token));
    requests.push({ method, params, botId: bot?.id });
    const gone = new AbortController();
    response.on('close', () => gone.abort());
    const run = async (): Promise<unknown> => {
      if (token === '' || !/^\d+:/.test(decodeURIComponent(token))) throw new BotApiRefusal(404, 'Not Found');
      if (!bot) throw new BotApiRefusal(401, 'Unauthorized');
      return { ok: true, result: await carryOut(bot, method, params, gone.signal) };
    };
    const fault = takeFault(method);
    try {
      if (!fault) return answerJson(response, 200, await run());
      const done = fault.isDone ? await run() : undefined;
      if (typeof fault.answer === 'object' && 'hold' in fault.answer) {
        await fault.answer.hold;
        return answerJson(response, 200, done ?? (await run()));
      }
      await answerFault(response, fault.answer, done ?? { ok: true, result: true });
    } catch (error) {
      if (!(error instanceof BotApiRefusal)) throw error;
      answerRefusal(response, error);
    }
  }

  const server = createServer((request, response) => {
    answer(request, response).catch((error: unknown) => {
      if (!response.headersSent)
        answerJson(response, 500, { ok: false, error_code: 500, description: String(error) });
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  async function stop(): Promise<void> {
    const closed = once(server, 'close');
    server.close();
    server.closeAllConnections();
    await closed;
  }

  function fault(added: Fault): () => void {
    const entry = { fault: added, left: added.times ?? 1 };
    faults.push(entry);
    return () => {
      const at = faults.indexOf(entry);
      if (at >= 0) faults.splice(at, 1);
    };
  }

  return {
    apiRoot: `http://127.0.0.1:${port}`,
    requests,
    requestsOf: (method) => requests.filter((one) => one.method === method),
    addBot: (options = {}) => newBot(world, polls, options),
    addPerson({ first, last, username }) {
      lastPerson += 1;
      return {
        id: lastPerson,
        is_bot: false,
        first_name: first,
        ...(last !== undefined && { last_name: last }),
        ...(username !== undefined && { username }),
      };
    },
    privateChat: (person, ...bots) => newChat(world, person, { kind: 'private', bots }),
    addChat: (options) => newChat(world, undefined, options),
    fault,
    hold(method, isDone = false) {
      const reached = Promise.withResolvers<void>();
      const released = Promise.withResolvers<void>();
      // Read when a request takes the fault: that is when it was reached.
      const answer = {
        get hold() {
          reached.resolve();
          return released.promise;
        },
      };
      fault({ method, isDone, answer });
      return { reached: reached.promise, release: released.resolve };
    },
    async pause() {
      polls.close();
      await stop();
    },
    async resume() {
      server.listen(port, '127.0.0.1');
      await once(server, 'listening');
    },
    async close() {
      polls.close();
      if (server.listening) await stop();
    },
  };
}

async function bodyOf(request: IncomingMessage): Promise<Params> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const text = Buffer.concat(chunks).toString('utf8');
  if (text === '') return {};
  const type = request.headers['content-type'] ?? '';
  return type.startsWith('application/json')
    ? (JSON.parse(text) as Params)
    : Object.fromEntries(new URLSearchParams(text));
}
