import { execFile } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { promisify } from 'node:util';
import type { ElectronApplication, Page } from 'playwright-core';
import { expect } from 'vitest';
import { en } from '../../src-renderer/text/en.ts';
import { type DesktopApp, desktopApps, type LaunchWish } from './desktop-app.ts';
import { curl } from './public-api.ts';
import { until } from './until.ts';

const run = promisify(execFile);

/** How long something on the screen may take on a busy machine. */
const SHOWN_WITHIN_MS = 60_000;

/** A page of the app that is watched for what it does wrong by itself. */
export interface DesktopWindow extends DesktopApp {
  complaints: string[];
  /** Says what is on the screen, for whoever reads that a test failed. */
  tellFailure: () => Promise<void>;
}

/** The desktop app as people have it, with the engine itself; it lasts for all tests of a file. */
export function desktopWindows() {
  const apps = desktopApps({ lastFor: 'file' });

  async function open(wish: LaunchWish = {}): Promise<DesktopWindow> {
    const running = await apps.launch({
      ...wish,
      env: { STUB_PAGE: '', BOTMOTHER_ENGINE_ENTRY: '', ...wish.env },
    });
    const complaints: string[] = [];
    const { page } = running;
    page.setDefaultTimeout(SHOWN_WITHIN_MS);
    page.on('pageerror', (error) => complaints.push(String(error)));
    const tellFailure = async () => {
      const words = await page.innerText('body').catch(String);
      process.stderr.write(`The window showed (${page.url()}):\n${words}\n${complaints.join('\n')}\n`);
    };
    return { ...running, complaints, tellFailure };
  }

  /** Starts the app a second time, as the system does for a link; resolves when that one has ended. */
  const startAgain = (folder: string, words: string[]) =>
    new Promise<void>((resolve) => {
      const { executablePath, args } = apps.commandOf(folder, words);
      execFile(executablePath, args, { env: apps.environment(folder, {}) }, () => resolve());
    });
  return { ...apps, open, startAgain };
}

/**
 * Follows a link of a shell page. Not by the mouse: Chromium drops what is clicked before a page's first frame, and a page
 * that stands still may not get one for long. Nobody waits for where it leads, as it leads to no page.
 */
export const follow = (page: Page, name: string): Promise<void> =>
  page.getByRole('link', { name, exact: true }).evaluate((link) => {
    // Once this has answered: the page may go by it.
    setTimeout(() => (link as unknown as { click: () => void }).click());
  });

/** Goes to a place of the window, as a link in it does. */
export const goTo = (page: Page, path: string): Promise<void> =>
  page.evaluate(`history.pushState(null, '', '/app${path}')`).then(() => undefined);

/** Marks the page that is loaded now; `isSame` tells later whether it still is that one. */
export async function markPage(page: Page): Promise<{ isSame: () => Promise<boolean> }> {
  await page.evaluate(`globalThis.wasHere = true`);
  return { isSame: () => page.evaluate<boolean>(`globalThis.wasHere === true`) };
}

/** What is on the clipboard of the desktop, emptied before something is copied. */
export const clipboardOf = (app: ElectronApplication) => ({
  clear: () => app.evaluate(({ clipboard }) => clipboard.clear()),
  read: () =>
    until('something on the clipboard', () => app.evaluate(({ clipboard }) => clipboard.readText())),
});

/** Copies by a click on what `copy` does; resolves with what the clipboard of the desktop then has. */
export async function copied(app: ElectronApplication, copy: () => Promise<unknown>): Promise<string> {
  const clipboard = clipboardOf(app);
  await clipboard.clear();
  await copy();
  return clipboard.read();
}

/** Runs a curl command line that was copied, in a shell, as somebody who has pasted it there. */
export async function runCurl(command: string): Promise<Record<string, unknown>> {
  expect(command).toMatch(/^curl /);
  const { stdout } = await run('bash', ['-c', command.replace(/^curl/, 'curl -sS --max-time 20')]);
  return JSON.parse(stdout) as Record<string, unknown>;
}

/** The process of the engine behind a window; undefined while there is none. */
export function enginePidOf(app: ElectronApplication): number | undefined {
  const pids = readdirSync('/proc').filter((name) => /^\d+$/.test(name));
  const found = pids.find((pid) => {
    try {
      const parent = /\) \S (\d+)/.exec(readFileSync(`/proc/${pid}/stat`, 'utf8'))?.[1];
      const command = readFileSync(`/proc/${pid}/cmdline`, 'utf8');
      return Number(parent) === app.process().pid && command.includes('engine.js');
    } catch {
      // Gone meanwhile.
      return false;
    }
  });
  return found === undefined ? undefined : Number(found);
}

/** Signs in by the form of the first run, as somebody whose server DNS does not know. Resolves when it says so. */
export async function signInByForm(
  page: Page,
  { service, caFile }: { service: string; caFile: string },
  { jid, password }: { jid: string; password: string },
): Promise<void> {
  const { firstRun } = en;
  await page.getByRole('heading', { level: 1, name: firstRun.title }).waitFor();
  await page.getByRole('button', { name: firstRun.advanced }).click();
  await page.getByLabel(firstRun.service).fill(service);
  await page.locator('input[type=file]').first().setInputFiles(caFile);
  await page.getByLabel(firstRun.jid).fill(jid);
  await page.getByText(firstRun.found(jid.slice(jid.indexOf('@') + 1))).waitFor();
  await page.getByLabel(firstRun.password, { exact: true }).fill(password);
  await page.getByRole('button', { name: firstRun.signIn, exact: true }).click();
  await page.getByRole('heading', { level: 1, name: firstRun.done.title(jid) }).waitFor();
}

/** Sets the port of the API on its page, and resolves when the API answers there. */
export async function setPort(page: Page, port: number): Promise<void> {
  await goTo(page, '/settings/api');
  const field = page.getByRole('textbox', { name: 'Port', exact: true });
  await field.fill(String(port));
  await field.press('Enter');
  await until(
    'the API at its new port',
    async () => (await curl(`http://127.0.0.1:${port}/health`)).status === 200,
  );
}

/** A request to the API by curl, as a program with that token. */
export const asProgram = (
  { port, token }: { port: number; token: string },
  method: string,
  body?: Record<string, unknown>,
) =>
  curl(`http://127.0.0.1:${port}/bot/${method}`, {
    words: [
      ...['-H', `Authorization: Bearer ${token}`],
      ...(body ? ['-H', 'Content-Type: application/json', '-d', JSON.stringify(body)] : []),
    ],
  });

/** The conversation that is open. */
export const chatIn = (page: Page) => {
  const field = page.locator('[data-composer]:enabled');
  const log = page.getByRole('log');
  return {
    field,
    log,
    /** Types a text and sends it. */
    async say(text: string): Promise<void> {
      await field.fill(text);
      await field.press('Enter');
    },
    /** Waits until a message shows that text. */
    shows: (text: string | RegExp) => log.getByText(text).first().waitFor(),
    open: (account: string, jid: string) =>
      goTo(page, `/chats/${encodeURIComponent(account)}/${encodeURIComponent(jid)}`),
  };
};
