import { readFileSync } from 'node:fs';
import type { EngineProcess } from './engine-process.ts';
import type { Ejabberd } from './servers/servers.ts';
import { until } from './until.ts';

/** Lets an engine make accounts on an ejabberd, with the rights that the documentation asks for. */
export async function allowAccounts(engine: EngineProcess, server: Ejabberd): Promise<void> {
  const { status, body } = await engine.call('POST', '/bot/ejabberd/settings', {
    body: {
      api_url: server.apiUrl,
      host: 'localhost',
      admin_jid: server.provisionerJid,
      admin_password: server.provisionerPassword,
      service: server.service,
      ca: readFileSync(server.caFile, 'utf8'),
    },
  });
  if (status !== 200) throw new Error(`ejabberd settings: ${status} ${JSON.stringify(body)}`);
}

export interface DedicatedBot {
  id: number;
  name: string;
  jid: string;
  token: string;
}

/** Makes a dedicated bot over HTTP and waits until it is online. */
export async function createDedicated(
  engine: EngineProcess,
  { name = 'Weather', owner = 'you@localhost' } = {},
): Promise<DedicatedBot> {
  const { status, body } = await engine.call<DedicatedBot>('POST', '/bot/create', {
    body: { name, account: owner, mode: 'dedicated' },
  });
  if (status !== 200) throw new Error(`create: ${status} ${JSON.stringify(body)}`);
  const bot = { id: body.id, name: body.name, jid: body.jid, token: body.token };
  await until('the bot to be online', async () => (await stateOf(engine, bot)) === 'online');
  return bot;
}

export const stateOf = async (engine: EngineProcess, { token }: { token: string }): Promise<unknown> =>
  (await engine.call<{ state: string }>('GET', '/bot/getMe', { token })).body.state;

/** Sends a message as the bot's program. */
export async function say(
  engine: EngineProcess,
  { token }: DedicatedBot,
  to: string,
  text: string,
): Promise<string> {
  const { status, body } = await engine.call<{ message_id: string }>('POST', '/bot/sendMessage', {
    token,
    body: { to, text },
  });
  if (status !== 200) throw new Error(`sendMessage: ${status} ${JSON.stringify(body)}`);
  return body.message_id;
}

/** The next text that the bot's program gets. */
export async function hear(engine: EngineProcess, { token }: DedicatedBot): Promise<string[]> {
  const { body } = await engine.call<{ result: { update_id: number; data: { body: string } }[] }>(
    'GET',
    '/bot/getUpdates?timeout=20',
    { token },
  );
  const last = body.result.at(-1);
  if (last) await engine.call('GET', `/bot/getUpdates?offset=${last.update_id}`, { token });
  return body.result.map(({ data }) => data.body);
}
