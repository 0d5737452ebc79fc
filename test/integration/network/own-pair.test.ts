import { execFileSync } from 'node:child_process';
import { truncateSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { beforeAll, describe, expect, it, onTestFinished, vi } from 'vitest';
import { cliOnFolder, onFreePort } from '../../support/cli.ts';
import { ManualClock } from '../../support/manual-clock.ts';
import { curl, pairFiles, publicApi } from '../../support/public-api.ts';
import { testFolder } from '../../support/test-folder.ts';
import { until } from '../../support/until.ts';
import { type Certificates, makeCertificates } from '../../support/xmpp-certificates.ts';

const PAST: [string, string] = ['200101000000Z', '200102000000Z'];
const FUTURE: [string, string] = ['400101000000Z', '400102000000Z'];

let good: Certificates;
let other: Certificates;
beforeAll(() => {
  good = makeCertificates();
  other = makeCertificates();
});

/** An engine in network mode with a pair of its own, and files that are no good. */
async function served() {
  const folder = testFolder();
  const pair = pairFiles(folder, 'good', good);
  writeFileSync(join(folder, 'ca.crt'), good.ca);
  const api = await publicApi({ api_mode: 'network', api_tls_cert: pair.cert, api_tls_key: pair.key });
  return { api, folder, pair, ca: join(folder, 'ca.crt') };
}

type Files = { cert: string; key: string };

/** What somebody could name, and what they are told. */
const BAD: [what: string, files: (folder: string, good: Files) => Partial<Files>, words: string][] = [
  [
    'a file that is not there',
    (folder) => ({ cert: join(folder, 'no.crt') }),
    'api_tls_cert (no.crt): there is no such file',
  ],
  ['a folder', (folder) => ({ cert: folder }), 'is not an ordinary file'],
  [
    'a pipe that nobody writes to',
    (folder) => {
      execFileSync('mkfifo', [join(folder, 'pipe')]);
      return { cert: join(folder, 'pipe') };
    },
    'is not an ordinary file',
  ],
  ['a device', () => ({ cert: '/dev/zero' }), 'is not an ordinary file'],
  ['a device for a key', () => ({ key: '/dev/random' }), 'is not an ordinary file'],
  [
    'a file of 1 GB',
    (folder) => {
      writeFileSync(join(folder, 'large'), '');
      truncateSync(join(folder, 'large'), 1024 ** 3);
      return { cert: join(folder, 'large') };
    },
    'is larger than 256 KiB',
  ],
  [
    'something else',
    (folder) => {
      writeFileSync(join(folder, 'odd'), 'hello');
      return { cert: join(folder, 'odd') };
    },
    'holds no certificate',
  ],
  [
    'a damaged certificate',
    (folder) => {
      writeFileSync(join(folder, 'cut'), good.cert.replace(/[A-Za-z]{20}/, 'AAAAAAAAAAAAAAAAAAAA'));
      return { cert: join(folder, 'cut') };
    },
    'holds no certificate',
  ],
  ['a certificate for a key', (_folder, { cert }) => ({ key: cert }), 'holds no private key'],
  ['a wrong key', (folder) => ({ key: pairFiles(folder, 'other', other).key }), 'does not belong to'],
  [
    'a certificate of another key',
    (folder) => ({ cert: pairFiles(folder, 'other', other).cert }),
    'does not belong to',
  ],
  [
    'an expired pair',
    (folder) => pairFiles(folder, 'old', makeCertificates('localhost', { validity: PAST })),
    'ran out on 2020-01-02',
  ],
  [
    'a pair of the future',
    (folder) => pairFiles(folder, 'new', makeCertificates('localhost', { validity: FUTURE })),
    'is valid from 2040-01-01 on',
  ],
  [
    'a certificate without names',
    (folder) =>
      pairFiles(folder, 'nameless', makeCertificates('x', { extensions: 'basicConstraints=CA:FALSE' })),
    'names no host and no address',
  ],
  [
    'a certificate for people',
    (folder) => {
      const extensions = 'subjectAltName=DNS:localhost\nextendedKeyUsage=emailProtection';
      return pairFiles(folder, 'mail', makeCertificates('x', { extensions }));
    },
    'is not made for servers',
  ],
  [
    'a locked key',
    (folder, { key }) => {
      const locked = join(folder, 'locked.key');
      execFileSync('openssl', ['pkey', '-in', key, '-aes256', '-passout', 'pass:x', '-out', locked]);
      return { key: locked };
    },
    'is locked with a passphrase',
  ],
  [
    'a weak key',
    (folder) => {
      const files = { cert: join(folder, 'weak.crt'), key: join(folder, 'weak.key') };
      execFileSync(
        'openssl',
        `req -x509 -newkey rsa:512 -nodes -days 2 -subj /CN=x -addext subjectAltName=DNS:x -keyout ${files.key} -out ${files.cert}`.split(
          ' ',
        ),
        { stdio: 'pipe' },
      );
      return files;
    },
    'cannot be used for TLS',
  ],
];

describe('an own certificate', () => {
  it('is served, by paths or by names in the folder of certificates', async () => {
    const { api, ca } = await served();
    expect((await curl(`https://localhost:${api.port}/health`, { ca })).status).toBe(200);
    expect(await api.status()).toMatchObject({
      api_url: `https://localhost:${api.port}/bot/`,
      api_certificate: { self_made: false, names: ['localhost'], problem: null },
    });

    const inside = pairFiles(join(api.dataDir, 'api-tls'), 'mine', other);
    writeFileSync(ca, other.ca);
    const names = { api_tls_cert: basename(inside.cert), api_tls_key: basename(inside.key) };
    expect(await api.set(names)).toMatchObject({ status: 200 });
    await until(
      'the other certificate',
      async () => (await curl(`https://localhost:${api.port}/health`, { ca })).status === 200,
    );
  });

  it.each(BAD)('is refused when it is %s, and the old one stays', async (_what, filesOf, words) => {
    const { api, folder, pair, ca } = await served();
    const files = { ...pair, ...filesOf(folder, pair) };
    const before = (await api.status()).api_certificate;

    const answer = await api.set({ api_tls_cert: files.cert, api_tls_key: files.key });

    expect(answer).toMatchObject({ status: 400, body: { error: 'bad_request' } });
    expect(answer.body.description).toContain(words);
    expect((await api.call('GET', '/bot/settings')).body).toMatchObject({
      api_tls_cert: pair.cert,
      api_tls_key: pair.key,
    });
    expect((await api.status()).api_certificate).toEqual(before);
    expect((await curl(`https://localhost:${api.port}/health`, { ca })).status).toBe(200);
  });

  it('cannot be switched to when it has become bad: http stays', async () => {
    const folder = testFolder();
    const pair = pairFiles(folder, 'good', good);
    const api = await publicApi({ api_tls_cert: pair.cert, api_tls_key: pair.key });
    writeFileSync(pair.key, other.key);

    const answer = await api.set({ api_mode: 'network' });

    expect(answer).toMatchObject({ status: 400 });
    expect((await curl(`http://localhost:${api.port}/health`)).status).toBe(200);
    expect((await api.status()).api_mode).toBe('local');
  });

  it('is taken over when it is renewed in place, and kept when that goes wrong', async () => {
    const clock = new ManualClock();
    const folder = testFolder();
    const pair = pairFiles(folder, 'good', good);
    const settings = { api_mode: 'network', api_tls_cert: pair.cert, api_tls_key: pair.key };
    const api = await publicApi(settings, clock);
    const before = (await api.status()).api_certificate?.fingerprint;
    const lookAgain = (isBad: boolean) => {
      clock.advance(60_000);
      return until('another look', async () => {
        const status = await api.status();
        return (status.api_problem !== null) === isBad && status;
      });
    };

    writeFileSync(pair.key, other.key);
    const broken = await lookAgain(true);
    expect(broken.api_problem).toContain('does not belong to');
    expect(broken.api_certificate?.fingerprint).toBe(before);
    expect((await curl(`https://localhost:${api.port}/health`, { words: ['-k'] })).status).toBe(200);

    writeFileSync(pair.cert, other.cert);
    const mended = await lookAgain(false);
    expect(mended.api_certificate?.fingerprint).not.toBe(before);
    writeFileSync(join(folder, 'ca.crt'), other.ca);
    const ca = join(folder, 'ca.crt');
    expect((await curl(`https://localhost:${api.port}/health`, { ca })).status).toBe(200);
  });

  it('waits for its other half with the self-made one', async () => {
    const folder = testFolder();
    const pair = pairFiles(folder, 'good', good);
    writeFileSync(join(folder, 'ca.crt'), good.ca);
    const api = await publicApi({ api_mode: 'network' });

    expect(await api.set({ api_tls_cert: pair.cert })).toMatchObject({ status: 200 });
    await until('the note', async () => (await api.status()).api_certificate?.problem);
    expect((await api.status()).api_certificate).toMatchObject({
      self_made: true,
      problem: expect.stringContaining('api_tls_key'),
    });
    expect(await api.set({ api_tls_key: pair.key })).toMatchObject({ status: 200 });
    await until('the own pair', async () => (await api.status()).api_certificate?.self_made === false);
    const ca = join(folder, 'ca.crt');
    expect((await curl(`https://localhost:${api.port}/health`, { ca })).status).toBe(200);
  });

  it('may be one file with its key', async () => {
    const folder = testFolder();
    const both = join(folder, 'both.pem');
    writeFileSync(both, good.cert + good.key);
    writeFileSync(join(folder, 'ca.crt'), good.ca);
    const api = await publicApi({ api_mode: 'network', api_tls_cert: both });

    const ca = join(folder, 'ca.crt');
    expect((await curl(`https://localhost:${api.port}/health`, { ca })).status).toBe(200);
  });

  it.each(['../good.crt', './good.crt', 'a/b', '.hidden', 'a\nb'])('is not named %j', async (name) => {
    const api = await publicApi();
    expect(await api.set({ api_tls_cert: name })).toMatchObject({ status: 400 });
  });

  it('is set on the command line with its key at once, by a path from where one is', async () => {
    const { run } = await cliOnFolder();
    await onFreePort(run);
    const folder = testFolder();
    const pair = pairFiles(folder, 'good', good);
    const wrong = pairFiles(folder, 'other', other);
    const set = (...words: string[]) => run('settings', 'set', ...words);
    vi.stubEnv('INIT_CWD', folder);
    onTestFinished(() => void vi.unstubAllEnvs());

    const refused = await set('api_tls_cert', pair.cert, 'api_tls_key', wrong.key);
    expect(refused).toMatchObject({ status: 1, err: expect.stringContaining('does not belong to') });
    const done = await set('api_mode', 'network', 'api_tls_cert', './good.crt', 'api_tls_key', pair.key);
    expect(done).toMatchObject({ status: 0, out: expect.stringMatching(/SHA-256 ([0-9A-F]{2}:){31}/) });
    expect((await run('settings', 'get', 'api_tls_key')).out).toBe(`${pair.key}\n`);
    expect((await run('settings', 'get', 'api_tls_cert')).out).toBe(`${pair.cert}\n`);
    expect((await run('settings', 'list')).out).toContain('SHA-256');
    expect((await run('doctor')).out).toMatch(/^ok {4}Certificate, SHA-256/m);
    expect(await set('api_mode', 'network', 'odd', 'x')).toMatchObject({ status: 1 });
    expect(await set('api_mode', 'network', 'api_mode')).toMatchObject({ status: 2 });
    expect(await set('api_mode', 'network', 'api_mode', 'local')).toMatchObject({ status: 2 });
  });
});
