import { resolve } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { freePort } from '../../scripts/lib/ports.mjs';
import { capture, startProcess } from '../../scripts/lib/processes.mjs';
import { sandboxFolder } from '../support/sandbox-folder.ts';
import { startProfanity } from '../support/servers/profanity.ts';
import { lacks } from '../support/servers/ready.ts';
import { until } from '../support/until.ts';

const script = resolve(import.meta.dirname, '../../scripts/sandbox.mjs');

async function startSandbox(folder: string, port: number) {
  const sandbox = await startProcess(process.execPath, [script, '--port', String(port)], {
    stdout: 'pipe',
    stderr: 'pipe',
    env: { ...process.env, BOTMOTHER_SANDBOX: folder },
  });
  onTestFinished(() => sandbox.stop(20_000));
  let printed = '';
  for (const stream of [sandbox.child.stdout, sandbox.child.stderr]) {
    stream?.on('data', (chunk) => {
      printed += chunk;
    });
  }
  return { ...sandbox, printed: () => printed };
}

/** The indented command lines under a numbered heading of the guide. */
const commandsOf = (guide: string, number: number) =>
  (guide.split(`\n${number}. `)[1]?.split(/\n\d\. /, 1)[0] ?? '')
    .split('\n')
    .filter((line) => line.startsWith('   '))
    .map((line) => line.trim());

describe.skipIf(lacks('server', 'client'))('npm run sandbox', () => {
  it('prints three things to try, which work as printed, and stops everything on SIGINT', async () => {
    const [folder, port] = [await sandboxFolder(), await freePort()];
    const sandbox = await startSandbox(folder, port);
    await until(
      'the guide',
      () => sandbox.printed().includes('\n3. ') && sandbox.printed().includes('friend reads'),
      90_000,
    );
    const guide = sandbox.printed();
    const [, host = '', c2sPort = ''] = /Server\s+(\S+), port (\d+)/.exec(guide) ?? [];
    const caFile = /CA file\s+(\S+)/.exec(guide)?.[1] ?? '';
    const passwordOf = (jid: string) => new RegExp(`${jid}\\s+password (\\S+)`).exec(guide)?.[1] ?? '';
    const client = async (jid: string) => {
      const server = { service: `xmpp://${host}:${c2sPort}`, caFile };
      const profanity = await startProfanity({ server, jid, password: passwordOf(jid) });
      onTestFinished(() => profanity.stop());
      return profanity;
    };

    const [you, friend] = await Promise.all([client('you@localhost'), client('friend@localhost')]);
    await you.type('/msg you@localhost /newbot Weather');
    await you.waitForMessage(({ text }) => text.startsWith('Bot created!\nID: 1\nName: Weather'));

    const [create = '', getMe = ''] = commandsOf(guide, 2);
    const [send = '', getUpdates = ''] = commandsOf(guide, 3);
    const curl = capture('bash', ['-c', [create, getMe, send, getUpdates].join('\n')]);
    await friend.waitForMessage(({ text }) => text === 'Good morning!');
    await you.type('/msg you@localhost hello');
    const answers = (await curl).stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));

    expect(answers).toMatchObject([
      { ok: true, name: 'Herald', state: 'online' },
      { ok: true, message_id: expect.stringMatching(/-/) },
      { ok: true, result: [{ type: 'message', data: { from: 'you@localhost', body: 'hello' } }] },
    ]);

    const second = await startSandbox(folder, await freePort());
    expect(await second.exited).toMatchObject({ code: 1 });
    expect(second.printed()).toContain('running already');
    const blocked = await startSandbox(await sandboxFolder(), port);
    expect(await blocked.exited).toMatchObject({ code: 1 });
    expect(blocked.printed()).toMatch(new RegExp(`Port ${port}.* taken by .*\\d+`));

    const early = await startSandbox(await sandboxFolder(), await freePort());
    await until('the start', () => early.printed().includes('Starting the XMPP server'), 60_000);
    early.child.kill('SIGINT');
    expect(await early.exited).toMatchObject({ code: 0 });
    expect(early.printed()).not.toContain('The sandbox is running.');

    sandbox.child.kill('SIGINT');
    expect(await sandbox.exited).toMatchObject({ code: 0 });
    await expect(fetch(`http://127.0.0.1:${port}/health`)).rejects.toThrow();
  }, 150_000);
});
