import { describe, expect, it } from 'vitest';
import { RULE, TITLE_RULE } from '../../src-main/commands/answer.ts';
import { bareJid } from '../../src-shared/jid.ts';
import { accountMaker, aDedicatedBot } from '../support/account-maker.ts';
import { menuChat } from '../support/menu-chat.ts';
import { devicesSeen, keysSeen, withOwnDevice } from '../support/owner-devices.ts';
import { signIn, testEngine } from '../support/test-engine.ts';

const FINGERPRINT = /([0-9a-f]{8} ){7}[0-9a-f]{8}/;
const admin = { actor: 'admin', from: 'test' };

/** A dedicated bot, and what its owner types into its chat. */
async function start() {
  const engine = await testEngine();
  await signIn(engine);
  accountMaker(engine);
  const { id, jid } = await aDedicatedBot(engine);
  const { engine: services } = engine;
  const { type } = await menuChat(engine, jid);
  return {
    ...engine,
    services,
    jid,
    inGerman: () => services.accounts.setLanguage(bareJid('you@localhost'), 'de', admin),
    describe: (description: string) =>
      services.store.write(async (tx) =>
        services.bots.setDescription(tx, await services.bots.find(id, undefined, tx), description, admin),
      ),
    setCommands: (commands: { command: string; description: string }[]) =>
      services.store.write(async (tx) =>
        services.botCommands.set(tx, await services.bots.find(id, undefined, tx), commands, admin),
      ),
    type,
  };
}

describe("the menu in a dedicated bot's chat", () => {
  it('says hello, what there is, and what the bot is', async () => {
    const { type, jid, describe: set, setCommands } = await start();
    const list = [
      RULE,
      'Menus:',
      '1. /ki [what] - AI assistant setup and control',
      `   xmpp:${jid}?message;body=%2Fki`,
      '2. /telegram [what] - Bridge to Telegram: setup and control',
      `   xmpp:${jid}?message;body=%2Ftelegram`,
      '3. /api [page] - HTTP API and webhook documentation',
      `   xmpp:${jid}?message;body=%2Fapi`,
      'Basic commands:',
      '4. /help - Show this list',
      `   xmpp:${jid}?message;body=%2Fhelp`,
      '5. /start - Say hello and show this list',
      `   xmpp:${jid}?message;body=%2Fstart`,
      '6. /info - What this bot is',
      `   xmpp:${jid}?message;body=%2Finfo`,
      '7. /clear - Forget what you told the AI, and delete this conversation in the window of Botmother',
      `   xmpp:${jid}?message;body=%2Fclear`,
      '8. /omemo [trust DEVICE | distrust DEVICE] - Show the devices of this encrypted chat, trust one or no longer',
      `   xmpp:${jid}?message;body=%2Fomemo`,
      RULE,
      'Type a number alone, follow a link, or write the command.',
    ];
    const status = [TITLE_RULE, 'Status: active', 'AI: not set up', 'Telegram: not set up'];
    const first = ['Quick start:', 'Set the AI up: /ki setup'];
    const hint = [RULE, ...first, 'Everything else goes to the program behind this bot.'];

    expect((await type('/help')).split('\n')).toEqual(['Weather', ...status, ...hint, ...list]);
    const hello = 'Hello, I am Weather.';
    expect((await type('/start')).split('\n')).toEqual([hello, ...status, ...hint, ...list]);
    await set('Tells the weather');
    await setCommands([{ command: 'rain', description: 'Will it rain?' }]);
    const own = [RULE, 'Commands of this bot:', '/rain - Will it rain?'];
    expect((await type('/START')).split('\n')).toEqual([
      hello,
      'Tells the weather',
      ...status,
      ...own,
      ...hint,
      ...list,
    ]);
    expect((await type('/info')).split('\n')).toEqual([
      'Bot: Weather',
      'ID: 1',
      `JID: ${jid}`,
      'Mode: dedicated',
      'Status: active',
      'State: offline',
      'AI: not set up',
      'Telegram: not set up',
      'Description: Tells the weather',
      'Encryption: OMEMO, always',
    ]);
    for (const name of ['/hilfe', '/menu', '/menü']) expect(await type(name)).toBe(await type('/help'));
    expect(await type('/clear')).toContain('To do it: /clear yes');
    expect(await type('/inf')).toContain('Did you mean /info?');
  });

  it('is German where its owner speaks German', async () => {
    const { type, inGerman, jid } = await start();
    await inGerman();

    const hello = (await type('/start')).split('\n').filter((line) => !line.includes('xmpp:'));
    expect(hello).toEqual([
      'Hallo, ich bin Weather.',
      TITLE_RULE,
      'Status: aktiv',
      'KI: nicht eingerichtet',
      'Telegram: nicht eingerichtet',
      RULE,
      'Schnellstart:',
      'So richtest du die KI ein: /ki setup',
      'Alles andere geht an das Programm hinter diesem Bot.',
      RULE,
      'Menüs:',
      '1. /ki [was] - KI-Assistent einrichten und steuern',
      '2. /telegram [was] - Brücke zu Telegram einrichten und steuern',
      '3. /api [Seite] - Anleitung zu HTTP-API und Webhooks',
      'Grundbefehle:',
      '4. /help - Diese Liste zeigen',
      '5. /start - Hallo sagen und diese Liste zeigen',
      '6. /info - Was dieser Bot ist',
      '7. /clear - Vergessen, was du der KI gesagt hast, und dieses Gespräch im Fenster von Botmother löschen',
      '8. /omemo [trust GERÄT | distrust GERÄT] - Die Geräte dieses verschlüsselten Chats zeigen, einem vertrauen oder nicht mehr',
      RULE,
      'Tipp nur die Nummer, folg einem Link oder schreib den Befehl.',
    ]);
    expect((await type('/info')).split('\n')).toEqual([
      'Bot: Weather',
      'ID: 1',
      `JID: ${jid}`,
      'Modus: dedicated',
      'Status: aktiv',
      'Verbindung: offline',
      'KI: nicht eingerichtet',
      'Telegram: nicht eingerichtet',
      'Verschlüsselung: OMEMO, immer',
    ]);
    expect(await type('/omemo trust 5')).toBe('Es gibt kein Gerät 5. Die Liste zeigt die Nummern: /omemo');
    expect(await type('/omemo vertrau 5')).toContain('/omemo [trust GERÄT | distrust GERÄT]');
  });

  it('shows the devices, and lets one be approved', async () => {
    const bot = await start();
    const { type, jid, inGerman } = bot;
    expect(await type('/omemo')).toContain('has no OMEMO device here');
    const own = await withOwnDevice(bot, jid);
    await devicesSeen(bot, jid, { devices: [7] });
    await devicesSeen(bot, jid, { devices: [7, 8] });
    const seen = await keysSeen(bot, jid, { device: 7 });
    await devicesSeen(bot, jid, { devices: [7] });

    expect((await type('/omemo')).split('\n')).toEqual([
      `My device: ${own}`,
      expect.stringMatching(FINGERPRINT),
      '',
      'Device 7: trusted',
      'JID: you@localhost',
      seen,
      '',
      'Device 8: new, its commands wait',
      'JID: you@localhost',
      '(no longer on the device list)',
      'keys not seen yet',
      '',
      'Compare the fingerprints with those that your app shows.',
    ]);
    expect(await type('/omemo trust 8')).toContain('The keys of device 8 were not seen yet');
    await keysSeen(bot, jid, { device: 8 });
    expect(await type('/omemo trust 8')).toBe('Device 8 is trusted.');
    expect(await type('/omemo trust 7', false)).toBe(
      'Devices are approved in an encrypted message only, from a device that you had before.',
    );
    expect(await type('/OMEMO Distrust 7')).toBe(
      'Device 7 is not trusted any more: it hears nothing, and is not heard.',
    );
    expect(await type('/omemo')).toContain('Device 7: not trusted');
    await inGerman();
    expect(await type('/omemo')).toContain('Gerät 7: nicht vertraut');
    expect(await type('/omemo vertrauen 7')).toBe('Gerät 7 ist jetzt vertraut.');
    for (const line of [
      '/omemo trust',
      '/omemo trust x',
      '/omemo 7',
      '/omemo trust 7 8',
      '/omemo constructor 7',
    ])
      expect([line, await type(line)]).toEqual([line, expect.stringContaining('/omemo [trust GERÄT')]);
  });

  it('does nothing while bots are switched off, and notes what it refuses', async () => {
    const { type, services } = await start();

    await type('/omemo trust 5');
    expect((await services.audit.page({ limit: 1 }))[0]).toMatchObject({
      action: 'menu.omemo',
      outcome: 'refused',
      actor: 'you@localhost',
      from: 'chat',
      details: 'omemo.unknown-device',
    });
    await services.store.write((tx) => services.settings.set(tx, 'bot_features_enabled', false, admin));
    expect(await type('/info')).toContain('switched off');
  });
});
