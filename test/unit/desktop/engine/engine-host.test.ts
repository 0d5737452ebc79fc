import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import {
  canHostEngine,
  childHost,
  type ExitReason,
  engineEnv,
} from '../../../../src-main/desktop/engine/engine-host.ts';
import type { EngineMessage } from '../../../../src-main/server/host-messages.ts';
import { testFolder } from '../../../support/test-folder.ts';
import { until } from '../../../support/until.ts';

/** A child that does what the script says; with everything that it told us. */
function stubChild(script: string, node: string = process.execPath) {
  const entry = join(testFolder(), 'stub.mjs');
  writeFileSync(entry, script);
  const output: Buffer[] = [];
  const host = childHost(
    node,
    entry,
    { ...process.env, ELECTRON_RUN_AS_NODE: '1' },
    (chunk) => void output.push(chunk),
  );
  onTestFinished(() => host.kill());
  const first = new Promise<EngineMessage>((resolve) => host.onMessage(resolve));
  const exit = new Promise<ExitReason>((resolve) => host.onExit(resolve));
  return { host, first, exit, output: () => Buffer.concat(output).toString() };
}

describe('the environment of the engine', () => {
  const env = { PATH: '/bin', NODE_OPTIONS: '--require /tmp/evil.js', NODE_EXTRA_CA_CERTS: '/ca.pem' };

  it('slips no program into an installed app', () => {
    expect(engineEnv(env, true)).toEqual({ PATH: '/bin', NODE_EXTRA_CA_CERTS: '/ca.pem' });
  });

  it('is left to who develops', () => {
    expect(engineEnv(env, false)).toEqual(env);
  });
});

describe('an engine in a child process', () => {
  it('gets messages and answers', async () => {
    const { host, first } = stubChild(`
      process.on('message', (message) => process.send({ type: 'failed', message: message.dataDir }));
    `);

    host.post({ type: 'start', dataDir: '/data' });

    expect(await first).toEqual({ type: 'failed', message: '/data' });
  });

  it('is not told that it is Electron', async () => {
    const { first } = stubChild(`
      process.send({ type: 'failed', message: String(process.env.ELECTRON_RUN_AS_NODE) });
    `);

    expect(await first).toEqual({ type: 'failed', message: 'undefined' });
  });

  it('is not believed when it says something else than agreed', async () => {
    const { first } = stubChild(`
      for (const message of [null, 'ready', {}, { type: 'ready', apiUrl: 1 }, { type: 'failed' }]) process.send(message);
      process.send({ type: 'failed', message: 'the one that counts' });
    `);

    expect(await first).toEqual({ type: 'failed', message: 'the one that counts' });
  });

  it('tells how it ended', async () => {
    const ended = stubChild('process.exit(3)');
    const killed = stubChild('setInterval(() => {}, 1000); process.send({ type: "failed", message: "" })');
    await killed.first;
    killed.host.kill();

    expect(await ended.exit).toEqual({ kind: 'code', code: 3 });
    expect(await killed.exit).toEqual({ kind: 'signal', signal: 'SIGKILL' });
  });

  it('tells that its Node is not there', async () => {
    const { host, exit } = stubChild('', '/nowhere/node');

    expect(await exit).toEqual({ kind: 'spawn', detail: expect.stringContaining('ENOENT') });
    expect(() => host.post({ type: 'stop' })).not.toThrow();
  });

  it('gives away what it writes: its log', async () => {
    const { first, output } = stubChild(`
      process.stderr.write('first line\\n');
      process.stdout.write('second line\\n', () => process.send({ type: 'failed', message: '' }));
    `);
    await first;

    await until('both lines', () => output().includes('first line') && output().includes('second line'));
  });

  it('survives a message after its end', async () => {
    const { host, exit } = stubChild('process.exit(0)');
    await exit;

    expect(() => host.post({ type: 'stop' })).not.toThrow();
  });
});

it.each([
  ['20.18.0', false],
  ['22.21.1', false],
  ['24.0.0', true],
  ['26.1.0', true],
])("takes Electron's own Node %s for the engine: %s", (version, expected) => {
  expect(canHostEngine(version)).toBe(expected);
});
