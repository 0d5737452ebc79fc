import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { freePorts } from '../../../scripts/lib/ports.mjs';
import { BOTH_WAYS, cliOnFolder, onFreePort } from '../../support/cli.ts';
import { pairFiles } from '../../support/public-api.ts';
import { makeCertificates } from '../../support/xmpp-certificates.ts';

describe.each(BOTH_WAYS)('botmother server, %s', (_name, open) => {
  it('shows how the API is reached, and changes it', async () => {
    const { run, folder } = await open();
    await onFreePort(run);

    expect((await run('server', 'status')).out).toMatch(
      /^mode: local\nport: \d+\nlistens on: .+\nprotocol: http\n/,
    );
    const network = await run('server', 'network');
    expect(network).toMatchObject({ status: 0, out: expect.stringMatching(/^mode: network\n/) });
    expect(network.out).toMatch(/protocol: https \(TLS 1\.2 or newer\)\n[\s\S]*SHA-256 [0-9A-F:]{95}/);
    expect(JSON.parse((await run('server', 'status', '--json')).out)).toMatchObject({
      mode: 'network',
      certificate: { self_made: true, problem: null },
    });

    const tls = join(folder, 'api-tls');
    mkdirSync(tls, { recursive: true });
    const { cert, key } = pairFiles(tls, 'own', makeCertificates());
    for (const words of [
      ['own.crt', 'own.key'],
      [cert, key],
    ]) {
      expect(await run('server', 'cert', ...words)).toMatchObject({ status: 0 });
      expect((await run('settings', 'get', 'api_tls_cert')).out).toBe(`${words[0]}\n`);
      expect((await run('server', 'status')).out).toMatch(/^certificate, SHA-256/m);
    }
    expect((await run('server', 'cert', 'auto')).out).toMatch(/^self-made certificate/m);
    expect((await run('server', 'local')).out).toMatch(/^mode: local\n/);
    expect((await run('server', 'delete-cert')).out).toMatch(/^The self-made certificate is deleted\.\n/);
    expect((await run('server', 'delete-cert')).out).toMatch(/^There was none\.\n/);
  });
});

describe('botmother server', () => {
  it('keeps the port for the next start', async () => {
    const { run } = await cliOnFolder();
    const [port = 0] = await freePorts(1);

    expect((await run('server', 'port', String(port))).out).toContain(`port: ${port}\n`);
    expect((await run('settings', 'get', 'api_port')).out).toBe(`${port}\n`);
  });

  it.each([
    [['port', '80'], 1, 'api_port: must be a whole number from 1024 to 65535'],
    [['port'], 2, 'Usage: botmother server port N'],
    [['cert', 'auto', 'own.key'], 2, 'name no file'],
    [['cert', '/dev/zero'], 1, 'is not an ordinary file'],
    [['key', 'nothing.key'], 1, 'there is no such file'],
    [['nothing'], 2, 'botmother server status'],
  ])('refuses %j', async (argv, status, words) => {
    const { run } = await cliOnFolder();

    expect(await run('server', ...argv)).toMatchObject({ status, err: expect.stringContaining(words) });
  });
});
