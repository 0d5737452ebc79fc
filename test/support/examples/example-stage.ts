import { readFileSync } from 'node:fs';
import xml from '@xmpp/xml';
import { PICTURE } from '../../../src-main/http/docs/examples/values.ts';
import { type AiStub, startAiStub } from '../ai/ai-stub.ts';
import { type ChatClient, chatClient } from '../chat-client.ts';
import { type EngineProcess, signInOn, startEngineProcess } from '../engine-process.ts';
import { pictureServer } from '../picture-server.ts';
import { sandboxFolder } from '../sandbox-folder.ts';
import { type Ejabberd, startEjabberd } from '../servers/servers.ts';
import { type BotApi, startBotApi } from '../telegram/bot-api-server.ts';
import { type AtEnd, testFolder } from '../test-folder.ts';
import { until } from '../until.ts';

/** The addresses of the examples exist here, so that they need no other ones. */
const DOMAIN = 'server.example';
const YOU = `you@${DOMAIN}`;
const ROOM = `general@conference.${DOMAIN}`;
const SPARE = `spare@${DOMAIN}`;

export interface ExampleStage {
  server: Ejabberd;
  engine: EngineProcess;
  you: ChatClient;
  dedicated: { id: number };
  /** Where a picture can be fetched. */
  picture: string;
  /** A model on this machine. */
  ollama: AiStub;
  /** A Telegram on this machine. */
  telegram: BotApi;
  set(settings: Record<string, unknown>): Promise<void>;
}

/** An engine with everything that the examples talk about: accounts, a friend, a dedicated bot, ways to make accounts. */
export async function exampleStage(atEnd: AtEnd): Promise<ExampleStage> {
  const server = await startEjabberd({ domains: ['localhost', DOMAIN] });
  atEnd(async () => void (await server[Symbol.asyncDispose]()));
  for (const user of ['you', 'friend']) await server.register(user, `${user}-pw`, DOMAIN);
  await server.register('spare', 'a long password', DOMAIN);
  const engine = await startEngineProcess(testFolder(atEnd), 0, [], {
    NODE_EXTRA_CA_CERTS: server.caFile,
    BOTMOTHER_SANDBOX: await sandboxFolder(atEnd),
  });
  atEnd(async () => void (await engine.stop()));
  await signInOn(engine, server, { jid: YOU, password: 'you-pw', omemo: true });
  const you = await chatClient(server, YOU, 'you-pw');
  atEnd(you.close);
  const set = async (settings: Record<string, unknown>) => {
    const { status, body } = await engine.call('POST', '/bot/settings', { body: settings });
    if (status !== 200) throw new Error(`settings: ${JSON.stringify(body)}`);
  };
  await set({ rate_limit_ip: 1_000_000, rate_limit_bot: 1_000_000, webhook_allow_private: '127.0.0.1' });
  await set(provisioner(server));
  const { body: bot } = await engine.call<{ id: number; token: string }>('POST', '/bot/create', {
    body: { name: 'Herald', account: YOU, mode: 'dedicated' },
  });
  const { id, token } = bot;
  await until('the dedicated bot online', async () => {
    const { body } = await engine.call<{ state: string }>('GET', '/bot/getMe', { token });
    return body.state === 'online';
  });
  const ollama = await startAiStub({ provider: 'ollama', models: ['llama3', 'phi3'], atEnd });
  const telegram = await startBotApi();
  atEnd(telegram.close);
  await set({ telegram_api_root: telegram.apiRoot });
  const picture = await pictureServer(atEnd);
  return { server, engine, you, dedicated: { id }, picture, ollama, telegram, set };
}

const provisioner = (server: Ejabberd) => ({
  ejabberd_api_url: server.apiUrl,
  ejabberd_admin_jid: server.provisionerJid,
  ejabberd_admin_password: server.provisionerPassword,
  ejabberd_host: DOMAIN,
  ejabberd_service: server.service,
  ejabberd_ca: readFileSync(server.caFile, 'utf8'),
});

/** What is put into an example in the place of what its reader would fill in. */
export interface Filled {
  env: Record<string, string>;
  replacements: [RegExp, string][];
}

/** Sample values that stand for something here. Nothing else is changed in an example. */
const SAMPLE = {
  bot: /\b12\b/g,
  update: /\b42\b/g,
  message: /f4a1c9d2-6b3e-4e57-8a0c-2d9b7e5f1a63/g,
  device: /\b1836254012\b/g,
  code: /yQ0nS7Jt2vXc5mRz/g,
  chatFile: /4711\.q7LwX2nB\.0/g,
  file: /q7LwX2nB9sKdT4vR/g,
  ollama: /http:\/\/localhost:11434/g,
  telegramToken: /123456789:ABCdef_ghijk/g,
  telegramChat: /\b987654321\b/g,
  picture: /https:\/\/server\.example\/picture\.jpg/g,
  service: /xmpp:\/\/server\.example:5222/g,
  you: /you(@|%40)server\.example/g,
};

type Prepare = (stage: ExampleStage, bot: { id: number; token: string }) => Promise<[RegExp, string][]>;

const aRoom: Prepare = async ({ engine }, { token }) => {
  await engine.call('POST', '/bot/joinRoom', { token, body: { room: ROOM, nick: 'Weather' } });
  return [];
};
/** As a client says that a text is the address of a file (XEP-0066). */
const aReceivedFile: Prepare = async ({ engine, you, picture }, { token }) => {
  const outOfBand = xml('x', { xmlns: 'jabber:x:oob' }, xml('url', {}, picture));
  await you.send(
    xml('message', { to: YOU, id: crypto.randomUUID(), type: 'chat' }, xml('body', {}, picture), outOfBand),
  );
  const url = await until('an update with a file', async () => {
    const { body } = await engine.call<{ result: WithFiles[] }>('GET', '/bot/getUpdates', { token });
    return body.result.flatMap(({ data }) => data.files ?? [])[0]?.url;
  });
  return [[SAMPLE.file, new URL(url).pathname.split('/').at(-1) ?? '']];
};
interface WithFiles {
  data: { files?: { url: string }[] };
}

const aChat: Prepare = async ({ engine }) => {
  await engine.call('POST', '/api/v1/chats', { body: { account: YOU, jid: `friend@${DOMAIN}` } });
  return [];
};
/** The same file, as the window looks at it. */
const aChatFile: Prepare = async (stage, bot) => {
  await aReceivedFile(stage, bot);
  const path = `/api/v1/chats/${encodeURIComponent(YOU)}/${encodeURIComponent(YOU)}/messages`;
  const { body } = await stage.engine.call<{ result: { messages: { files: { path: string }[] }[] } }>(
    'GET',
    path,
  );
  const [file] = body.result.messages.flatMap(({ files }) => files);
  return [[SAMPLE.chatFile, file?.path.split('/').at(-1) ?? '']];
};
/** Nobody is there, so the server sends the message back. */
const aFailedMessage: Prepare = async ({ engine }) => {
  const jid = `nobody@${DOMAIN}`;
  await engine.call('POST', '/api/v1/chats', { body: { account: YOU, jid } });
  const path = `/api/v1/chats/${encodeURIComponent(YOU)}/${encodeURIComponent(jid)}/messages`;
  const written = await engine.call<{ result: { message_id: string } }>('POST', path, {
    body: { text: 'Hello' },
  });
  const id = written.body.result.message_id;
  await until('the message to come back', async () => {
    const { body } = await engine.call<{ result: { messages: { message_id: string; state: string }[] } }>(
      'GET',
      path,
    );
    return body.result.messages.some((one) => one.message_id === id && one.state === 'failed');
  });
  return [
    [SAMPLE.message, id],
    [/friend(@|%40)server\.example/g, 'nobody$1server.example'],
  ];
};
const theDedicated: Prepare = async ({ dedicated }) => [[SAMPLE.bot, String(dedicated.id)]];
const spareAccount: Prepare = async () => [[SAMPLE.you, 'spare$1server.example']];
const anUpdate: Prepare = async ({ engine, you }, { token }) => {
  await engine.call('GET', '/bot/getUpdates', { token });
  await you.say(YOU, 'What is the weather like?');
  await until('an update', async () => {
    const { body } = await engine.call<{ result: unknown[] }>('GET', '/bot/getUpdates', { token });
    return body.result.length > 0;
  });
  return [];
};
const deviceOfTheOwner: Prepare = async ({ engine, dedicated }) => {
  const path = `/bot/omemo/devices?id=${dedicated.id}`;
  const { body } = await engine.call<{ account: string; devices: { device: number }[] }>('GET', path);
  const [known] = body.devices;
  if (!known) throw new Error('the dedicated bot knows no device of its owner');
  return [
    [SAMPLE.device, String(known.device)],
    [SAMPLE.bot, String(dedicated.id)],
    [SAMPLE.you, body.account.replace('@', '$1')],
  ];
};

const theOllama: Prepare = async ({ ollama }) => [[SAMPLE.ollama, ollama.baseUrl]];
const anAi: Prepare = async (stage, bot) => {
  const { engine, ollama } = stage;
  const { status, body } = await engine.call('PATCH', `/api/v1/bots/${bot.id}/ai`, {
    body: { provider: 'ollama', model: 'llama3', base_url: ollama.baseUrl },
  });
  if (status !== 200) throw new Error(`AI: ${JSON.stringify(body)}`);
  return theOllama(stage, bot);
};

/** A Telegram bot, and a chat in which it was started. */
const aTelegram: Prepare = async ({ telegram }) => {
  const bot = telegram.addBot();
  const chat = telegram.privateChat(telegram.addPerson({ first: 'Ann', last: 'Lee' }), bot);
  return [
    [SAMPLE.telegramToken, bot.token],
    [SAMPLE.telegramChat, chat.id],
  ];
};
const aBridge: Prepare = async (stage, bot) => {
  const replacements = await aTelegram(stage, bot);
  const [token, chatId] = replacements.map(([, value]) => value);
  const { status, body } = await stage.engine.call('PATCH', `/api/v1/bots/${bot.id}/telegram`, {
    body: { token, chat_id: chatId },
  });
  if (status !== 200) throw new Error(`Telegram: ${JSON.stringify(body)}`);
  return replacements;
};

/** A webhook whose host is nowhere, and an update that waits for it. */
const aFailingWebhook: Prepare = async ({ engine, you }, { id }) => {
  const path = `/api/v1/bots/${id}`;
  await engine.call('POST', `${path}/webhook`, { body: { url: 'https://nowhere.invalid/hook' } });
  await engine.call('PUT', `${path}/settings/scope`, { body: { value: 'self' } });
  await you.say(YOU, 'What is the weather like?');
  const number = await until('a delivery', async () => {
    const { body } = await engine.call<{ result: { deliveries: { update_id: number }[] } }>(
      'GET',
      `${path}/deliveries?state=retrying`,
    );
    return body.result.deliveries[0]?.update_id;
  });
  return [[SAMPLE.update, String(number)]];
};

/** What has to be there before some examples can be run. The others need a bot at most. */
const PREPARED: Readonly<Record<string, Prepare>> = {
  sendFile: async ({ picture }) => [[SAMPLE.picture, picture]],
  getFile: aReceivedFile,
  getChat: aChat,
  changeChat: aChat,
  removeChat: aChat,
  getChatMessages: aChat,
  addChatMessage: aChat,
  addChatFile: aChat,
  readChat: aChat,
  typingChat: aChat,
  getChatCommands: aChat,
  getChatFile: aChatFile,
  retryChatMessage: aFailedMessage,
  leaveRoom: aRoom,
  removeBotRoom: aRoom,
  getUpdates: anUpdate,
  followUpdates: anUpdate,
  getBotDelivery: aFailingWebhook,
  probeBotWebhook: aFailingWebhook,
  followLogs: aFailingWebhook,
  getBotConnection: theDedicated,
  getBotDevices: theDedicated,
  changeBotDevice: deviceOfTheOwner,
  changeOmemoDevices: deviceOfTheOwner,
  setupAi: theOllama,
  enableAi: anAi,
  askAi: anAi,
  changeBotAi: theOllama,
  getBotAiModels: theOllama,
  testBotAi: anAi,
  setupTelegram: aTelegram,
  enableTelegram: aBridge,
  sendTelegram: aBridge,
  testTelegram: aBridge,
  changeBotTelegram: aTelegram,
  checkBotTelegram: aTelegram,
  getBotTelegramChats: aTelegram,
  sayBotTelegramHello: aTelegram,
  sendBotTelegram: aBridge,
  removeBotTelegramWebhook: aBridge,
  async testEjabberd({ server, set }) {
    await set(provisioner(server));
    return [];
  },
  async getBotAvatar({ engine }, { id }) {
    await engine.call('PUT', `/api/v1/bots/${id}/avatar`, { body: { avatar: PICTURE } });
    return [];
  },
  async addAccount({ engine, server }) {
    await engine.call('DELETE', `/api/v1/accounts/${encodeURIComponent(SPARE)}`);
    return [
      [SAMPLE.you, 'spare$1server.example'],
      [SAMPLE.service, server.service],
    ];
  },
  async removeAccount(stage, bot) {
    const { engine } = stage;
    await engine.call('POST', '/api/v1/accounts', { body: { jid: SPARE, password: 'x', verify: false } });
    return spareAccount(stage, bot);
  },
  async logIn({ engine }) {
    const { body } = await engine.call<{ url: string }>('POST', '/api/v1/panel/links');
    return [[SAMPLE.code, new URL(body.url).hash.replace('#login=', '')]];
  },
};

/** Makes ready what an example needs; with a bot of its own, which goes with the test. */
export async function fillIn(
  stage: ExampleStage,
  { operationId, source }: { operationId: string; source: string },
  atEnd: AtEnd,
): Promise<Filled> {
  const { engine } = stage;
  const { body } = await engine.call<{ id: number; token: string }>('POST', '/bot/create', {
    body: { name: 'Weather', account: YOU },
  });
  const bot = { id: body.id, token: body.token };
  atEnd(async () => void (await engine.call('POST', '/bot/delete', { body: { id: bot.id } })));
  const replacements = (await PREPARED[operationId]?.(stage, bot)) ?? [];
  if (SAMPLE.message.test(source)) {
    const sent = await engine.call<{ message_id: string }>('POST', '/bot/sendMessage', {
      token: bot.token,
      body: { to: `friend@${DOMAIN}`, text: 'Hello' },
    });
    replacements.push([SAMPLE.message, sent.body.message_id]);
  }
  const admin = await engine.call<{ token: string }>('GET', '/api/v1/admin-token');
  return {
    env: { TOKEN: bot.token, ADMIN_TOKEN: admin.body.token, BOTMOTHER_DATA_DIR: engine.dataDir },
    replacements: [...replacements, [SAMPLE.bot, String(bot.id)]],
  };
}
