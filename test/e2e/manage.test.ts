import { describe, expect, it, onTestFinished } from 'vitest';
import { type EngineProcess, signInOn, startEngineProcess } from '../support/engine-process.ts';
import { lacks } from '../support/servers/ready.ts';
import { startEjabberd } from '../support/servers/servers.ts';
import { testFolder } from '../support/test-folder.ts';
import { until } from '../support/until.ts';

async function stateOf(engine: EngineProcess): Promise<unknown> {
  // As window and command line ask: /bot/list is off while bots are.
  const { body } = await engine.call<{ result: { state: string }[] }>('GET', '/api/v1/bots');
  return body.result[0]?.state;
}

describe.skipIf(lacks('server'))('switches on a real server', () => {
  it('connect and disconnect: of the account, by the guide’s route and the CLI, and of everything', async () => {
    await using server = await startEjabberd();
    await server.register('you', 'you-pw');
    const engine = await startEngineProcess(testFolder());
    onTestFinished(engine.kill);
    await signInOn(engine, server);
    const created = { body: { name: 'Weather', account: 'you@localhost' } };
    const { body: bot } = await engine.call<{ token: string }>('POST', '/bot/create', created);
    const online = () => server.api('connected_users') as Promise<string[]>;
    const isOnline = async () => (await online()).length === 1 && (await stateOf(engine)) === 'online';
    const isOffline = async () => (await online()).length === 0 && (await stateOf(engine)) === 'offline';
    const account = (enabled: boolean) =>
      engine.call('POST', '/bot/account/status', { body: { account: 'you@localhost', enabled } });
    expect(await isOnline()).toBe(true);
    const info = await engine.call('GET', '/bot/getInfo', { token: bot.token });
    expect(info.body).toMatchObject({ active_sessions: 1 });

    expect((await account(false)).body).toMatchObject({ account: 'you@localhost', enabled: false });
    await until('the account to be gone', isOffline);
    await account(true);
    await until('the account to be back', isOnline);
    expect((await engine.cli(['account', 'disable', 'you@localhost'])).status).toBe(0);
    await until('the account to be gone again', isOffline);
    expect((await engine.cli(['account', 'enable', 'you@localhost'])).status).toBe(0);
    await until('the account to be back again', isOnline);
    await engine.call('POST', '/bot/settings', { body: { bot_features_enabled: false } });
    await until('everything to be off', isOffline);
    await engine.call('POST', '/bot/settings', { body: { bot_features_enabled: true } });
    await until('everything to be on', isOnline);

    await engine.call('POST', '/bot/activate', { body: { id: 1, active: false } });
    expect(await stateOf(engine)).toBe('offline');
    expect(await online()).toHaveLength(1);
    expect((await engine.cli(['account', 'remove', 'you@localhost', '--with-bots'])).status).toBe(0);
    await until('nobody to be signed in', async () => (await online()).length === 0);
  }, 60_000);
});
