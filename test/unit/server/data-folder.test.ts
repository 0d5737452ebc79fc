import { chmodSync, existsSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readConfig } from '../../../src-main/server/config.ts';
import { lockDataFolder, prepareDataFolder, socketPath } from '../../../src-main/server/data-folder.ts';
import { fileKeyBox, keyFileOf } from '../../../src-main/server/file-key-box.ts';
import { testFolder } from '../../support/test-folder.ts';

const place = { table: 't', row: 1, column: 'c' };

describe('the data folder', () => {
  it('is made for its owner only', () => {
    const folder = join(testFolder(), 'a', 'b');

    prepareDataFolder(folder);

    expect(statSync(folder).mode & 0o777).toBe(0o700);
    expect(statSync(join(folder, 'keys')).mode & 0o777).toBe(0o700);
  });

  it('says so when it cannot be made', () => {
    const file = join(testFolder(), 'file');
    writeFileSync(file, '');

    expect(() => prepareDataFolder(join(file, 'data'))).toThrow('--data-dir');
  });

  it('belongs to one holder at a time', () => {
    const folder = testFolder();
    const unlock = lockDataFolder(folder);

    expect(unlock).toBeDefined();
    expect(lockDataFolder(folder)).toBeUndefined();
    unlock?.();
    const again = lockDataFolder(folder);
    expect(again).toBeDefined();
    again?.();
  });

  it('has its socket elsewhere when the path is too long for one', () => {
    const runtime = testFolder();
    const long = join('/data', 'x'.repeat(120));

    expect(socketPath('/data/short')).toBe('/data/short/engine.sock');
    expect(socketPath(long, { XDG_RUNTIME_DIR: runtime })).toMatch(
      new RegExp(`^${runtime}/botmother-[0-9a-f]{16}\\.sock$`),
    );
  });
});

describe('the key file', () => {
  it('is not made beside a key that the keystore of the system has sealed', () => {
    const folder = testFolder();
    mkdirSync(join(folder, 'keys'));
    writeFileSync(join(folder, 'keys', 'data.key.sealed'), '{}');

    expect(() => fileKeyBox(folder, undefined)).toThrow('Start the desktop app');
    expect(existsSync(keyFileOf(folder, undefined))).toBe(false);
  });

  it('is made once, 0600, and opens what it sealed', () => {
    const folder = testFolder();
    prepareDataFolder(folder);

    const sealed = fileKeyBox(folder, undefined).seal('x', place);

    expect(statSync(keyFileOf(folder, undefined)).mode & 0o777).toBe(0o600);
    expect(fileKeyBox(folder, undefined).open(sealed, place)).toBe('x');
  });

  it('is never made anew beside a database', () => {
    const folder = testFolder();
    prepareDataFolder(folder);
    writeFileSync(join(folder, 'bot_registry.db'), '');

    expect(() => fileKeyBox(folder, undefined)).toThrow('Put it back');
  });

  it('is refused when others can read it, or when it is damaged', () => {
    const folder = testFolder();
    prepareDataFolder(folder);
    fileKeyBox(folder, undefined);
    const file = keyFileOf(folder, undefined);

    chmodSync(file, 0o644);
    expect(() => fileKeyBox(folder, undefined)).toThrow('chmod 600');
    chmodSync(file, 0o600);
    writeFileSync(file, readFileSync(file, 'utf8').slice(0, 10));
    expect(() => fileKeyBox(folder, undefined)).toThrow('damaged');
    rmSync(file);
    mkdirSync(join(folder, 'elsewhere'));
    expect(() => fileKeyBox(folder, join(folder, 'elsewhere', 'key'))).not.toThrow();
  });
});

describe('the configuration', () => {
  it('takes flags before the environment', () => {
    const config = readConfig(
      { 'data-dir': '/a', port: '8000' },
      { BOTMOTHER_DATA_DIR: '/b', BOTMOTHER_PORT: '9000' },
    );

    expect(config).toMatchObject({ dataDir: '/a', port: 8_000 });
    expect(readConfig({}, { BOTMOTHER_DATA_DIR: '/b', BOTMOTHER_PORT: '9000' })).toMatchObject({
      dataDir: '/b',
      port: 9_000,
    });
    expect(readConfig({}, { XDG_DATA_HOME: '/x' }).dataDir).toMatch(/botmother$/);
  });

  it('takes a relative folder from where the person is, also under npm', () => {
    expect(readConfig({ 'data-dir': 'mine' }, { INIT_CWD: '/home/you' }).dataDir).toBe('/home/you/mine');
  });

  it.each([
    [{ port: 'abc' }, {}, 'not a port'],
    [{ port: '70000' }, {}, 'not a port'],
    [{ mode: 'odd' }, {}, 'not a mode'],
    [{}, { BOTMOTHER_MODE: 'odd' }, 'not a mode'],
    [{}, { BOTMOTHER_LOG_LEVEL: 'loud' }, 'BOTMOTHER_LOG_LEVEL'],
  ])('refuses %j %j', (flags, env, words) => {
    expect(() => readConfig(flags, env)).toThrow(words);
  });
});
