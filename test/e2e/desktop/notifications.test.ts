import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { en } from '../../../src-renderer/text/en.ts';
import { settingLabels } from '../../../src-shared/text/setting-labels.ts';
import { atEndOfSuite } from '../../support/at-end.ts';
import { type ChatClient, chatClient } from '../../support/chat-client.ts';
import {
  chatIn,
  type DesktopWindow,
  desktopWindows,
  goTo,
  signInByForm,
} from '../../support/desktop-window.ts';
import { type NotificationService, openNotificationService } from '../../support/notification-service.ts';
import { lacks } from '../../support/servers/ready.ts';
import { type Ejabberd, startEjabberd, type Temporary } from '../../support/servers/servers.ts';
import { openSessionBus } from '../../support/session-bus.ts';
import { tellStory } from '../../support/story.ts';
import { testFolder } from '../../support/test-folder.ts';
import { until } from '../../support/until.ts';

const { settings } = en;
const timeout = 180_000;
const YOU = { jid: 'you@localhost', password: 'you-pw' };
const ADA = { jid: 'ada@localhost', password: 'ada-pw' };
const BOB = { jid: 'bob@localhost', password: 'bob-pw' };

// One story: each test goes on where the one before ended.
describe.skipIf(lacks('server', 'desktop', 'display', 'session', 'notifications'))(
  'notifications, by the service of a desktop',
  { timeout },
  () => {
    const atEnd = atEndOfSuite();
    const apps = desktopWindows();
    let server: Temporary<Ejabberd>;
    let service: NotificationService;
    let window: DesktopWindow;
    let ada: ChatClient;
    let bob: ChatClient;
    tellStory(() => window.tellFailure());

    beforeAll(async () => {
      server = await startEjabberd();
      atEnd(async () => server[Symbol.asyncDispose]());
      for (const { jid, password } of [YOU, ADA, BOB])
        await server.register(jid.split('@')[0] ?? '', password);
      const folder = testFolder(afterAll);
      const bus = await openSessionBus(folder);
      atEnd(bus.close);
      const { DISPLAY: display = '' } = apps.environment(folder, {});
      service = await openNotificationService(bus, { folder, display });
      window = await apps.open({ env: bus.env });
      ada = await chatClient(server, ADA.jid, ADA.password);
      atEnd(ada.close);
      bob = await chatClient(server, BOB.jid, BOB.password);
      atEnd(bob.close);
    }, timeout);

    const isVisible = () =>
      window.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.isVisible() === true);
    const closeWindow = async () => {
      await window.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.close());
      await until('the window to go', async () => !(await isVisible()));
    };
    const says = (text: string) => ada.say(YOU.jid, text);
    /** Opens the settings, where `choose` changes one; resolves when the page has it, and the window is closed again. */
    const withSettings = async (choose: () => Promise<unknown>) => {
      const { app, page } = window;
      await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.show());
      await until('the window', isVisible);
      await goTo(page, '/settings/general');
      await choose();
      await closeWindow();
    };
    const turn = (name: string) =>
      window.page.getByRole('switch', { name, exact: true }).locator('xpath=..').click();
    /** The page asks for all settings when one has changed. */
    const taken = (change: Promise<unknown>) => {
      const asked = window.page.waitForResponse(
        (answer) => answer.request().method() === 'GET' && answer.url().endsWith('/api/v1/settings'),
      );
      return Promise.all([asked, change]);
    };
    /** What waits unread, as the window counts it. */
    const unread = async () => Number(/^\((\d+)\)/.exec(await window.page.title())?.[1] ?? 0);
    /** Ada writes, and nobody is told of it: what Bob writes after that is the next that is shown. */
    const isKeptQuiet = async (text: string, afterIt: () => Promise<void>) => {
      const [before, waiting] = [service.seen().length, await unread()];
      await says(text);
      await until('it to be there', async () => (await unread()) > waiting);
      await afterIt();
      await bob.say(YOU.jid, `After "${text}"`);
      expect(await service.next(before)).toMatchObject({ title: 'bob' });
      expect(service.seen()).toHaveLength(before + 1);
    };

    it('is signed in, and goes on when its window is closed', async () => {
      const { app, page } = window;
      await signInByForm(page, server, YOU);
      await app.evaluate(({ dialog }) => {
        dialog.showMessageBox = (async () => ({
          response: 0,
          checkboxChecked: false,
        })) as unknown as typeof dialog.showMessageBox;
      });
      await goTo(page, '/settings/general');
      await page.getByRole('switch', { name: settings.general.background }).locator('xpath=..').click();
      await until('that to be kept', () =>
        page.evaluate(async () => {
          const { desktop } = globalThis as unknown as Window;
          return (await desktop?.settings.get())?.background === true;
        }),
      );

      await closeWindow();

      expect(service.seen()).toEqual([]);
    });

    it('says who wrote what, as it was written', async () => {
      await says('Is 2 < 3 & <b>4</b> > 3?\nTell me <img src="http://127.0.0.1:1/seen.png">');

      const { app, title, body } = await service.next(0);

      expect({ app, title }).toEqual({ app: 'Botmother', title: 'ada' });
      // The service reads markup; what somebody wrote is none.
      expect(body).toBe(
        'Is 2 &lt; 3 &amp; &lt;b&gt;4&lt;/b&gt; &gt; 3? Tell me &lt;img src="http://127.0.0.1:1/seen.png"&gt;',
      );
      expect(service.complaints()).not.toContain('markup');
    });

    it('shows the newest of each conversation', async () => {
      await says('And another thing');

      expect(await service.next(1)).toMatchObject({ title: 'ada', body: 'And another thing' });
      await until('one to be left', async () => (await service.shown()) === 1);
    });

    it('brings the window back at that conversation, when it is clicked', async () => {
      expect(await isVisible()).toBe(false);
      await service.click();

      await until('the window', isVisible);
      await chatIn(window.page).shows(/^Is 2 < 3/);
      const place = `/app/chats/${encodeURIComponent(YOU.jid)}/${encodeURIComponent(ADA.jid)}`;
      await until('its address', () => new URL(window.page.url()).pathname === place);
      await until('it to be gone', async () => (await service.shown()) === 0);
    });

    it('says nothing of what is before the eyes of whom it is for', async () => {
      const before = service.seen().length;
      await says('You see this anyway');
      await chatIn(window.page).shows('You see this anyway');
      await bob.say(YOU.jid, 'But not this');

      expect(await service.next(before)).toMatchObject({ title: 'bob', body: 'But not this' });
      expect(service.seen()).toHaveLength(before + 1);
    });

    it('says what comes into a conversation that is open, once its window is closed', async () => {
      // The browser's tools make a page believe that it has the focus for ever.
      const tools = await window.page.context().newCDPSession(window.page);
      await tools.send('Emulation.setFocusEmulationEnabled', { enabled: true });
      await tools.send('Emulation.setFocusEmulationEnabled', { enabled: false });
      await closeWindow();
      await until('the page to be out of sight', () => window.page.evaluate<boolean>('!document.hasFocus()'));
      const before = service.seen().length;
      await says('Are you there?');

      expect(await service.next(before)).toMatchObject({ title: 'ada', body: 'Are you there?' });
    });

    it('says who has written and not what, where that is not to be shown', async () => {
      const name = settingLabels.window_notification_text.en;
      await withSettings(() => taken(turn(name)));
      const before = service.seen().length;
      await says('My secret');

      expect(await service.next(before)).toMatchObject({ title: 'ada', body: en.chats.notify.newMessage });
      await withSettings(() => taken(turn(name)));
    });

    it('says nothing while the window is to tell of none', async () => {
      const choose = (choice: 'off' | 'all') =>
        withSettings(async () => {
          const { page } = window;
          const field = page.getByLabel(settingLabels.window_notifications.en, { exact: true });
          await field.and(page.locator('input')).click();
          const words = settings.choices.window_notifications[choice];
          await taken(page.getByRole('option', { name: words, exact: true }).click());
        });
      await choose('off');

      await isKeptQuiet('Nobody is told', () => choose('all'));
    });

    it('says nothing while this app is not to show any', async () => {
      const name = settings.general.desktopNotifications;
      const isOn = () =>
        window.page.evaluate(async () => {
          const { desktop } = globalThis as unknown as Window;
          return (await desktop?.settings.get())?.notifications;
        });
      const turnTo = (to: boolean) =>
        withSettings(async () => {
          await turn(name);
          await until(`${name}: ${to}`, async () => (await isOn()) === to);
        });
      await turnTo(false);

      await isKeptQuiet('Not here', () => turnTo(true));
    });
  },
);
