import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { freePorts } from '../../../scripts/lib/ports.mjs';
import { en } from '../../../src-renderer/text/en.ts';
import { atEndOfSuite } from '../../support/at-end.ts';
import {
  asProgram,
  chatIn,
  type DesktopWindow,
  desktopWindows,
  goTo,
  setPort,
  signInByForm,
} from '../../support/desktop-window.ts';
import { newRoom } from '../../support/room-bot.ts';
import { PRIVATE, roomGuest } from '../../support/room-guest.ts';
import { type OmemoProfanity, startOmemoProfanity } from '../../support/servers/profanity-omemo.ts';
import { lacks } from '../../support/servers/ready.ts';
import { type Ejabberd, startEjabberd, type Temporary } from '../../support/servers/servers.ts';
import { tellStory } from '../../support/story.ts';
import { testFolder } from '../../support/test-folder.ts';
import { until } from '../../support/until.ts';
import { download, sealedAt } from '../../support/uploaded.ts';
import { dropFile, pictureIn, savedTo } from '../../support/window-files.ts';

const { chats } = en;
const timeout = 180_000;
const YOU = { jid: 'you@localhost', password: 'you-pw' };
const ADA = { jid: 'ada@localhost', password: 'ada-pw' };

const painted = (width: number, height: number, background: string): Promise<Buffer> =>
  sharp({ create: { width, height, channels: 3, background } })
    .png()
    .toBuffer();

// One story: each test goes on where the one before ended.
describe.skipIf(lacks('server', 'client', 'desktop', 'display', 'guide'))(
  'profanity and the window, encrypted',
  { timeout },
  () => {
    const atEnd = atEndOfSuite();
    const { open } = desktopWindows();
    let server: Temporary<Ejabberd>;
    let window: DesktopWindow;
    let folder: string;
    let port: number;
    let ada: OmemoProfanity;
    let page: Page;
    tellStory(async () => {
      await window.tellFailure();
      if (ada) process.stderr.write(`profanity showed:\n${await ada.screen()}\n`);
    });

    beforeAll(async () => {
      server = await startEjabberd();
      atEnd(async () => server[Symbol.asyncDispose]());
      for (const { jid, password } of [YOU, ADA]) await server.register(jid.split('@')[0] ?? '', password);
      folder = testFolder(afterAll);
      [port = 0] = await freePorts(1);
      window = await open();
      page = window.page;
      await signInByForm(page, server, YOU);
      await setPort(page, port);
      ada = await startOmemoProfanity({ server, ...ADA, atEnd });
    }, timeout);

    /** The file that came to profanity last, as it opens it. */
    const opened = async (name: string) => {
      const { text } = await ada.waitForMessage(
        ({ from, text: said, encryption }) =>
          from.startsWith(YOU.jid) && encryption === 'omemo' && /^aesgcm:/.test(said) && said.includes(name),
      );
      const { url, open: unseal } = sealedAt(text);
      return unseal((await download(server.caFile, url)).bytes);
    };

    it('write to each other', async () => {
      const chat = chatIn(page);
      await ada.startEncrypted(YOU.jid);
      await ada.sayEncrypted('Good morning, you');
      await goTo(page, '/chats');
      await page.locator(`a[data-chat="${ADA.jid}"]`).click();
      await chat.shows('Good morning, you');
      await page.getByRole('button', { name: /^OMEMO · 1 device/ }).waitFor();

      await chat.say('Good morning, Ada <3');
      await ada.waitForEncrypted('Good morning, Ada <3');
      await ada.sayEncrypted('And how are *you*?');
      await chat.shows('you');

      expect(await chat.log.getByText(chats.message.inClear).count()).toBe(0);
    });

    it('shows a picture of the other in the window, large when it is clicked, and saves it', async () => {
      const bytes = await painted(320, 200, 'teal');
      const file = join(folder, 'from-ada.png');
      writeFileSync(file, bytes);
      await ada.type(`/sendfile ${file}`);
      // Ada is among nobody's contacts: she does not learn by herself that somebody looks.
      await page.getByRole('log').getByRole('button', { name: chats.files.load }).click();

      const { name, size } = await pictureIn(page);
      expect({ name, size }).toEqual({ name: 'from-ada.png', size: [320, 200] });
      await page.getByRole('button', { name: chats.files.enlarge('from-ada.png') }).click();
      const large = page.getByRole('dialog');
      await large.getByRole('img', { name: 'from-ada.png' }).waitFor();
      const saved = await savedTo(window, join(folder, 'kept.png'), () =>
        large.getByRole('button', { name: chats.files.save('from-ada.png') }).click(),
      );

      expect(saved.equals(bytes)).toBe(true);
      await large.getByRole('button', { name: en.common.close, exact: true }).click();
    });

    it('sends a file that was chosen, with what was typed', async () => {
      const bytes = await painted(90, 60, 'orange');
      const file = join(folder, 'chosen.png');
      writeFileSync(file, bytes);
      await chatIn(page).field.fill('Look at this');
      const chooser = page.waitForEvent('filechooser');
      await page.getByRole('button', { name: chats.composer.attachTo('ada') }).click();
      await (await chooser).setFiles(file);

      expect((await opened('.png')).equals(bytes)).toBe(true);
      await ada.waitForEncrypted('Look at this');
      expect((await pictureIn(page, 'chosen.png')).size).toEqual([90, 60]);
    });

    it('sends a file that was dropped', async () => {
      const file = join(folder, 'notes.txt');
      writeFileSync(file, 'Buy umbrellas.\n');
      await dropFile(page, file);

      expect(String(await opened('.txt'))).toBe('Buy umbrellas.\n');
      const saved = await savedTo(window, join(folder, 'notes-again.txt'), () =>
        page.getByRole('button', { name: chats.files.save('notes.txt') }).click(),
      );
      expect(String(saved)).toBe('Buy umbrellas.\n');
    });

    /** What the page asks the engine for, as its forms do. */
    const ask = <Answer>(path: string, body: object): Promise<Answer> =>
      page.evaluate(
        async ([address, text]) => {
          const headers = { 'Content-Type': 'application/json' };
          const answer = await fetch(address, { method: 'POST', headers, body: text });
          if (!answer.ok) throw new Error(await answer.text());
          return (await answer.json()) as Answer;
        },
        [path, JSON.stringify(body)] as const,
      );
    const program = async (method: string, body?: Record<string, unknown>) => {
      const answer = await asProgram({ port, ...bot }, method, body);
      if (answer.status !== 200) throw new Error(`${method}: ${JSON.stringify(answer.body)}`);
      return answer.body.result;
    };
    const hears = (text: string) =>
      until(`the bot to hear "${text}"`, async () => {
        const updates = (await program('getUpdates')) as { data: { body: string; encrypted?: true } }[];
        return updates.find(({ data }) => data.body === text)?.data;
      });
    let bot: { jid: string; token: string };

    it('talk with a dedicated bot of one person, from both', async () => {
      const chat = chatIn(page);
      const phone = await startOmemoProfanity({ server, ...YOU, resource: 'phone', atEnd });
      await ask('/bot/ejabberd/settings', {
        api_url: server.apiUrl,
        host: 'localhost',
        admin_jid: server.provisionerJid,
        admin_password: server.provisionerPassword,
        service: server.service,
        ca: readFileSync(server.caFile, 'utf8'),
      });
      bot = await ask('/bot/create', { name: 'Echo', account: YOU.jid, mode: 'dedicated' });
      await until('it to be online', async () => {
        const { state } = (await program('getMe')) as { state: string };
        return state === 'online';
      });
      await chat.open(YOU.jid, bot.jid);
      await page.getByRole('button', { name: /^OMEMO · 1 device/ }).waitFor();

      await phone.startEncrypted(bot.jid, 'Echo');
      await phone.sayEncrypted('From profanity');
      expect(await hears('From profanity')).toMatchObject({ encrypted: true });
      await chat.shows('From profanity');
      await chat.say('From the window');
      expect(await hears('From the window')).toMatchObject({ encrypted: true });
      await phone.waitForEncrypted('From the window');
      await program('sendMessage', { to: YOU.jid, text: 'To both' });
      await phone.waitForEncrypted('To both');
      await chat.shows('To both');
      await phone.sayEncrypted('/info');
      await phone.waitForMessage(({ text, encryption }) => encryption === 'omemo' && /dedicated/.test(text));
      await chat.shows('dedicated');

      expect(await chat.log.getByText(chats.message.inClear).count()).toBe(0);
      await phone.stop();
    });

    it('meet in a private room, where the bot is too', async () => {
      const chat = chatIn(page);
      const room = newRoom('private');
      await server.register('host', 'host-pw');
      const host = await roomGuest(
        server,
        { jid: 'host@localhost', password: 'host-pw' },
        { room, nick: 'host', fields: PRIVATE },
      );
      atEnd(host.close);
      for (const jid of [YOU.jid, ADA.jid, bot.jid]) await host.makes(jid, 'member');
      await ask('/bot/create', { name: 'Notes', account: YOU.jid });

      // What a link to the room opens.
      await goTo(page, `/chats/${encodeURIComponent(YOU.jid)}/${encodeURIComponent(room)}?join=1`);
      await page.getByLabel(chats.joinRoom.bot).selectOption({ label: chats.joinRoom.personal('Notes') });
      await page.getByLabel(en.bots.tabs.rooms.nick).fill('you');
      await page.getByRole('button', { name: chats.joinRoom.join }).click();
      await chat.field.waitFor();
      await program('joinRoom', { room });
      await ada.joinEncrypted(room, 'ada');
      for (const jid of [YOU.jid, bot.jid])
        await until(
          `profanity to know the keys of ${jid}`,
          async () => (await ada.fingerprintsOf(jid)).length > 0,
        );
      await ada.type('Hello, both of you');
      expect(await hears('Hello, both of you')).toMatchObject({ encrypted: true });
      await chat.shows('Hello, both of you');
      await chat.say('Hello, Ada and Echo');
      await ada.waitForScreen(/you: Hello, Ada and Echo/);
      expect(await hears('Hello, Ada and Echo')).toMatchObject({ encrypted: true });
      await program('sendMessage', { to: room, type: 'groupchat', text: 'Hello, people' });
      await ada.waitForScreen(/Echo: Hello, people/);
      await chat.shows('Hello, people');

      const wire = host
        .heard()
        .map(({ stanza }) => String(stanza))
        .join();
      expect(wire).toContain('<encrypted');
      expect(wire).not.toMatch(/Hello,/);
      expect(window.complaints).toEqual([]);
    });
  },
);
