import { createServer } from 'node:net';
import { describe, expect, it, onTestFinished } from 'vitest';
import { freePorts } from '../../scripts/lib/ports.mjs';
import { silentLogger } from '../../src-main/base/logger.ts';
import { fileKeyBox } from '../../src-main/server/file-key-box.ts';
import { runEngine } from '../../src-main/server/run-engine.ts';
import { cli } from '../support/cli.ts';
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
  return (await response.json()) as { api_port: number };
};

describe('the setting api_port', () => {
  it('has effect at once, and leaves the API where it is when the new port is taken', async () => {
    const dataDir = testFolder();
    const [first = 0, second = 0] = await freePorts(2);
    await cli('settings', 'set', 'api_port', String(first), '--data-dir', dataDir);
    const open = () => fileKeyBox(dataDir, undefined);
    const engine = await runEngine({ dataDir, port: undefined }, open, silentLogger);
    onTestFinished(() => engine.stop());
    const taken = createServer();
    await new Promise<void>((resolve) => taken.listen(0, '127.0.0.1', resolve));
    onTestFinished(() => void taken.close());
    const takenPort = (taken.address() as { port: number }).port;
    expect(engine.apiUrl).toBe(`http://localhost:${first}/bot/`);

    expect(await setPort(first, second)).toMatchObject({ api_port: second });
    await until('the API on its new port', () => answers(second));
    await until('nothing on the old port', async () => !(await answers(first)));

    expect(await setPort(second, takenPort)).toMatchObject({ api_port: takenPort });
    expect(await setPort(second, first)).toMatchObject({ api_port: first });
    await until('the API on its first port', () => answers(first));
    const status = await cli('doctor', '--data-dir', dataDir);
    expect(status.out).toContain(`API at http://localhost:${first}/bot/`);
  });
});
