import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { chatClient } from '../support/chat-client.ts';
import { runCli, signInOn, startEngineProcess } from '../support/engine-process.ts';
import { lacks } from '../support/servers/ready.ts';
import { startEjabberd } from '../support/servers/servers.ts';
import { testFolder } from '../support/test-folder.ts';
import { until } from '../support/until.ts';

const PASSPHRASE = 'correct horse battery\n';

describe.skipIf(lacks('server'))('a backup of a running engine', () => {
  it('restored elsewhere signs in, takes the tokens and sends', async () => {
    await using server = await startEjabberd();
    await server.register('you', 'you-pw');
    await server.register('friend', 'friend-pw');
    const [folder, elsewhere] = [testFolder(), testFolder()];
    const file = join(elsewhere, 'all.backup');
    const engine = await startEngineProcess(folder);
    onTestFinished(engine.kill);
    await signInOn(engine, server);
    const { body: bot } = await engine.call<{ token: string }>('POST', '/bot/create', {
      body: { name: 'Weather', account: 'you@localhost' },
    });
    const send = (on: typeof engine, text: string) =>
      on.call('POST', '/bot/sendMessage', { token: bot.token, body: { to: 'friend@localhost', text } });

    // Writes go on while the copy is made.
    let isDone = false;
    const writing = (async () => {
      let count = 0;
      for (; !isDone; count += 1) await send(engine, `before ${count}`);
      return count;
    })();
    const made = await engine.cli(['backup', file, '--passphrase-stdin'], PASSPHRASE);
    isDone = true;
    const written = await writing;
    const onto = await engine.cli(['restore', file, '--force', '--passphrase-stdin'], PASSPHRASE);
    await engine.stop();

    const fresh = join(elsewhere, 'new');
    const restored = await runCli(fresh, ['restore', file, '--passphrase-stdin'], PASSPHRASE);
    const again = await startEngineProcess(fresh);
    onTestFinished(again.kill);
    const friend = await chatClient(server, 'friend@localhost', 'friend-pw');
    onTestFinished(() => friend.close());
    await until('the account to be online', async () => {
      const me = await again.call<{ state: string }>('GET', '/bot/getMe', { token: bot.token });
      return me.body.state === 'online';
    });
    const after = await send(again, 'after');
    await until('the message of the restored bot', () => friend.bodies().includes('after'));

    expect(made).toMatchObject({ status: 0, stderr: '' });
    expect(written).toBeGreaterThan(0);
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(readdirSync(join(folder, 'backups'))).toEqual([]);
    expect(onto).toMatchObject({ status: 1, stderr: expect.stringContaining('An engine is running') });
    expect(restored).toMatchObject({ status: 0, stderr: '' });
    expect(existsSync(join(fresh, 'keys', 'data.key'))).toBe(true);
    expect(after.status).toBe(200);
  }, 120_000);
});
