import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { freePorts } from '../../scripts/lib/ports.mjs';
import { startEngineProcess } from '../support/engine-process.ts';
import { curl } from '../support/public-api.ts';
import { testFolder } from '../support/test-folder.ts';
import { until } from '../support/until.ts';

describe('botmother serve --mode network', () => {
  it('says where it is, serves TLS there, and is told by the command line to do otherwise', async () => {
    const dataDir = testFolder();
    const [port = 0] = await freePorts(1);
    const engine = await startEngineProcess(dataDir, port, ['--mode', 'network']);
    onTestFinished(engine.kill);
    const ca = join(dataDir, 'api-tls', 'server.crt');
    const [, url = ''] = /^Botmother is ready: (https:\S+\/bot\/)$/.exec(engine.readyLine) ?? [];

    expect((await curl(new URL('/health', url).href, { ca })).status).toBe(200);
    expect((await curl(`https://localhost:${port}/bot/list`, { ca })).status).toBe(401);
    expect((await engine.cli(['doctor'])).stdout).toMatch(
      /^ok {4}Self-made certificate, SHA-256 [0-9A-F:]+/m,
    );

    const refused = await engine.cli(['settings', 'set', 'api_tls_cert', '/dev/zero']);
    expect(refused).toMatchObject({ status: 1, stderr: expect.stringContaining('not an ordinary file') });
    expect((await curl(`https://localhost:${port}/health`, { ca })).status).toBe(200);
    // What was said at the start comes before the settings.
    expect((await engine.cli(['settings', 'set', 'api_mode', 'local'])).status).toBe(0);
    expect((await curl(`https://localhost:${port}/health`, { ca })).status).toBe(200);
    expect(await engine.stop()).toBe(0);
  }, 60_000);

  it('follows the setting when nothing else is said, both ways', async () => {
    const dataDir = testFolder();
    const [port = 0] = await freePorts(1);
    const engine = await startEngineProcess(dataDir, port);
    onTestFinished(engine.kill);
    const ca = join(dataDir, 'api-tls', 'server.crt');
    const isThere = async (url: string) => (await curl(url, { ca })).status === 200;

    const set = await engine.cli(['settings', 'set', 'api_mode', 'network']);
    expect(set).toMatchObject({ status: 0, stdout: expect.stringContaining('SHA-256') });
    await until('https', () => isThere(`https://localhost:${port}/health`));
    await engine.cli(['settings', 'set', 'api_mode', 'local']);
    await until('http', () => isThere(`http://localhost:${port}/health`));
  }, 60_000);
});
