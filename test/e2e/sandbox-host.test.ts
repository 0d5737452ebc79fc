import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { silentLogger } from '../../src-main/base/logger.ts';
import { sandboxHost } from '../../src-main/server/sandbox-host.ts';
import { sandboxFolder } from '../support/sandbox-folder.ts';
import { lacks } from '../support/servers/ready.ts';
import { failure, testEngine } from '../support/test-engine.ts';
import { testFolder } from '../support/test-folder.ts';
import { until } from '../support/until.ts';

describe.skipIf(lacks('server'))('a sandbox that the window asks for', () => {
  it('starts, says who can sign in, and ends with the engine', async () => {
    const folder = await sandboxFolder();
    let changes = 0;
    const host = sandboxHost({
      logger: silentLogger,
      onChange: () => {
        changes += 1;
      },
      env: { ...process.env, BOTMOTHER_SANDBOX: folder },
    });
    onTestFinished(() => host.close());
    expect(host.state()).toMatchObject({ state: 'off', can_start: true, accounts: [] });

    expect(host.start()).toMatchObject({ state: 'starting' });
    expect(host.start()).toMatchObject({ state: 'starting' });
    await until('the sandbox', () => host.state().state !== 'starting', 120_000);

    const { state, service, ca, accounts, problem } = host.state();
    expect({ state, problem }).toEqual({ state: 'running', problem: null });
    expect(changes).toBe(2);
    const [you = { jid: '', password: '' }] = accounts;
    const engine = await testEngine();
    const body = { ...you, service, ca };
    expect(await engine.call('POST', '/api/v1/accounts', { body })).toMatchObject({ status: 200 });
    const wrong = { ...body, password: 'wrong' };
    expect((await engine.call('POST', '/api/v1/accounts', { body: wrong })).status).toBe(502);

    await host.close();
    expect(existsSync(join(folder, 'sandbox.json'))).toBe(false);
    expect(host.state().state).toBe('off');
  });

  it('comes back for an account that lives there, also while the one of a dead engine still ends', async () => {
    const folder = await sandboxFolder();
    const env = { ...process.env, BOTMOTHER_SANDBOX: folder };
    const newHost = () => {
      const host = sandboxHost({ logger: silentLogger, onChange: () => undefined, env });
      onTestFinished(() => host.close());
      return host;
    };
    const first = newHost();
    const account = { ca: 'of another server', isEnabled: true };
    first.startFor([account]);
    expect(first.state().state).toBe('off');
    first.start();
    await until('the sandbox', () => first.state().state === 'running', 120_000);
    account.ca = first.state().ca ?? '';

    // Its holder is told in the file; nobody has a process of that number.
    const file = join(folder, 'sandbox.json');
    const facts = JSON.parse(readFileSync(file, 'utf8'));
    expect(facts.holder).toBe(process.pid);
    writeFileSync(file, JSON.stringify({ ...facts, holder: 2 ** 30 }));
    const second = newHost();
    expect(second.state().state).toBe('off');
    second.startFor([{ ...account, isEnabled: false }]);
    expect(second.state().state).toBe('off');
    second.startFor([account]);
    await first.close();

    await until('the sandbox again', () => second.state().state === 'running', 120_000);
    expect(second.state().service).toBe(facts.service);
  });

  it('says why it did not start', async () => {
    const folder = testFolder();
    // A file where a folder has to be.
    const env = { ...process.env, BOTMOTHER_SANDBOX: join(folder, 'engine.lock', 'x') };
    writeFileSync(join(folder, 'engine.lock'), '');
    const host = sandboxHost({ logger: silentLogger, onChange: () => undefined, env });
    onTestFinished(() => host.close());
    host.start();
    await until('the failure', () => host.state().state !== 'starting', 60_000);
    expect(host.state()).toMatchObject({ state: 'failed', problem: expect.stringMatching(/\S/) });
  });
});

describe('where nothing starts a sandbox', () => {
  it('is said', async () => {
    const engine = await testEngine();
    expect((await engine.call('GET', '/api/v1/sandbox')).body.result).toMatchObject({
      state: 'off',
      can_start: false,
    });
    expect(await engine.call('POST', '/api/v1/sandbox')).toMatchObject(failure(409, 'conflict'));
    const host = sandboxHost({
      logger: silentLogger,
      onChange: () => undefined,
      root: testFolder(),
      env: {},
    });
    expect(host.state()).toMatchObject({ can_start: false });
    expect(() => host.start()).toThrow(/npm run sandbox/);
  });
});
