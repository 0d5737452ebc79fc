import { describe, expect, it } from 'vitest';
import { bareJid } from '../../../src-shared/jid.ts';
import { accountMaker, aDedicatedBot } from '../../support/account-maker.ts';
import { menuChat } from '../../support/menu-chat.ts';
import { telegramFor } from '../../support/telegram/bridged-bot.ts';
import { signIn, testEngine } from '../../support/test-engine.ts';

const admin = { actor: 'admin', from: 'test' };
const OTHER = '123456789:AAH-0123456789abcdefghijklmnopqrstu';

/** A dedicated bot with a Telegram at hand, and what its owner types into its chat. */
async function start() {
  const engine = await testEngine();
  await signIn(engine);
  accountMaker(engine);
  const { id, jid } = await aDedicatedBot(engine);
  const { engine: services } = engine;
  const bot = () => services.bots.find(id);
  const chat = await menuChat(engine, jid);
  const telegram = await telegramFor(engine);
  const line = `/telegram setup ${telegram.mybot.token} ${telegram.chat.id}`;
  return {
    ...engine,
    ...telegram,
    ...chat,
    services,
    bot,
    line,
    shown: async () => services.telegram.shown(await bot()),
    inGerman: () => services.accounts.setLanguage(bareJid('you@localhost'), 'de', admin),
  };
}

describe('/telegram', () => {
  it('says what there is to do, before and after the set-up, in every menu', async () => {
    const { type, line, chat, mybot } = await start();
    const lines = (await type('/telegram')).split('\n');
    expect(lines[0]).toBe('Telegram bridge of Weather');
    expect(lines).toContain('State: not set up');
    expect(lines).toContain('Mode: bridge (XMPP <-> Telegram, both ways)');
    expect(lines).toContain('1. /telegram setup - Step-by-step setup guide, or set it up in one line');
    expect(await type('/help')).toContain('\nTelegram: not set up\n');

    const done = (await type(line)).split('\n');
    expect(done.slice(0, 5)).toEqual([
      'Telegram configured!',
      'State: active',
      'Mode: bridge (XMPP <-> Telegram, both ways)',
      `Telegram bot: @mybot_bot (token ${mybot.token.split(':')[0]}:…${mybot.token.slice(-4)})`,
      `Chat: Ann Lee (private chat, ${chat.id})`,
    ]);
    expect(done).toContain('Telegram bridge is now active.');
    for (const name of ['/help', '/start', '/info'])
      expect(await type(name)).toContain('Telegram: active (@mybot_bot, bridge)');
    expect(await type('/telegram off')).toContain('Telegram bridge is off.');
    expect(await type('/info')).toContain('Telegram: off (@mybot_bot, bridge)');
    expect(await type('/telegram ein')).toBe('Telegram bridge is on.');
    const status = await type('/telegram status');
    expect(status).toContain('Last from Telegram: never');
    expect(status).toContain('Waiting for Telegram: 0');
  });

  it('guides through three steps, and from the token to the chat', async () => {
    const { type, mybot, chat, ann, shown, menu } = await start();
    const guide = await type('/telegram setup');
    expect(guide).toMatch(/^Step 1: Create a Telegram bot via @BotFather/m);
    expect(guide).toMatch(/^Step 2: Get your chat ID/m);
    expect(guide).toMatch(/^Step 3: Run: \/telegram setup <TOKEN> <CHAT_ID>$/m);

    expect(await type(`/telegram setup ${mybot.token}`)).toContain('Nobody wrote to it lately.');
    expect(await shown()).toMatchObject({ configured: false });
    chat.says(ann, 'hello bot');
    const chats = await type('/telegram chats');
    expect(chats).toContain(`1. /telegram chat ${chat.id} - Ann Lee (private chat, ${chat.id})`);
    expect(menu.holdsSecret(`/telegram chat ${chat.id}`)).toBe(false);
    expect(await type(`/telegram chat ${chat.id}`)).toContain('Telegram configured!');
    expect(await shown()).toMatchObject({ configured: true, enabled: true, chat: { id: chat.id } });
    expect(await type('/telegram chats')).toContain(`Ann Lee (private chat, ${chat.id}), linked`);
  });

  it('never says a token again, and knows where one stands', async () => {
    const { type, line, menu, mybot } = await start();
    const secret = mybot.token.split(':')[1] ?? '';
    for (const typed of [line, '/telegram', '/telegram status', `/telegram setup ${OTHER} 5`, `${line} both`])
      expect(await type(typed)).not.toMatch(new RegExp(`${secret}|${OTHER.split(':')[1]}`));
    for (const typed of [
      line,
      `/TELEGRAM einrichten ${OTHER}`,
      `/telegram setup not-a-token 5`,
      `/telegram ${OTHER} 987654321`,
      `/telegram setpu ${OTHER} 987654321`,
      `/telegram <${OTHER}> 987654321`,
      `/telegram chat token=${OTHER}`,
    ])
      expect([typed, menu.holdsSecret(typed)]).toEqual([typed, true]);
    for (const typed of ['/telegram setup', '/telegram setup force', '/telegram mode forward', '/telegram'])
      expect([typed, menu.holdsSecret(typed)]).toEqual([typed, false]);
  });

  it('takes nothing for another word of a token that it does not know as one', async () => {
    const { type } = await start();
    // With one digit more than most have.
    const secret = OTHER.split(':')[1] ?? '';
    const said = await type(`/telegram <1234567890:${secret}>`);
    expect(said).toContain('There is no /telegram');
    expect(said).not.toContain(secret.slice(0, 12));
  });

  it('changes the token alone, and nothing else', async () => {
    const { type, line, mybot, shown } = await start();
    await type(`${line} forward`);
    expect(await type(`/telegram setup ${mybot.revoke()}`)).toContain('Telegram configured!');
    expect(await shown()).toMatchObject({ mode: 'forward', enabled: true });
  });

  it('goes by what was set up last, here or elsewhere', async () => {
    const { type, services, bot, mybot, chat, ann, api, shown } = await start();
    const first = api.addBot({ username: 'first_bot' });
    await type(`/telegram setup ${first.token}`);
    await services.telegram.change(await bot(), { token: mybot.token, chat_id: chat.id }, admin);
    chat.says(ann, 'hello bot');
    expect(await type('/telegram chats')).toContain('Chats of @mybot_bot');
    expect(await type(`/telegram chat ${chat.id}`)).toContain('Telegram configured!');
    expect(await shown()).toMatchObject({ username: 'mybot_bot' });
  });

  it.each([
    ['on', 'please'],
    ['off', 'tomorrow'],
    ['status', '3'],
    ['test', '-1001984422017'],
    ['chats', 'all'],
  ])('/telegram %s takes nothing behind it', async (name, more) => {
    const { type, line, shown } = await start();
    await type(line);
    const before = await shown();
    expect(await type(`/telegram ${name} ${more}`)).toBe(`Usage: /telegram ${name}`);
    expect((await shown()).enabled).toBe(before.enabled);
  });

  it.each([
    ['what is no token', '/telegram setup abc 5', /^The first word is not the token of a Telegram bot\./],
    ['what is no chat', `/telegram setup ${OTHER} family`, /^That is no chat of Telegram:/],
    ['an unknown mode', `/telegram setup ${OTHER} 5 both`, /^There is no such mode\./],
    ['too much', `/telegram setup ${OTHER} 5 bridge now`, /^There is no such mode\./],
    [
      'a token that Telegram does not know',
      `/telegram setup ${OTHER} 5`,
      /^Telegram does not know this token\./,
    ],
    [
      'a token alone that it does not know',
      `/telegram setup ${OTHER}`,
      /^Telegram does not know this token\./,
    ],
    ['nothing begun', '/telegram setup force', /^Usage: \/telegram setup </],
    ['a chat without a token', '/telegram chat 5', /is not set up/],
    ['no set-up to switch on', '/telegram on', /is not set up/],
    ['no set-up to switch off', '/telegram off', /is not set up/],
    ['no set-up to test', '/telegram test', /is not set up/],
    ['no set-up to send with', '/telegram send hello', /is not set up\. .* a chat: \/telegram setup$/],
    ['no set-up for a mode', '/telegram mode forward', /is not set up/],
    ['no set-up to read chats of', '/telegram chats', /is not set up/],
    ['nothing to send', '/telegram send', /^Usage: \/telegram send <text>$/],
    ['a mode that is none', '/telegram mode both', /^There is no such mode\. Use bridge/],
    ['a word that is none', '/telegram sing', /^There is no \/telegram sing\./],
  ])('refuses %s, and changes nothing', async (_what, line, words) => {
    const { type, shown } = await start();
    const before = await shown();
    expect(await type(line)).toMatch(words);
    expect(await shown()).toEqual(before);
  });

  it('shows the mode and switches it, in both languages', async () => {
    const { type, line, shown } = await start();
    await type(`${line} forward`);
    expect(await type('/telegram modus')).toContain('Mode: forward (XMPP -> Telegram only)');
    expect(await type('/telegram mode')).toContain('1. /telegram mode bridge - XMPP <-> Telegram, both ways');
    expect(await type('/telegram modus bridge')).toBe('Mode: bridge (XMPP <-> Telegram, both ways)');
    expect(await shown()).toMatchObject({ mode: 'bridge' });
  });

  it('tests the connection, and sends', async () => {
    const { type, line, shown, api } = await start();
    await type(line);
    expect(await type('/telegram test')).toBe('Telegram connected!\nBot: MyBot (@mybot_bot)');
    expect(await type('/telegram send Good morning,\nall!')).toBe('It goes to Telegram.');
    expect(await shown()).toMatchObject({
      waiting: 1,
      recent: [{ from: 'you@localhost', text: expect.stringContaining('Good morning'), to: 'telegram' }],
    });
    await api.pause();
    expect(await type('/telegram test')).toMatch(/^Telegram could not be reached\./);
  });

  it('stores what cannot be tried, and says so', async () => {
    const { type, line, api, shown } = await start();
    await api.pause();
    expect(await type(line)).toContain('It is stored, but not tried yet: Telegram could not be reached.');
    expect(await shown()).toMatchObject({ configured: true, enabled: true });
  });

  it('goes on with a token that could not be checked yet', async () => {
    const { type, api, mybot, chat, ann, shown } = await start();
    await api.pause();
    const said = await type(`/telegram setup ${mybot.token}`);
    expect(said).toMatch(/^I could not ask about the token yet\. Telegram could not be reached\./);
    expect(said).toContain('1. /telegram chats - ');
    expect(said).not.toContain(mybot.token.split(':')[1]);
    expect(await shown()).toMatchObject({ configured: false });
    expect(await type('/telegram chats')).toMatch(/^Telegram could not be reached\./);
    await api.resume();
    chat.says(ann, 'hello bot');
    expect(await type('/telegram chats')).toContain(`1. /telegram chat ${chat.id} - Ann Lee`);

    await api.pause();
    const stored = await type(`/telegram chat ${chat.id}`);
    expect(stored).toContain('Telegram configured!');
    expect(stored).toContain('It is stored, but not tried yet: Telegram could not be reached.');
    expect(await shown()).toMatchObject({ configured: true, enabled: true });
  });

  it('takes the webhook of another program away only when told to', async () => {
    const { type, line, mybot, api, shown } = await start();
    mybot.setWebhook('https://other.example/hook');
    const seen = await type(`/telegram setup ${mybot.token}`);
    expect(seen).toContain('has set a webhook at other.example');
    expect(seen).toContain('1. /telegram webhook remove - Take the webhook away');
    const asked = await type(line);
    expect(asked).toContain('Another program has set a webhook for this Telegram bot, at other.example:');
    expect(asked).toContain('Taking it away cuts that program off');
    expect(asked).toContain('1. /telegram setup force - Take that webhook away, and set up');
    expect(await shown()).toMatchObject({ configured: false });
    expect(await type('/telegram setup force')).toContain('Telegram configured!');
    expect(api.requestsOf('deleteWebhook')).toHaveLength(1);

    expect(await type('/telegram webhook')).toBe('No other program has set a webhook.');
    mybot.setWebhook('https://other.example/hook');
    expect(await type('/telegram test')).toContain('Another program has set a webhook at other.example');
    expect(await type('/telegram webhook')).toContain('1. /telegram webhook remove - Take the webhook away');
    expect(await type('/telegram webhook remove')).toContain('The webhook is gone.');
    expect(api.requestsOf('deleteWebhook')).toHaveLength(2);
  });

  it('takes it away also before a chat is chosen', async () => {
    const { type, mybot, chat, ann, api } = await start();
    chat.says(ann, 'hello bot');
    mybot.setWebhook('https://other.example/hook');
    await type(`/telegram setup ${mybot.token}`);
    const hidden = await type('/telegram chats');
    expect(hidden).toContain('Telegram tells that program who wrote, and nobody else.');
    expect(hidden).toContain('1. /telegram webhook remove - ');
    expect(await type('/telegram webhook')).toContain('has set a webhook at other.example');
    expect(await type('/telegram webhook remove')).toContain('1. /telegram chats - ');
    expect(api.requestsOf('deleteWebhook')).toHaveLength(1);
    expect(await type('/telegram chats')).toContain(`1. /telegram chat ${chat.id} - Ann Lee`);
  });

  it('says that a group is not read whole', async () => {
    const { type, api, mybot } = await start();
    mybot.setReadsGroups(false);
    const group = api.addChat({ kind: 'group', title: 'Family', bots: [mybot] });
    await type(`/telegram setup ${mybot.token} ${group.id}`);
    expect(await type('/telegram test')).toContain('its privacy mode is on');
  });

  it('forgets everything, after it has asked', async () => {
    const { type, line, shown } = await start();
    await type(line);
    expect(await type('/telegram forget')).toContain('To do it: /telegram forget yes');
    expect(await shown()).toMatchObject({ configured: true });
    expect(await type('/telegram vergessen ja')).toBe('The Telegram bridge is forgotten.');
    expect(await shown()).toMatchObject({ configured: false, token: null });
  });

  it('is German where its owner speaks German', async () => {
    const { type, line, inGerman, mybot } = await start();
    await inGerman();
    expect(await type('/telegram einrichten')).toContain(
      'Schritt 3: Schreib: /telegram setup <TOKEN> <CHAT_ID>',
    );
    expect(await type(line)).toContain('Telegram ist eingerichtet!\nZustand: aktiv\n');
    expect(await type('/info')).toContain('Telegram: aktiv (@mybot_bot, bridge)');
    expect(await type('/telegram test')).toBe('Telegram verbunden!\nBot: MyBot (@mybot_bot)');
    expect(await type('/telegram modus weiterleiten')).toBe('Modus: forward (nur XMPP -> Telegram)');
    expect(await type('/telegram unsinn')).toContain('/telegram unsinn gibt es nicht.');
    expect(await type('/telegram vergessen')).toContain('/telegram forget ja');
    mybot.revoke();
    expect(await type('/telegram test')).toMatch(/^Telegram kennt dieses Token nicht\./);
  });
});
