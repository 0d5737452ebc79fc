import {
  cpSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, onTestFinished, vi } from 'vitest';
import { restoreBackup } from '../../../src-main/server/backup/restore.ts';
import { lockDataFolder } from '../../../src-main/server/data-folder.ts';
import { cli } from '../../support/cli.ts';
import { testFolder } from '../../support/test-folder.ts';

const withVariable = (name: string, value: string | undefined) => {
  vi.stubEnv(name, value);
  onTestFinished(() => void vi.unstubAllEnvs());
};

/** A data folder with an account and a bot, and a backup of it. Made once: scrypt takes its time. */
const made = { folder: '', token: '', admin: '', answer: { status: -1, out: '', err: '' } };

beforeAll(async () => {
  made.folder = mkdtempSync(join(tmpdir(), 'botmother-backup-'));
  process.env.BOTMOTHER_PASSWORD = 'account-pw';
  process.env.BOTMOTHER_PASSPHRASE = 'correct horse battery';
  const on = ['--data-dir', join(made.folder, 'data')];
  await cli('account', 'add', 'you@localhost', '--no-verify', ...on);
  const bot = await cli('bot', 'create', 'Weather', '--account', 'you@localhost', '--json', ...on);
  made.token = JSON.parse(bot.out).token;
  made.admin = (await cli('admin-token', 'show', ...on)).out;
  made.answer = await cli('backup', join(made.folder, 'all.backup'), ...on);
});
afterAll(() => rmSync(made.folder, { recursive: true, force: true }));

/** Copies of both, which a test may change. */
function backedUp() {
  const [folder, elsewhere] = [testFolder(), testFolder()];
  const [dataDir, file] = [join(folder, 'data'), join(elsewhere, 'all.backup')];
  cpSync(join(made.folder, 'data'), dataDir, { recursive: true });
  cpSync(join(made.folder, 'all.backup'), file);
  return { ...made, dataDir, elsewhere, file };
}

const key = (dataDir: string) => readFileSync(join(dataDir, 'keys', 'data.key'), 'utf8');
const bots = async (dataDir: string) =>
  JSON.parse((await cli('bot', 'list', '--json', '--data-dir', dataDir)).out);

describe('a backup', () => {
  it('is one file, readable by its owner only, without a secret or an address in clear', async () => {
    const { answer, file, dataDir, token } = backedUp();
    const bytes = readFileSync(file);

    expect(answer).toMatchObject({ status: 0, err: '' });
    expect(readdirSync(made.folder).sort()).toEqual(['all.backup', 'data']);
    expect(statSync(file).mode & 0o777).toBe(0o600);
    for (const secret of [token, key(dataDir).trim(), 'you@localhost', 'account-pw', 'SQLite format'])
      expect([secret, bytes.includes(secret)]).toEqual([secret, false]);
    expect(bytes.includes(Buffer.from(key(dataDir), 'base64'))).toBe(false);
    expect(readdirSync(join(dataDir, 'backups'))).toEqual([]);
  });

  it('brings everything back elsewhere: accounts with their passwords, bots with their tokens', async () => {
    const { file, admin, token, dataDir } = backedUp();
    const other = join(testFolder(), 'new');

    const restored = await cli('restore', file, '--data-dir', other);

    expect(restored).toMatchObject({ status: 0, err: '', out: expect.stringContaining(`is in ${other}`) });
    expect(await bots(other)).toEqual([expect.objectContaining({ id: 1, name: 'Weather', token })]);
    expect((await cli('account', 'list', '--data-dir', other)).out).toContain('you@localhost  offline');
    expect((await cli('admin-token', 'show', '--data-dir', other)).out).toBe(admin);
    expect(key(other)).toBe(key(dataDir));
    expect(statSync(join(other, 'keys', 'data.key')).mode & 0o777).toBe(0o600);
    expect(statSync(join(other, 'bot_registry.db')).mode & 0o077).toBe(0);
  });

  it('is not written over another file, nor with a passphrase that is too short', async () => {
    const { file, dataDir, elsewhere } = backedUp();
    const before = readFileSync(file);

    expect(await cli('backup', file, '--data-dir', dataDir)).toMatchObject({
      status: 1,
      err: expect.stringContaining('exists already'),
    });
    expect(readFileSync(file).equals(before)).toBe(true);
    withVariable('BOTMOTHER_PASSPHRASE', 'short');
    expect(await cli('backup', join(elsewhere, 'second'), '--data-dir', dataDir)).toMatchObject({
      status: 2,
    });
    withVariable('BOTMOTHER_PASSPHRASE', 'long enough');
    expect(await cli('backup', join(elsewhere, 'no', 'such'), '--data-dir', dataDir)).toMatchObject({
      status: 1,
      err: expect.stringContaining('cannot be written (ENOENT)'),
    });
    expect(readdirSync(elsewhere)).toEqual(['all.backup']);
  });
});

describe('restoring', () => {
  it('refuses a folder in use, and keeps what is there aside when told to', async () => {
    const { file, dataDir, token } = backedUp();
    await cli('bot', 'create', 'Later', '--account', 'you@localhost', '--data-dir', dataDir);

    const refused = await cli('restore', file, '--data-dir', dataDir);
    const unchanged = (await bots(dataDir)).length;
    const forced = await cli('restore', file, '--force', '--data-dir', dataDir);

    expect(refused).toMatchObject({ status: 1, err: expect.stringContaining('is not empty') });
    expect(unchanged).toBe(2);
    expect(forced.status).toBe(0);
    expect(await bots(dataDir)).toEqual([expect.objectContaining({ token })]);
    const aside = /before is in (\S+)/.exec(forced.out)?.[1] ?? '';
    expect((await bots(aside)).map(({ name }: { name: string }) => name)).toEqual(['Weather', 'Later']);
  });

  it('does not touch a folder of another program', async () => {
    const { file } = backedUp();
    const strange = testFolder();
    writeFileSync(join(strange, 'cat.jpg'), '');

    const { status, err } = await cli('restore', file, '--data-dir', strange);

    expect([status, err]).toEqual([1, expect.stringContaining('is not empty')]);
    expect(readdirSync(strange)).toEqual(['cat.jpg']);
  });

  it('holds the folder from before it asks for the passphrase', async () => {
    const { file } = backedUp();
    const dataDir = join(testFolder(), 'new');
    let other: unknown = 'not tried';
    const passphrase = async () => {
      other = lockDataFolder(dataDir);
      return 'correct horse battery';
    };

    await restoreBackup({ file, passphrase, dataDir, keyFile: undefined, isForced: false, nowMs: 0 });

    expect(other).toBeUndefined();
    expect(await bots(dataDir)).toHaveLength(1);
  });

  it('refuses while an engine holds the folder', async () => {
    const { file, dataDir } = backedUp();
    const unlock = lockDataFolder(dataDir);
    onTestFinished(() => unlock?.());

    expect(await cli('restore', file, '--force', '--data-dir', dataDir)).toMatchObject({
      status: 1,
      err: expect.stringContaining('An engine is running'),
    });
  });

  it.each<[string, (file: string) => void, string]>([
    ['another passphrase', () => withVariable('BOTMOTHER_PASSPHRASE', 'wrong horse'), 'passphrase is not'],
    ['a file of another kind', (file) => writeFileSync(file, 'hello'), 'not a backup'],
    ['an empty file', (file) => writeFileSync(file, ''), 'not a backup'],
    ['a file that breaks off', (file) => truncateSync(file, statSync(file).size - 100), 'damaged'],
    ['a file that breaks off early', (file) => truncateSync(file, 60), 'damaged'],
    ['a changed header', (file) => flip(file, 40), 'damaged'],
    ['a changed byte of the data', (file) => flip(file, 5_000), 'damaged'],
    ['a changed last byte', (file) => flip(file, -1), 'damaged'],
    ['a newer format', (file) => flip(file, 16), 'newer version'],
  ])('refuses %s and touches nothing', async (_what, spoil, words) => {
    const { file, dataDir } = backedUp();
    spoil(file);
    const empty = join(testFolder(), 'new');

    const elsewhere = await cli('restore', file, '--data-dir', empty);
    const here = await cli('restore', file, '--force', '--data-dir', dataDir);

    for (const answer of [elsewhere, here])
      expect(answer).toMatchObject({ status: 1, out: '', err: expect.stringContaining(words) });
    expect(existsSync(empty)).toBe(false);
    expect(readdirSync(dataDir).filter((name) => name.includes('restor'))).toEqual([]);
    expect(await bots(dataDir)).toHaveLength(1);
  });

  it('keeps a key file that lies elsewhere', async () => {
    const { file, dataDir } = backedUp();
    const folder = testFolder();
    withVariable('BOTMOTHER_KEY_FILE', join(folder, 'my.key'));
    writeFileSync(join(folder, 'my.key'), 'old', { mode: 0o600 });
    const other = join(testFolder(), 'new');

    expect((await cli('restore', file, '--data-dir', other)).status).toBe(1);
    expect((await cli('restore', file, '--force', '--data-dir', other)).status).toBe(0);

    expect(readFileSync(join(folder, 'my.key'), 'utf8')).toBe(key(dataDir));
    const [aside = ''] = readdirSync(folder).filter((name) => name !== 'my.key');
    expect(readFileSync(join(folder, aside), 'utf8')).toBe('old');
    expect(await bots(other)).toHaveLength(1);
  });
});

function flip(file: string, at: number): void {
  const bytes = readFileSync(file);
  const index = at < 0 ? bytes.length + at : at;
  bytes[index] = (bytes[index] ?? 0) ^ 0x40;
  writeFileSync(file, bytes);
}
