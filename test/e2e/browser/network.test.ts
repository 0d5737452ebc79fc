import { execFileSync } from 'node:child_process';
import { X509Certificate } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { connect } from 'node:tls';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { freePort } from '../../../scripts/lib/ports.mjs';
import { en } from '../../../src-renderer/text/en.ts';
import { openBrowser } from '../../support/browser.ts';
import { startEngineProcess } from '../../support/engine-process.ts';
import { openPanel } from '../../support/panel.ts';
import { pairFiles } from '../../support/public-api.ts';
import { lacks } from '../../support/servers/ready.ts';
import { testFolder } from '../../support/test-folder.ts';
import { until } from '../../support/until.ts';
import { makeCertificates } from '../../support/xmpp-certificates.ts';

const text = en.settings.api;

/** The fingerprint of what a port answers with over TLS; undefined where it does not speak TLS. */
const fingerprintAt = (port: number) =>
  new Promise<string | undefined>((resolve) => {
    const socket = connect({ host: '127.0.0.1', port, servername: 'localhost', rejectUnauthorized: false });
    socket.on('secureConnect', () => {
      resolve(socket.getPeerX509Certificate()?.fingerprint256.replaceAll(':', ''));
      socket.destroy();
    });
    socket.on('error', () => resolve(undefined));
  });

describe.skipIf(lacks('browser'))('certificate and network mode in a browser', () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await openBrowser();
  });
  afterAll(() => browser?.close());

  async function anEngine() {
    const folder = testFolder();
    const engine = await startEngineProcess(folder, await freePort());
    onTestFinished(engine.kill);
    await engine.cli(['account', 'add', 'you@localhost', '--no-verify', '--password-stdin'], 'pw\n');
    return { engine, folder };
  }
  const settingOf = async (engine: Awaited<ReturnType<typeof anEngine>>['engine'], key: string) =>
    (await engine.call<{ result: { value: unknown } }>('GET', `/api/v1/settings/${key}`)).body.result.value;

  it('takes a good pair, shows its fingerprint, and says of each bad one what is wrong', async () => {
    const { engine } = await anEngine();
    const files = testFolder();
    const [good, other] = [makeCertificates(), makeCertificates()];
    const past = makeCertificates('localhost', { validity: ['200101000000Z', '200102000000Z'] });
    const pair = pairFiles(files, 'good', good);
    const otherPair = pairFiles(files, 'other', other);
    const pastPair = pairFiles(files, 'past', past);
    const upsideDown = join(files, 'upside-down.pem');
    writeFileSync(upsideDown, `${good.ca}\n${good.cert}`);
    const locked = join(files, 'locked.key');
    execFileSync('openssl', ['pkey', '-in', pair.key, '-aes256', '-passout', 'pass:secret', '-out', locked]);
    const { page, complaints, goTo } = await openPanel(browser, engine);
    await goTo('/settings/api', en.settings.pages.api);
    await page.getByRole('button', { name: text.upload, exact: true }).click();
    const dialog = page.getByRole('dialog', { name: text.uploadTitle });
    const give = async (cert: string, key: string) => {
      const [certField, keyField] = [
        dialog.locator('input[type=file]').nth(0),
        dialog.locator('input[type=file]').nth(1),
      ];
      await certField.setInputFiles(cert);
      await keyField.setInputFiles(key);
      await dialog.getByRole('button', { name: text.use, exact: true }).click();
    };

    for (const [cert, key, words] of [
      [pair.cert, otherPair.key, /does not belong to the certificate/],
      [pastPair.cert, pastPair.key, /ran out on 2020-01-02/],
      [upsideDown, pair.key, /The first in the file has to be that of the server|comes first in its file/],
      [pair.cert, locked, /locked with a passphrase/],
      [pair.key, pair.key, /holds no certificate/],
    ] as const) {
      await give(cert, key);
      await dialog.getByRole('alert').filter({ hasText: words }).waitFor();
    }
    expect(await settingOf(engine, 'api_tls_cert')).toBe('');

    await give(pair.cert, pair.key);
    await dialog.waitFor({ state: 'hidden' });
    expect(await settingOf(engine, 'api_tls_cert')).not.toBe('');
    await page.getByRole('radio', { name: text.modes.network.title }).click();
    await page.getByRole('button', { name: text.toNetworkAction }).click();
    const own = new X509Certificate(good.cert).fingerprint256.replaceAll(':', '');
    await until('the pair to be served', async () => (await fingerprintAt(engine.port)) === own);
    expect(complaints).toEqual([]);
  }, 120_000);

  it('goes to https where the panel cannot follow, and the private listener and the socket stay', async () => {
    const { engine } = await anEngine();
    const { page, goTo } = await openPanel(browser, engine);
    await goTo('/settings/api', en.settings.pages.api);
    await page.getByRole('radio', { name: text.modes.network.title }).click();
    const question = page.getByRole('dialog', { name: text.toNetworkTitle });
    expect(await settingOf(engine, 'api_mode')).toBe('local');

    await question.getByRole('button', { name: text.toNetworkAction }).click();
    const served = await until('https', () => fingerprintAt(engine.port));
    expect(await settingOf(engine, 'api_mode')).toBe('network');
    const { body } = await engine.call<{ result: { fingerprint: string } }>('GET', '/api/v1/certificate');
    expect(body.result.fingerprint.replaceAll(':', '').toUpperCase()).toBe(served);

    // Over https the same page is there, and shows that fingerprint.
    const { page: secure, goTo: goToSecure } = await openPanel(browser, engine, { ignoreHTTPSErrors: true });
    await goToSecure('/settings/api', en.settings.pages.api);
    await secure.getByText(served.replace(/(.{4})(?=.)/g, '$1 ')).waitFor();
    await secure.getByRole('radio', { name: text.modes.local.title }).click();
    await until('http again', async () => (await settingOf(engine, 'api_mode')) === 'local');
    await until(
      'the API',
      async () => (await engine.call('GET', '/health').catch(() => undefined))?.status === 200,
    );
  }, 120_000);
});
