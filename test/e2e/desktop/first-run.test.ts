import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { freePorts } from '../../../scripts/lib/ports.mjs';
import { en } from '../../../src-renderer/text/en.ts';
import {
  copied,
  type DesktopWindow,
  desktopWindows,
  enginePidOf,
  follow,
  runCurl,
} from '../../support/desktop-window.ts';
import { sandboxFolder } from '../../support/sandbox-folder.ts';
import { lacks } from '../../support/servers/ready.ts';
import { tellStory } from '../../support/story.ts';
import { until } from '../../support/until.ts';

const { firstRun, bots } = en;
const timeout = 180_000;
const YOU = 'you@localhost';

// One story: each test goes on where the one before ended.
describe.skipIf(lacks('server', 'desktop', 'display', 'guide'))(
  'the first run, in a sandbox',
  { timeout },
  () => {
    const { open, newFolder } = desktopWindows();
    let sandbox: string;
    let folder: string;
    let port: number;
    let window: DesktopWindow;
    let token: string;
    tellStory(() => window.tellFailure());

    beforeAll(async () => {
      sandbox = await sandboxFolder(afterAll);
    });

    const start = () =>
      open({ folder, env: { BOTMOTHER_SANDBOX: sandbox, BOTMOTHER_PORT: String(port) }, hasKeyFile: false });
    const log = () => window.page.getByRole('log');
    const field = () => window.page.locator('[data-composer]');
    /** A message through the API, as a program in a terminal sends it. */
    const curl = (text: string) =>
      runCurl(
        `curl -X POST http://127.0.0.1:${port}/bot/sendMessage -H 'Authorization: Bearer ${token}' ` +
          `-H 'Content-Type: application/json' -d '${JSON.stringify({ to: YOU, text })}'`,
      );
    const isOnline = () =>
      window.page.getByRole('button', { name: en.shell.accountMenu(YOU, en.common.states.online) }).waitFor();

    it('asks where the key shall be, and then for an account', async () => {
      folder = await newFolder();
      [port = 0] = await freePorts(1);
      window = await start();
      const { page } = window;
      await follow(page, 'Keep it in a key file');

      await page.getByRole('heading', { level: 1, name: firstRun.title }).waitFor();
    });

    it('starts a sandbox, and signs in there', async () => {
      const { page } = window;
      await page.getByRole('button', { name: firstRun.sandbox }).click();

      await page
        .getByRole('heading', { level: 1, name: firstRun.done.title(YOU) })
        .waitFor({ timeout: 90_000 });
      expect(existsSync(join(sandbox, 'sandbox.json'))).toBe(true);
      await isOnline();
    });

    it('makes a bot in the chat with oneself, whose token goes by the clipboard into a message', async () => {
      const { app, page } = window;
      await page.getByRole('link', { name: firstRun.done.chat }).click();
      await field().fill('/newbot Weather');
      await field().press('Enter');
      await log().getByText('Bot created!').waitFor();

      token = await copied(app, () => log().getByRole('button', { name: 'Copy token' }).first().click());
      expect(token).toMatch(/^bm_[\w-]{20,}$/);
      expect(await log().innerText()).not.toContain(token);
      expect(await curl('Rain at *four*')).toMatchObject({ ok: true });

      await log().getByText('Rain at').waitFor();
      expect(await log().locator('strong', { hasText: '*four*' }).count()).toBe(1);
    });

    it('makes a dedicated bot without any more setting up', async () => {
      const { page } = window;
      await page.getByRole('link', { name: 'Bots' }).click();
      await page.getByRole('button', { name: bots.new }).click();
      await page.getByLabel('Name').fill('Echo');
      await page.getByRole('dialog').getByRole('radio', { name: 'Dedicated' }).check();
      await page.getByRole('button', { name: /^Create bot/ }).click();
      await page.getByText('Echo is online').waitFor();
      await page.getByRole('button', { name: bots.newBot.openChat }).click();
      await field().fill('/info');
      await field().press('Enter');

      await log().getByText('dedicated').waitFor();
      await page.getByRole('button', { name: /OMEMO/ }).waitFor();
    });

    it('goes on, page and sandbox, when the engine was killed', async () => {
      const { app, page } = window;
      const place = page.url();
      const before = enginePidOf(app);
      expect(before).toBeDefined();
      process.kill(before ?? 0, 'SIGKILL');

      await until(
        'another engine',
        () => enginePidOf(app) !== undefined && enginePidOf(app) !== before,
        60_000,
      );
      await until('the sandbox again', () => existsSync(join(sandbox, 'sandbox.json')), 60_000);
      // What the window showed before may stand there for a moment still.
      await until(
        'the engine to speak again',
        () =>
          curl('Back').then(
            ({ ok }) => ok === true,
            () => false,
          ),
        60_000,
      );
      await isOnline();
      expect(page.url()).toBe(place);
      await field().fill('/start');
      await field().press('Enter');
      await log().getByText('Hello, I am Echo').first().waitFor();
    });

    it('ends the sandbox with the app, and has everything again at the next start', async () => {
      await window.close();
      await until('the sandbox to end', () => !existsSync(join(sandbox, 'running')), 60_000);

      window = await start();
      await isOnline();
      await log().getByText('Rain at').waitFor();
      expect(await curl('And snow at night')).toMatchObject({ ok: true });
      await log().getByText('And snow at night').waitFor();
      expect(readFileSync(join(sandbox, 'sandbox.json'), 'utf8')).toContain(YOU);
      expect(window.complaints).toEqual([]);
    });
  },
);
