import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { _electron, type ElectronApplication, type Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll } from 'vitest';
import { prepareElectronRuntime } from '../../scripts/lib/electron-runtime.mjs';
import { openDisplay } from '../e2e/desktop/display.ts';

const ROOT = resolve(import.meta.dirname, '../..');
const BUILT = ['dist/main/desktop.js', 'dist/main/preload.cjs', 'dist/renderer/index.html'];
const STUB = join(ROOT, 'test/e2e/desktop/stub-engine.mjs');

/** How a test wants its app. */
export interface LaunchWish {
  env?: Record<string, string>;
  args?: string[];
  /** Data and profile of an app before; it is then not removed at the end. */
  folder?: string;
  /** False: nobody has decided yet where the key shall be. */
  hasKeyFile?: boolean;
}

export interface DesktopApp {
  app: ElectronApplication;
  page: Page;
  folder: string;
  close: () => Promise<void>;
}

/**
 * The desktop app under a display of its own, for the tests of one file. Its engine is the stub that shows a page of
 * nothing (`STUB_PAGE`), unless the test's environment says otherwise. Apps end with their test, or, of a story that goes
 * over several tests, with the file.
 */
export function desktopApps({ lastFor = 'test' as 'test' | 'file' } = {}) {
  const closers: (() => Promise<unknown>)[] = [];
  let executablePath = '';
  let display: Awaited<ReturnType<typeof openDisplay>> | undefined;

  beforeAll(async () => {
    const missing = BUILT.filter((file) => !existsSync(join(ROOT, file)));
    if (missing.length > 0) throw new Error(`Build first, these are missing: ${missing.join(', ')}`);
    executablePath = (await prepareElectronRuntime()).executable;
    if (process.platform === 'linux') display = await openDisplay();
  }, 300_000);

  const closeAll = async () => {
    for (const close of closers.splice(0).reverse()) await close();
  };
  if (lastFor === 'test') afterEach(closeAll);
  afterAll(async () => {
    await closeAll();
    await display?.close();
  }, 120_000);

  async function newFolder(): Promise<string> {
    const folder = await mkdtemp(join(tmpdir(), 'botmother-desktop-'));
    closers.push(() => rm(folder, { recursive: true, force: true }));
    return folder;
  }

  /** What a second start of the app needs to find the first. */
  const commandOf = (folder: string, more: readonly string[] = []) => {
    const asRoot = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
    return {
      executablePath,
      args: [...asRoot, '--disable-gpu', `--user-data-dir=${join(folder, 'profile')}`, ROOT, ...more],
    };
  };

  const environment = (folder: string, env: Record<string, string>) => ({
    ...process.env,
    // The session of the machine is none of a test's business.
    DBUS_SESSION_BUS_ADDRESS: 'unix:path=/nowhere',
    XDG_RUNTIME_DIR: '',
    XDG_CURRENT_DESKTOP: '',
    XDG_CONFIG_HOME: join(folder, 'config'),
    LANGUAGE: 'en',
    DISPLAY: display?.display ?? '',
    BOTMOTHER_DATA_DIR: join(folder, 'data'),
    BOTMOTHER_ENGINE_ENTRY: STUB,
    BOTMOTHER_LOG_LEVEL: 'silent',
    ...env,
  });

  async function launch(wish: LaunchWish = {}): Promise<DesktopApp> {
    const folder = wish.folder ?? (await newFolder());
    if (wish.hasKeyFile !== false && wish.folder === undefined) {
      await mkdir(join(folder, 'data', 'keys'), { recursive: true, mode: 0o700 });
      const key = Buffer.alloc(32, 7).toString('base64');
      await writeFile(join(folder, 'data', 'keys', 'data.key'), `${key}\n`, { mode: 0o600 });
    }
    const app = await _electron.launch({
      ...commandOf(folder, wish.args),
      cwd: ROOT,
      env: environment(folder, { STUB_PAGE: 'plain', ...wish.env }),
    });
    let isClosed = false;
    const close = async () => {
      if (isClosed) return;
      isClosed = true;
      await app.close();
    };
    closers.push(close);
    return { app, page: await app.firstWindow(), folder, close };
  }

  /** What a test opens for its apps: closed after them. To be said before they are launched. */
  const afterApps = (close: () => Promise<unknown>) => void closers.push(close);

  return { launch, newFolder, afterApps, commandOf, environment };
}

/** Asks the stub engine behind the page; the page itself asks, so that the program adds its token. */
export const askStub = (page: Page, path: string): Promise<Record<string, unknown>> =>
  page.evaluate(async (address) => {
    const response = await fetch(address);
    return ((await response.json()) as { result: Record<string, unknown> }).result;
  }, path);

/** The process id of the engine behind the page; the stub tells it. */
export async function enginePid(page: Page): Promise<number> {
  const { version } = await askStub(page, '/api/v1/status');
  return Number(String(version).split('.').at(-1));
}
