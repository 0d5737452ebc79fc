import { onTestFinished } from 'vitest';
import { type EngineProcess, signInOn, startEngineProcess } from './engine-process.ts';
import { type OmemoPeer, type OmemoPeerOptions, startOmemoPeer } from './omemo-peer.ts';
import type { XmppServer } from './servers/servers.ts';
import type { NewAccount } from './shared-server.ts';
import { testFolder } from './test-folder.ts';
import { until } from './until.ts';

export interface Update {
  update_id: number;
  type: string;
  data: { from: string; to: string; body: string; encrypted?: true };
}

/** An engine with an account signed in, by default with an OMEMO device of its own. It ends with the test. */
export async function engineFor(
  server: XmppServer,
  you: NewAccount,
  { omemo = true, dataDir = testFolder() } = {},
): Promise<EngineProcess> {
  const engine = await startEngineProcess(dataDir);
  onTestFinished(engine.kill);
  await signInOn(engine, server, { ...you, omemo });
  return engine;
}

/** The same engine after its end. */
export async function engineAgain({ dataDir }: EngineProcess): Promise<EngineProcess> {
  const engine = await startEngineProcess(dataDir);
  onTestFinished(engine.kill);
  return engine;
}

/** An OMEMO client of an account which knows that many devices besides its own. */
export async function clientOf(
  server: Pick<XmppServer, 'service' | 'caFile'>,
  you: NewAccount,
  { others = 1, ...options }: Pick<OmemoPeerOptions, 'mode' | 'resource'> & { others?: number },
): Promise<OmemoPeer> {
  const client = await startOmemoPeer({ server, ...you, ...options });
  const versions = options.mode === 'both' ? (['old', 'new'] as const) : [options.mode];
  await until('the other devices to be published', async () => {
    const lists = await Promise.all(versions.map((version) => client.publishedDevices(you.jid, version)));
    return new Set(lists.flat().filter((id) => id !== client.device)).size >= others;
  });
  return client;
}

/** What a client could read that came encrypted, by words in it. */
export const readBy = (client: OmemoPeer, words: RegExp) =>
  client.messages().filter(({ kind, text }) => kind === 'encrypted' && words.test(text ?? ''));
/** The same, as it came in clear: each message once, however many copies came. */
export const readInClear = (client: OmemoPeer, words: RegExp) => {
  const found = client.messages().filter(({ kind, text }) => kind === 'plain' && words.test(text ?? ''));
  return [...new Map(found.map((message) => [message.id, message])).values()];
};

/** The token of the newest bot. */
export const tokenOf = async (engine: EngineProcess): Promise<string> =>
  (await engine.call<{ bots: { token: string }[] }>('GET', '/bot/list')).body.bots.at(-1)?.token ?? '';

/** What waits for a bot's program. */
export const updatesOf = async (engine: EngineProcess, token: string): Promise<Update[]> =>
  (await engine.call('GET', '/bot/getUpdates', { token })).body.result as Update[];
