import { readFileSync } from 'node:fs';
import { waitUntil } from '../../scripts/lib/wait.mjs';
import type { EngineProcess } from './engine-process.ts';
import { type Ejabberd, type Prosody, startProsody, type Temporary } from './servers/servers.ts';
import { until } from './until.ts';

/** An administrator of Prosody, which knows no other way to let others make accounts. */
const BOSS = { user: 'boss', password: 'boss-pw' };

/** A Prosody where accounts can be made over XMPP (XEP-0133). */
export async function startProsodyForBots(): Promise<Temporary<Prosody>> {
  const server = await startProsody({ settings: { admins: [`${BOSS.user}@localhost`] } });
  await server.register(BOSS.user, BOSS.password);
  return server;
}

/** Lets an engine make accounts: on an ejabberd with the rights that the documentation asks for. */
export async function allowAccounts(engine: EngineProcess, server: Ejabberd | Prosody): Promise<void> {
  const way =
    server.kind === 'ejabberd'
      ? {
          api_url: server.apiUrl,
          admin_jid: server.provisionerJid,
          admin_password: server.provisionerPassword,
        }
      : { admin_jid: `${BOSS.user}@localhost`, admin_password: BOSS.password };
  const { status, body } = await engine.call('POST', '/bot/ejabberd/settings', {
    body: { ...way, host: 'localhost', service: server.service, ca: readFileSync(server.caFile, 'utf8') },
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

/** Sends a message as the bot's program, which has the patience to wait for a device that is just publishing its keys. */
export async function say(
  engine: EngineProcess,
  { token }: DedicatedBot,
  to: string,
  text: string,
): Promise<string> {
  return until('the message to be taken', async () => {
    const { status, body } = await engine.call<{ message_id: string; error?: string }>(
      'POST',
      '/bot/sendMessage',
      { token, body: { to, text } },
    );
    if (body.error === 'no_omemo_device') return undefined;
    if (status !== 200) throw new Error(`sendMessage: ${status} ${JSON.stringify(body)}`);
    return body.message_id;
  });
}

/** All texts that wait for the bot's program, which confirms none of them. */
export async function textsOf(engine: EngineProcess, { token }: DedicatedBot): Promise<string[]> {
  const { body } = await engine.call<{ result: { data: { body: string } }[] }>('GET', '/bot/getUpdates', {
    token,
  });
  return body.result.map(({ data }) => data.body);
}

/** Waits until the bot's program gets that text. */
export async function hear(engine: EngineProcess, bot: DedicatedBot, text: string): Promise<void> {
  let texts: string[] = [];
  await waitUntil(
    async () => {
      texts = await textsOf(engine, bot);
      return texts.includes(text);
    },
    {
      what: `the bot's program to get "${text}"`,
      everyMs: 200,
      timeoutMs: 30_000,
      hint: () => texts.join('\n'),
    },
  );
}
