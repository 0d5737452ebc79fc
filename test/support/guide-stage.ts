import { expect, onTestFinished } from 'vitest';
import { type ChatClient, chatClient } from './chat-client.ts';
import { type EngineProcess, startEngineProcess } from './engine-process.ts';
import { type Command, type Filled, filledIn, runCurl } from './guide.ts';
import { type Ejabberd, startEjabberd } from './servers/servers.ts';
import { startBotApi } from './telegram/bot-api-server.ts';
import { type AtEnd, testFolder } from './test-folder.ts';
import { until } from './until.ts';

export const RALF = 'ralf@chat.example.com';
export const USER = 'user@chat.example.com';
/** Named in section 8.4. */
export const FAR_USER = 'user@server.tld';

export interface GuideUpdate {
  update_id: number;
  data: { from: string; body: string; stanza_id: string };
}

/** The people of the guide's examples on a real server, and an engine that ralf has signed in to. */
export async function guideStage(atEnd: AtEnd) {
  const server: Ejabberd & AsyncDisposable = await startEjabberd({
    domains: ['localhost', 'chat.example.com', 'server.tld'],
  });
  atEnd(async () => void (await server[Symbol.asyncDispose]()));
  await server.register('ralf', 'ralf-pw', 'chat.example.com');
  await server.register('user', 'user-pw', 'chat.example.com');
  await server.register('user', 'user-pw', 'server.tld');
  const engine: EngineProcess = await startEngineProcess(testFolder(atEnd));
  atEnd(async () => void (await engine.stop()));
  const where = ['--service', server.service, '--ca', server.caFile, '--password-stdin'];
  const added = await engine.cli(['account', 'add', RALF, ...where], 'ralf-pw\n');
  expect(added).toMatchObject({ status: 0, stdout: `${RALF}  online\n` });
  const client = async (jid: string, password: string): Promise<ChatClient> => {
    const made = await chatClient(server, jid, password);
    atEnd(async () => void (await made.close()));
    return made;
  };
  const [ralf, user, farUser] = await Promise.all([
    client(RALF, 'ralf-pw'),
    client(USER, 'user-pw'),
    client(FAR_USER, 'user-pw'),
  ]);

  async function set(id: number, scope: string): Promise<void> {
    const { status } = await engine.call('POST', `/bot/settings?id=${id}`, { body: { scope } });
    expect(status).toBe(200);
  }

  return {
    server,
    engine,
    ralf,
    user,
    farUser,
    set,
    /** A bot of the test's own; the newest is the one that ralf's texts to himself go to. */
    async aBot(name: string, scope = 'self'): Promise<Pick<Filled, 'port' | 'id' | 'token'>> {
      const { body } = await engine.call<{ id: number; token: string }>('POST', '/bot/create', {
        body: { name, account: RALF },
      });
      await set(body.id, scope);
      onTestFinished(async () => {
        await engine.call('POST', '/bot/delete', { body: { id: body.id } });
      });
      return { port: engine.port, id: body.id, token: body.token };
    },
    /** Waits for that many updates of a bot, without taking them away. */
    updates: (token: string, count: number) =>
      until(`${count} updates`, async () => {
        const { body } = await engine.call('GET', '/bot/getUpdates', { token });
        const found = body.result as GuideUpdate[];
        return found.length >= count ? found : undefined;
      }),
    run: (command: Command, filled: Partial<Filled>) => runCurl(filledIn(command.text, filled)),
    heard: (client: ChatClient, text: string) =>
      until(`"${text}" at a client`, () => client.bodies().includes(text)),
    reactions: (client: ChatClient) =>
      client
        .stanzas()
        .flatMap((stanza) => stanza.getChild('reactions', 'urn:xmpp:reactions:0') ?? [])
        .map((element) => ({ id: element.attrs.id, emoji: element.getChildText('reaction') })),
  };
}
export type GuideStage = Awaited<ReturnType<typeof guideStage>>;

/** A Telegram for the engine of the stage, with a bot and its chat with somebody. */
export async function guideTelegram({ engine }: GuideStage) {
  const api = await startBotApi();
  onTestFinished(api.close);
  const { status } = await engine.call('POST', '/bot/settings', { body: { telegram_api_root: api.apiRoot } });
  expect(status).toBe(200);
  const bot = api.addBot({ username: 'mybot_bot', name: 'MyBot' });
  const chat = api.privateChat(api.addPerson({ first: 'John' }), bot);
  return { api, bot, chat, telegram: { token: bot.token, chatId: chat.id } };
}
