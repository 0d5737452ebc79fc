import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import { freePorts } from '../../../scripts/lib/ports.mjs';
import { en } from '../../../src-renderer/text/en.ts';
import { atEndOfSuite } from '../../support/at-end.ts';
import {
  asProgram,
  chatIn,
  copied,
  type DesktopWindow,
  desktopWindows,
  goTo,
  runCurl,
  setPort,
  signInByForm,
} from '../../support/desktop-window.ts';
import { peerOwner } from '../../support/owner-clients.ts';
import { lacks } from '../../support/servers/ready.ts';
import { type Ejabberd, startEjabberd, type Temporary } from '../../support/servers/servers.ts';
import { tellStory } from '../../support/story.ts';
import { until } from '../../support/until.ts';

const { bots, settings } = en;
const isMissing = lacks('server', 'omemo', 'desktop', 'display', 'guide');
const timeout = 180_000;
const YOU = { jid: 'you@localhost', password: 'you-pw' };

// One story: each test goes on where the one before ended.
describe.skipIf(isMissing)('the main job, in the window', { timeout }, () => {
  // The app ends before the server does.
  const atEnd = atEndOfSuite();
  const { open } = desktopWindows();
  let server: Temporary<Ejabberd>;
  let window: DesktopWindow;
  let port: number;
  let bot: { jid: string; token: string };
  let phone: Awaited<ReturnType<typeof peerOwner>>;
  tellStory(() => window.tellFailure());

  beforeAll(async () => {
    server = await startEjabberd();
    atEnd(async () => server[Symbol.asyncDispose]());
    await server.register('you', YOU.password);
    [port = 0] = await freePorts(1);
    window = await open();
  }, timeout);

  const ask = (method: string, body?: Record<string, unknown>) => asProgram({ port, ...bot }, method, body);
  const send = (text: string) => ask('sendMessage', { to: YOU.jid, text });
  const updates = async () =>
    (await ask('getUpdates')).body.result as { data: { body: string; encrypted?: true } }[];
  const act = async (name: string) => {
    const { page } = window;
    await page.getByRole('button', { name: bots.actionsOf('Echo') }).click();
    await page.getByRole('menuitem', { name }).click();
  };

  it('signs in by its form, and moves the API to another port', async () => {
    const { page } = window;
    await signInByForm(page, server, YOU);

    await setPort(page, port);
    await page.getByText(`http://127.0.0.1:${port}`, { exact: true }).waitFor();
  });

  it('sets up the server for bots, tried before it is saved', async () => {
    const { page } = window;
    await goTo(page, '/settings/server');
    await page.getByRole('textbox', { name: 'Admin API address' }).fill(server.apiUrl);
    await page.getByRole('textbox', { name: 'Domain of dedicated bots' }).fill('localhost');
    await page.getByRole('textbox', { name: 'Admin account' }).fill(server.provisionerJid);
    await page.getByLabel('Its password').fill(server.provisionerPassword);
    await page.getByRole('textbox', { name: 'XMPP address of that domain' }).fill(server.service);
    await page
      .getByRole('textbox', { name: 'Trusted certificates' })
      .fill(readFileSync(server.caFile, 'utf8'));
    await page.getByRole('button', { name: settings.server.test, exact: true }).click();
    await page.getByText(/^Accounts can be made there/).waitFor();

    await page.getByRole('button', { name: en.common.save, exact: true }).click();
    await page.getByText(settings.server.savedAll).waitFor();
  });

  it('makes a dedicated bot in the dialog, whose curl speaks to its owner', async () => {
    const { app, page } = window;
    await page.getByRole('link', { name: en.shell.places.bots, exact: true }).click();
    await page.getByRole('button', { name: bots.empty.action }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Name').fill('Echo');
    await dialog.getByRole('radio', { name: 'Dedicated' }).check();
    await dialog.getByRole('button', { name: /^Create bot/ }).click();
    await dialog.getByText(bots.newBot.online('Echo')).waitFor();

    const copy = (what: string) =>
      copied(app, () => dialog.getByRole('button', { name: `Copy ${what}`, exact: true }).click());
    bot = { token: await copy(bots.newBot.token), jid: await copy(bots.newBot.address) };
    expect(bot.token).toMatch(/^bm_/);
    expect(bot.jid).toMatch(/^bot_echo_\w+@localhost$/);
    expect(await server.hasAccount(bot.jid.split('@')[0] ?? '')).toBe(true);
    expect(await runCurl(await copy(bots.newBot.command))).toMatchObject({ ok: true });
    await dialog.getByText(bots.newBot.arrived).waitFor();
    await dialog.getByRole('button', { name: bots.newBot.openChat }).click();
    await chatIn(page).shows(bots.newBot.greeting);
  });

  it('talks with it, and everything is encrypted', async () => {
    const chat = chatIn(window.page);
    await window.page.getByRole('button', { name: /^OMEMO · 1 device/ }).waitFor();
    await chat.say('How are you?');

    const heard = await until('the bot to hear it', async () =>
      (await updates()).find(({ data }) => data.body === 'How are you?'),
    );
    expect(heard.data.encrypted).toBe(true);
    expect((await send('Very *well*')).status).toBe(200);
    await chat.shows('Very');
    await chat.say('/info');
    await chat.shows('dedicated');
    expect(await chat.log.getByText(en.chats.message.inClear).count()).toBe(0);
  });

  it('shows what a second device of its owner says, and what the bot makes of it', async () => {
    const chat = chatIn(window.page);
    phone = await peerOwner('both', { server, ...YOU, resource: 'phone', atEnd });
    await phone.say(bot, 'From my phone');
    await chat.shows('From my phone');
    expect((await send('To both of you')).status).toBe(200);
    await phone.hears(bot, 'To both of you');
    await chat.shows('To both of you');

    await phone.say(bot, '/info');
    await chat.shows(new RegExp(`Device ${phone.device()} is new: its command waits`));
    expect(phone.heard(bot).some(({ text }) => text.includes('Mode: dedicated'))).toBe(false);
  });

  it('approves that device, whose command runs then', async () => {
    const { page } = window;
    await page.getByRole('link', { name: en.shell.places.bots, exact: true }).click();
    await page.getByRole('row', { name: 'Echo' }).click();
    await page.getByRole('tab', { name: bots.tabs.names.devices }).click();
    await page.getByRole('button', { name: bots.tabs.devices.trustOf(phone.device()) }).click();

    await page.getByText(bots.tabs.devices.trusted).waitFor();
    await page.getByRole('button', { name: bots.tabs.devices.distrustOf(phone.device()) }).waitFor();
    await phone.hears(bot, /Mode: dedicated/);
    await phone.say(bot, '/start');
    await phone.hears(bot, /^Hello/);
  });

  it('shows its fingerprint in the chat with oneself, which is encrypted for it', async () => {
    const { page } = window;
    const { fingerprint } = await phone.peer.ownDevice();
    const chat = chatIn(page);
    await chat.open(YOU.jid, YOU.jid);
    await page.getByRole('button', { name: /^OMEMO · 1 device/ }).click();
    const shown = page.locator('code').filter({ hasText: fingerprint.slice(0, 8) });
    expect((await shown.innerText()).replaceAll(/\s/g, '')).toBe(fingerprint);

    await chat.say('A note to myself');
    await phone.peer.waitForMessage('A note to myself', 30_000);
  });

  it('switches the bot off and on: its program is refused meanwhile', async () => {
    const { page } = window;
    await goTo(page, '/bots');
    await page
      .getByRole('switch', { name: bots.switchOf('Echo') })
      .locator('xpath=..')
      .click();
    await until('the program to be refused', async () => (await send('off')).body.error === 'bot_disabled');

    await page.getByRole('button', { name: en.common.undo }).click();
    await until('the program to be let in', async () => (await send('on again')).status === 200);
  });

  it('regenerates its token: the one before is worth nothing', async () => {
    const { app, page } = window;
    await act(bots.actions.regenerate);
    await page.getByRole('button', { name: bots.regenerate.action }).click();
    await page.getByText(bots.regenerate.doneTitle).waitFor();
    const token = await copied(app, () =>
      page
        .getByRole('dialog')
        .getByRole('button', { name: `Copy ${bots.tokenOf('Echo')}` })
        .click(),
    );

    expect(token).not.toBe(bot.token);
    expect((await send('with the old one')).status).toBe(401);
    bot.token = token;
    expect((await send('with the new one')).status).toBe(200);
    await page.getByRole('button', { name: bots.newBot.done }).click();
  });

  it('revokes its token', async () => {
    const { page } = window;
    await act(bots.actions.revoke);
    await page.getByRole('button', { name: bots.revoke.action, exact: true }).click();

    await page.getByRole('row', { name: 'Echo' }).getByText(bots.noToken).waitFor();
    expect((await send('revoked')).status).toBe(401);
  });

  it('deletes it with its account, when its name was typed', async () => {
    const { page } = window;
    await act(bots.actions.delete);
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel(en.common.typeToConfirm('Echo')).fill('Echo');
    await dialog.getByRole('button', { name: bots.remove.action }).click();

    await page.getByText(bots.remove.done('Echo')).waitFor();
    await page.getByRole('heading', { name: bots.empty.title }).waitFor();
    expect(await server.hasAccount(bot.jid.split('@')[0] ?? '')).toBe(false);
    expect(window.complaints).toEqual([]);
  });
});
