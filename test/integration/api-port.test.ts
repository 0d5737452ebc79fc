import { createServer } from 'node:net';
import { describe, expect, it, onTestFinished } from 'vitest';
import { freePorts } from '../../scripts/lib/ports.mjs';
import { silentLogger } from '../../src-main/base/logger.ts';
import { Scope } from '../../src-main/base/scope.ts';
import { fileKeyBox } from '../../src-main/server/file-key-box.ts';
import { servePublicly } from '../../src-main/server/public-doors.ts';
import { runEngine } from '../../src-main/server/run-engine.ts';
import type { Status } from '../../src-shared/api/status.ts';
import { cli } from '../support/cli.ts';
import { testEngine } from '../support/test-engine.ts';
import { testFolder } from '../support/test-folder.ts';
import { until } from '../support/until.ts';

const answers = (port: number) =>
  fetch(`http://127.0.0.1:${port}/health`).then(
    ({ ok }) => ok,
    () => false,
  );
const setPort = async (port: number, to: number) => {
  const headers = { 'content-type': 'application/json' };
  const body = JSON.stringify({ api_port: to });
  const response = await fetch(`http://127.0.0.1:${port}/bot/settings`, { method: 'POST', headers, body });
  return (await response.json()) as { api_port?: number; description?: string };
};

/** Another program on a port; resolves with it. */
async function listenOn(port: number): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  return (server.address() as { port: number }).port;
}

describe('the setting api_port', () => {
  it('has effect at once, and leaves the API where it is when the new port is taken', async () => {
    const dataDir = testFolder();
    const [first = 0, second = 0] = await freePorts(2);
    await cli('settings', 'set', 'api_port', String(first), '--data-dir', dataDir);
    const open = () => fileKeyBox(dataDir, undefined);
    const engine = await runEngine({ dataDir, port: undefined }, open, silentLogger);
    onTestFinished(() => engine.stop());
    const takenPort = await listenOn(0);
    expect(engine.apiUrl).toBe(`http://localhost:${first}/bot/`);

    expect(await setPort(first, second)).toMatchObject({ api_port: second });
    await until('the API on its new port', () => answers(second));
    await until('nothing on the old port', async () => !(await answers(first)));

    const refused = await setPort(second, takenPort);
    expect(refused).toMatchObject({ error_code: '409', error: 'conflict' });
    expect(refused.description).toContain(`Port ${takenPort} is used by another program.`);
    const typed = await cli('settings', 'set', 'api_port', String(takenPort), '--data-dir', dataDir);
    expect(typed).toMatchObject({ status: 1, err: expect.stringContaining('used by another program') });
    expect((await cli('settings', 'get', 'api_port', '--data-dir', dataDir)).out).toBe(`${second}\n`);
    expect(await answers(second)).toBe(true);

    // Its own port is not in its way.
    expect(await setPort(second, second)).toMatchObject({ api_port: second });
    expect(await setPort(second, first)).toMatchObject({ api_port: first });
    await until('the API on its first port', () => answers(first));
    const status = await cli('doctor', '--data-dir', dataDir);
    expect(status.out).toContain(`API at http://localhost:${first}/bot/`);
  });

  it('keeps an engine under a window from nothing when it is taken: another one is chosen there', async () => {
    const dataDir = testFolder();
    const [free = 0] = await freePorts(1);
    const takenPort = await listenOn(0);
    await cli('settings', 'set', 'api_port', String(free), '--data-dir', dataDir);
    const open = () => fileKeyBox(dataDir, undefined);
    const start = (hasWindow: boolean) =>
      runEngine({ dataDir, port: takenPort, hasWindow }, open, silentLogger);
    await expect(start(false)).rejects.toThrow('is taken by another program');

    const engine = await start(true);
    onTestFinished(() => engine.stop());
    const asked = await fetch(new URL('/api/v1/status', engine.privateUrl), {
      headers: { authorization: `Bearer ${engine.privateToken}` },
    });

    expect(((await asked.json()) as { result: Status }).result.api_problem).toBe(
      `Port ${takenPort} is used by another program.`,
    );
    const doctor = await cli('doctor', '--data-dir', dataDir);
    expect(doctor.out).toContain(
      `Port ${takenPort} is used by another program, so no program reaches the API`,
    );
  });

  it('is told to be without effect when somebody takes the port right after it was tried', async () => {
    const engine = await testEngine();
    const { settings, store } = engine.engine;
    const [first = 0, second = 0] = await freePorts(2);
    // As the routes store it once the port was tried.
    const change = (port: number) =>
      store.write((tx) => settings.set(tx, 'api_port', port, { actor: 'admin', from: 'test' }));
    const status = async () => (await engine.call('GET', '/api/v1/status')).body.result as Status;
    await change(first);
    const scope = new Scope();
    onTestFinished(() => scope.close());
    await servePublicly(engine, {}, silentLogger, scope);
    await listenOn(second);

    await change(second);

    await until('the problem to be told', async () => (await status()).api_problem !== null);
    expect(await status()).toMatchObject({
      api_url: `http://localhost:${first}/bot/`,
      api_problem: `Port ${second} is used by another program.`,
    });
    expect(await answers(first)).toBe(true);
    await change(first);
    await until('the problem to be gone', async () => (await status()).api_problem === null);
  });
});
