import { once } from 'node:events';
import { join } from 'node:path';
import { connect, type TLSSocket } from 'node:tls';
import { beforeAll, describe, expect, it } from 'vitest';
import { freePorts } from '../../../scripts/lib/ports.mjs';
import { en } from '../../../src-renderer/text/en.ts';
import { atEndOfSuite } from '../../support/at-end.ts';
import { type ChatClient, chatClient } from '../../support/chat-client.ts';
import {
  asProgram,
  chatIn,
  copied,
  type DesktopWindow,
  desktopWindows,
  enginePidOf,
  follow,
  goTo,
  markPage,
  setPort,
  signInByForm,
} from '../../support/desktop-window.ts';
import { curl } from '../../support/public-api.ts';
import { lacks } from '../../support/servers/ready.ts';
import { type Ejabberd, startEjabberd, type Temporary } from '../../support/servers/servers.ts';
import { tellStory } from '../../support/story.ts';
import { until } from '../../support/until.ts';

const { settings } = en;
const { joinRoom } = en.chats;
const timeout = 180_000;
const YOU = { jid: 'you@localhost', password: 'you-pw' };
const FRIEND = 'friend@localhost';

/** The SHA-256 fingerprint of what a server shows, in hex without colons. */
async function fingerprintAt(port: number): Promise<string> {
  const socket: TLSSocket = connect({ host: '127.0.0.1', port, rejectUnauthorized: false });
  await once(socket, 'secureConnect');
  const { fingerprint256 } = socket.getPeerCertificate();
  socket.destroy();
  return fingerprint256.replaceAll(':', '');
}

// One story: each test goes on where the one before ended.
describe.skipIf(lacks('server', 'desktop', 'display', 'guide'))(
  'the engine under the window',
  { timeout },
  () => {
    // The app ends before the server does.
    const atEnd = atEndOfSuite();
    const { open, newFolder, startAgain } = desktopWindows();
    let server: Temporary<Ejabberd>;
    let folder: string;
    let window: DesktopWindow;
    let friend: ChatClient;
    let token: string;
    let ports: number[];
    tellStory(() => window.tellFailure());

    beforeAll(async () => {
      server = await startEjabberd();
      atEnd(async () => server[Symbol.asyncDispose]());
      await server.register('you', YOU.password);
      await server.register('friend', 'friend-pw');
      friend = await chatClient(server, FRIEND, 'friend-pw');
      atEnd(friend.close);
      ports = await freePorts(2);
      folder = await newFolder();
      window = await open({ folder });
    }, timeout);

    const send = (port: number, text: string) =>
      asProgram({ port, token }, 'sendMessage', { to: YOU.jid, text });
    const radio = (mode: 'local' | 'network') =>
      window.page.getByRole('radio', { name: settings.api.modes[mode].title });

    it('has a bot, and moves its API to another port while the page stays', async () => {
      const { app, page } = window;
      const [first = 0, second = 0] = ports;
      await follow(page, 'Keep it in a key file');
      await signInByForm(page, server, YOU);
      const mark = await markPage(page);
      await setPort(page, first);
      const chat = chatIn(page);
      await chat.open(YOU.jid, YOU.jid);
      await chat.say('/newbot Weather');
      token = await copied(app, () => chat.log.getByRole('button', { name: 'Copy token' }).first().click());
      expect((await send(first, 'at the first port')).status).toBe(200);

      await setPort(page, second);

      await until('nobody at the port before', async () => (await send(first, 'nobody hears')).status === 0);
      expect((await send(second, 'at the second port')).status).toBe(200);
      await chat.open(YOU.jid, YOU.jid);
      await chat.shows('at the second port');
      expect(await mark.isSame()).toBe(true);
    });

    it('opens it to the network with a certificate whose fingerprint it shows, and closes it again', async () => {
      const { page } = window;
      const [, port = 0] = ports;
      const mark = await markPage(page);
      await goTo(page, '/settings/api');
      await radio('network').click({ force: true });
      await page.getByRole('button', { name: settings.api.toNetworkAction }).click();

      await page.getByRole('term').filter({ hasText: settings.api.fingerprint }).waitFor();
      const ca = join(folder, 'data', 'api-tls', 'server.crt');
      await until(
        'https',
        async () => (await curl(`https://localhost:${port}/health`, { ca })).status === 200,
      );
      const shown = await page
        .locator('dd span')
        .filter({ hasText: /^[0-9A-F]{4}( [0-9A-F]{4}){15}/ })
        .first()
        .innerText();
      expect(shown.replaceAll(/\s/g, '')).toBe(await fingerprintAt(port));
      await page.getByText(`https://localhost:${port}`, { exact: true }).waitFor();
      const words = ['-H', `Authorization: Bearer ${token}`];
      expect((await curl(`https://localhost:${port}/bot/getMe`, { ca, words })).status).toBe(200);

      // Until it is chosen there, another choice is none.
      await until('the choice to be shown', () => radio('network').isChecked());
      await page.getByRole('dialog').waitFor({ state: 'detached' });
      await radio('local').click({ force: true });
      await until('http', async () => (await send(port, 'in clear, on this machine')).status === 200, 60_000);
      expect((await curl(`https://localhost:${port}/health`, { ca })).status).toBe(0);
      expect(await mark.isSame()).toBe(true);
    });

    it('comes back by itself when it was killed, where one was', async () => {
      const { app, page } = window;
      const [, port = 0] = ports;
      const chat = chatIn(page);
      await chat.open(YOU.jid, YOU.jid);
      await chat.shows('in clear, on this machine');
      const place = page.url();
      const before = enginePidOf(app) ?? 0;
      expect(before).toBeGreaterThan(0);
      process.kill(before, 'SIGKILL');

      await until('another engine', () => ![undefined, before].includes(enginePidOf(app)), 60_000);
      await until(
        'the API',
        async () => (await curl(`http://127.0.0.1:${port}/health`)).status === 200,
        60_000,
      );
      await page
        .getByRole('button', { name: en.shell.accountMenu(YOU.jid, en.common.states.online) })
        .waitFor();
      expect(page.url()).toBe(place);
      await chat.shows('in clear, on this machine');
      // Live again: nothing was loaded anew for this.
      expect((await send(port, 'after the crash')).status).toBe(200);
      await chat.shows('after the crash');
      await friend.say(YOU.jid, 'Are you there?');
      await page.locator(`a[data-chat="${FRIEND}"]`).waitFor();
    });

    it('has everything again after a restart of the app', async () => {
      await goTo(window.page, '/settings/general');
      await window.page.getByText(settings.leads.general).waitFor();
      await window.close();
      await friend.say(YOU.jid, 'While you were away');

      window = await open({ folder });
      const { page } = window;
      const [, port = 0] = ports;
      const chat = chatIn(page);
      await chat.shows('at the first port');
      await chat.shows('after the crash');
      await page.locator(`a[data-chat="${FRIEND}"]`).click();
      await chat.shows('Are you there?');
      await chat.shows('While you were away');
      await page.getByRole('link', { name: en.shell.places.bots, exact: true }).click();
      await page.getByRole('row', { name: 'Weather' }).waitFor();
      expect((await send(port, 'after the restart')).status).toBe(200);
      await chat.open(YOU.jid, YOU.jid);
      await chat.shows('after the restart');
    });

    it('opens the conversation that an xmpp: link names, with its text ready and nothing sent', async () => {
      const { page } = window;
      const chat = chatIn(page);
      await startAgain(folder, [`xmpp:${FRIEND}?message;body=Good%20morning`]);
      await until('the text', async () => (await chat.field.inputValue()) === 'Good morning');
      await until('the address without it', () => new URL(page.url()).search === '');
      await startAgain(folder, [`xmpp:${FRIEND}?message;body=How%20are%20you%3F`]);
      await until('both', async () => (await chat.field.inputValue()) === 'Good morning\nHow are you?');
      expect(friend.bodies()).not.toContain('Good morning');
      await chat.field.press('Enter');
      await until('it to be sent', () => friend.bodies().includes('Good morning\nHow are you?'));

      await startAgain(folder, ['xmpp:garden@conference.localhost?join']);
      await page.getByRole('heading', { name: joinRoom.title('garden@conference.localhost') }).waitFor();
      await page.getByRole('button', { name: joinRoom.join }).click();
      await chat.say('Hello, garden');
      await chat.shows('Hello, garden');
      expect(window.complaints).toEqual([]);
    });
  },
);
