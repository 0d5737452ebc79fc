import { describe, expect, it } from 'vitest';
import { bareJid } from '../../src-shared/jid.ts';
import { accountMaker, aDedicatedBot } from '../support/account-maker.ts';
import { aBot, signIn, type TestEngine, testEngine } from '../support/test-engine.ts';
import { typedChat } from '../support/typed-chat.ts';

const TOKEN = /bm_[0-9a-f]{64}/;
const owner = { actor: 'admin', from: 'test' };

async function start() {
  const engine = await testEngine();
  await signIn(engine);
  return { engine, ...(await typedChat(engine)) };
}

const inGerman = (engine: TestEngine, jid = 'you@localhost') =>
  engine.engine.accounts.setLanguage(bareJid(jid), 'de', owner);
const statusOf = async (engine: TestEngine, token: string) =>
  (await engine.call('GET', '/bot/getMe', { token })).status;
const botsIn = async (engine: TestEngine) =>
  (await engine.call('GET', '/bot/list')).body.bots as { id: number; name: string; status: string }[];
const auditIn = async (engine: TestEngine) =>
  (await engine.engine.audit.page({ limit: 100 })).map(({ action, outcome, details, from }) => ({
    action,
    outcome,
    details,
    from,
  }));

describe('the life of a bot, typed', () => {
  it('shows a dedicated bot with its own address and connection, and the devices of the account', async () => {
    const { engine, type } = await start();
    accountMaker(engine);
    const { jid } = await aDedicatedBot(engine);

    expect(await type('/mybots')).toBe(`Your bots:\n[1] Weather (dedicated, active) — ${jid}`);
    expect(await type('/status')).toContain(
      `[1] Weather (dedicated, active, offline) — ${jid}, waiting updates: 0, webhook: off`,
    );
    expect((await type('/status 1')).split('\n').slice(0, 5)).toEqual([
      'Bot: Weather',
      'ID: 1',
      'Mode: dedicated',
      'Status: active',
      `JID: ${jid}`,
    ]);
    expect(await type('/use 1')).toContain('has an account of its own');
    expect(await type('/omemo')).toContain('botmother account omemo JID on');
    expect(await type('/omemo trust 5')).toContain('no OMEMO device here');
    expect(await type('/omemo trust')).toContain('Usage: /omemo [trust DEVICE');
    await inGerman(engine);
    expect(await type('/mybots')).toBe(`Deine Bots:\n[1] Weather (dedicated, aktiv) — ${jid}`);
    expect(await type('/status')).toContain(`[1] Weather (dedicated, aktiv, offline) — ${jid}, `);
    expect(await type('/omemo')).toContain('Dieses Konto hat hier kein OMEMO-Gerät.');
    expect(await type('/omemo vertrauen 5')).toContain('Dieses Konto hat hier kein OMEMO-Gerät.');
  });

  it('is answered with the labels of the guide, each on its own line', async () => {
    const { engine, type } = await start();
    const url = engine.apiUrl();

    const created = (await type('/newbot WeatherBot')).split('\n');
    const token = TOKEN.exec(created[4] ?? '')?.[0] ?? '';
    expect(created).toEqual([
      'Bot created!',
      'ID: 1',
      'Name: WeatherBot',
      'Mode: personal',
      `Token: ${token}`,
      `API URL: ${url}`,
      'Use the token in the Authorization header:',
      `Authorization: Bearer ${token}`,
      'Scope: self (reads what you write in this chat). Change it with /scope 1.',
    ]);
    expect(await type('/mybots')).toBe('Your bots:\n[1] WeatherBot (personal, active)');
    expect(await type('/showtoken 1')).toBe(`Token for WeatherBot (ID: 1):\n${token}`);

    const replaced = (await type('/token 1')).split('\n');
    expect(replaced).toEqual([
      'New token generated for WeatherBot:',
      expect.stringMatching(TOKEN),
      '(Old token is now invalid)',
    ]);
    expect([await statusOf(engine, token), await statusOf(engine, replaced[1] ?? '')]).toEqual([401, 200]);

    expect(await type('/setdescription 1 Tells the weather')).toBe(
      'Description updated for WeatherBot (ID: 1).',
    );
    expect(await type('/setcommands 1 /weather - Weather report, for today, /time - The time')).toBe(
      'Commands updated for WeatherBot (ID: 1). Commands set: 2\n/weather - Weather report, for today\n/time - The time',
    );
    expect(await type('/scope 1 direct')).toBe(
      'Scope updated for WeatherBot (ID: 1).\nScope: direct (reads this chat and what others write to you)',
    );
    expect((await type('/status 1')).split('\n')).toEqual([
      'Bot: WeatherBot',
      'ID: 1',
      'Mode: personal',
      'Status: active',
      'JID: you@localhost (your own)',
      'Webhook: off',
      'Commands: /weather, /time',
      `API: ${url}`,
      'State: offline',
      'Scope: direct (reads this chat and what others write to you)',
      'Waiting updates: 0',
      'AI: not set up',
      'Telegram: not set up',
      'Description: Tells the weather',
      expect.stringMatching(/^Token: send, read, ai, bridge; last used 20/),
      expect.stringMatching(/^Last active: \d{4}-\d\d-\d\d \d\d:\d\d UTC$/),
    ]);

    expect(await type('/deactivate 1')).toContain('Bot "WeatherBot" (ID: 1) deactivated.');
    expect(await statusOf(engine, replaced[1] ?? '')).toBe(403);
    expect(await type('/mybots')).toContain('[1] WeatherBot (personal, disabled)');
    expect(await type('/deactivate 1')).toContain('already');
    expect(await type('/activate 1')).toBe('Bot "WeatherBot" (ID: 1) activated.');
    expect(await type('/activate 1')).toContain('already');

    expect(await type('/revoke 1')).toContain('Token revoked. Bot "WeatherBot" is now disabled.');
    expect(await statusOf(engine, replaced[1] ?? '')).toBe(401);
    expect(await type('/showtoken 1')).toContain('revoked');
    expect(await type('/activate 1')).toContain('It has no token');
    await type('/deactivate 1');
    expect(await type('/token 1')).toContain('still deactivated');
    expect((await botsIn(engine))[0]?.status).toBe('disabled');

    expect(await type('/deletebot 1')).toMatch(/^Delete bot "WeatherBot" .*\nTo do it: \/deletebot 1 yes$/s);
    expect(await botsIn(engine)).toHaveLength(1);
    expect(await type('/deletebot 1 yes')).toBe('Bot "WeatherBot" (ID: 1) deleted.');
    expect(await botsIn(engine)).toEqual([]);
    // Its id is never used again.
    expect(await type('/newbot Next')).toContain('\nID: 2\n');
  });

  it('is German for an account that speaks German, and English for another at the same time', async () => {
    const { engine, type } = await start();
    await signIn(engine, 'other@localhost');
    const other = await typedChat(engine, 'other@localhost');
    await inGerman(engine);

    expect(await type('/newbot Wetter')).toMatch(
      /^Bot erstellt!\nID: 1\nName: Wetter\nModus: personal\nToken: bm_[0-9a-f]{64}\nAPI URL: /,
    );
    expect(await other.type('/newbot Theirs')).toMatch(/^Bot created!\nID: 2\n/);
    const lines = [
      ['/mybots', '[1] Wetter (personal, aktiv)'],
      ['/showtoken 1', 'Token für Wetter (ID: 1):\nbm_'],
      ['/token 1', 'Neues Token für Wetter:\nbm_'],
      ['/setdescription 1 Sagt das Wetter an', 'Beschreibung aktualisiert für Wetter (ID: 1).'],
      ['/setcommands 1 /wetter Bericht', 'Anzahl Befehle: 1\n/wetter - Bericht'],
      ['/scope 1 all', 'Scope: all (liest diesen Chat'],
      ['/use 1', 'geht jetzt an Wetter (ID: 1)'],
      ['/status', 'Konto: you@localhost (offline)\nBots: 1 von 20, aktiv: 1'],
      ['/status 1', 'Modus: personal\nStatus: aktiv\nJID: you@localhost (deine eigene)'],
      ['/deactivate 1', 'deaktiviert'],
      ['/use 1', 'Bot 1 ist deaktiviert'],
      ['/activate 1', 'aktiviert'],
      ['/revoke 1', 'Token widerrufen'],
      ['/deletebot 1', 'Wenn ja, schreib: /deletebot 1 ja'],
      ['/deletebot 1 ja', 'Bot "Wetter" (ID: 1) gelöscht.'],
      ['/help', 'Befehle:'],
      ['/start', 'Beispiele:'],
      ['/token x', 'Verwendung: /token <ID> [all|'],
      ['/token 9', 'Es gibt keinen Bot mit der ID 9.'],
      ['/hilfe', 'Befehle:'],
      ['/menü', 'Befehle:'],
      ['/tokem 3', 'Meintest du /token?'],
      ['/löschen 3', 'Meintest du /deletebot?'],
    ] as const;
    for (const [line, words] of lines)
      expect([line, await type(line)]).toEqual([line, expect.stringContaining(words)]);
  });
});

describe('a command', () => {
  it.each([
    ['/NEWBOT Weather', 'Name: Weather\n'],
    ['/newbot    Wetter   für  morgen  ', 'Name: Wetter   für  morgen\n'],
    ['/newbot\nWeather', 'Name: Weather\n'],
    ['/MyBots please', 'You have no bots yet'],
    ['/newbot 天気 🌦', 'Name: 天気 🌦\n'],
    ['/newbot 👩‍👩‍👧 مرحبا', 'Name: 👩‍👩‍👧 مرحبا\n'],
    ['/newbot $t(help.title) {{url}} <b>', 'Name: $t(help.title) {{url}} <b>\n'],
    [`/newbot ${'x'.repeat(64)}`, 'Bot created!'],
  ])('is understood as it was meant: %j', async (line, words) => {
    const { type } = await start();

    expect(await type(line)).toContain(words);
  });

  it('takes spaces before its arguments, and says how it is used when words are left over', async () => {
    const { engine, type } = await start();
    const { id } = await aBot(engine);

    expect(await type(`/Deactivate    ${id}   now please`)).toContain('Usage: /deactivate');
    expect(await type(`/Deactivate    ${id} `)).toContain('deactivated');
    expect(await type(`/scope ${id}  ALL`)).toContain('Scope: all');
    expect(await type(`/setdescription  ${id}\n line one\nline two`)).toContain('updated');
    expect(await type(`/status ${id}`)).toContain('Description: line one\nline two');
    expect(await type(`/setdescription ${id} -`)).toContain('updated');
    expect(await type(`/status ${id}`)).not.toContain('Description');
  });

  it.each([
    '/newbot',
    '/token',
    '/token 3abc',
    '/token 1.5',
    '/token -1',
    '/token 0',
    '/token #1',
    '/showtoken x',
    '/revoke',
    '/activate',
    '/deactivate one',
    '/deletebot',
    '/deletebot yes',
    '/setcommands 1',
    '/setdescription 1',
    '/use',
    '/scope 1',
    '/scope 1 everything',
    '/scope self 1',
    '/status x',
  ])('that lacks something gets its usage and an example, and changes nothing: %s', async (line) => {
    const { engine, type } = await start();
    const { id, token } = await aBot(engine);
    const before = (await auditIn(engine)).length;
    const name = line.split(' ')[0];

    const answer = await type(line);

    expect(answer).toMatch(new RegExp(`^Usage: ${name} [<[].*\nExample: ${name} \\S`));
    expect(await statusOf(engine, token)).toBe(200);
    expect((await auditIn(engine)).length).toBe(before);
    expect((await botsIn(engine)).map((bot) => bot.id)).toEqual([id]);
  });

  it.each([
    '/token 1',
    '/showtoken 1',
    '/revoke 1',
    '/activate 1',
    '/deactivate 1',
    '/deletebot 1',
    '/deletebot 1 yes',
    '/setcommands 1 /a - b',
    '/setdescription 1 mine',
    '/use 1',
    '/scope 1 all',
    '/status 1',
  ])('finds no bot of another account, and the attempt is noted: %s', async (line) => {
    const { engine, type } = await start();
    await signIn(engine, 'other@localhost');
    const theirs = await aBot(engine, 'Theirs', 'other@localhost');

    expect(await type(line)).toBe('There is no bot with ID 1.');

    expect(await statusOf(engine, theirs.token)).toBe(200);
    expect((await auditIn(engine))[0]).toEqual({
      action: `command.${line.slice(1).split(' ')[0]}`,
      outcome: 'refused',
      details: 'bot.not-found',
      from: 'chat',
    });
  });

  it('is answered in plain text: a name that looks like markup is shown as it is', async () => {
    const { type, stanzas } = await start();

    expect(await type('/newbot *Weather*')).toContain('\nName: *Weather*\n');
    expect((await stanzas()).map((stanza) => stanza.getChild('unstyled', 'urn:xmpp:styling:0'))).toEqual([
      expect.anything(),
    ]);
  });

  it('shows no token while token_display is off, except a new one', async () => {
    const { engine, type } = await start();
    const { id, token } = await aBot(engine);
    await engine.call('PUT', '/api/v1/settings/token_display', { body: { value: false } });

    const answer = await type(`/showtoken ${id}`);
    expect(answer).toContain('token_display');
    expect(answer).not.toContain(token);
    expect((await auditIn(engine))[0]).toMatchObject({ action: 'command.showtoken', outcome: 'refused' });
    expect(await type(`/token ${id}`)).toMatch(TOKEN);
  });

  it('can say every name that a bot can have', async () => {
    const { engine, type } = await start();
    const create = (name: string) =>
      engine.call('POST', '/bot/create', { body: { name, account: 'you@localhost' } });

    expect((await create('a\uFFFEb')).status).toBe(400);
    expect((await create('a\uFFFFb')).status).toBe(400);
    expect((await create('ع\u202Eb \u{10FFFD}')).status).toBe(200);
    expect(await type('/mybots')).toBe('Your bots:\n[1] ع\u202Eb \u{10FFFD} (personal, active)');
  });

  it('that changes something is noted with who typed it, without its text', async () => {
    const { engine, type } = await start();
    await aBot(engine);
    for (const line of ['/token 1', '/showtoken 1', '/setdescription 1 secret words', '/revoke 1'])
      await type(line);

    const rows = await engine.engine.audit.page({ limit: 100 });
    const typed = rows.filter(({ from }) => from === 'chat');
    expect(typed.map(({ action }) => action)).toEqual([
      'bot.deactivate',
      'bot.revoke',
      'bot.description',
      'bot.token-shown',
      'bot.token',
      'bot.create',
    ]);
    expect(typed.every(({ actor, botId }) => actor === 'you@localhost' && botId === 1)).toBe(true);
    expect(JSON.stringify(rows)).not.toMatch(/secret words|bm_/);
  });

  it('makes at most 20 bots for one owner', async () => {
    const { engine, type } = await start();
    for (let i = 1; i <= 20; i += 1) expect(await type(`/newbot Bot ${i}`)).toContain(`ID: ${i}\n`);

    expect(await type('/newbot One more')).toContain('20 bots already');
    expect(await type('/status')).toContain('Bots: 20 of 20, active: 20');
    await inGerman(engine);
    expect(await type('/newbot Noch einer')).toContain('hat schon 20 Bots');
  });

  it('that nobody knows gets one line with /help and what was probably meant', async () => {
    const { type } = await start();

    expect(await type('/staus')).toBe('/staus is not a command here. Did you mean /status? See /help.');
    expect(await type('/frobnicate')).toBe('/frobnicate is not a command here. See /help.');
    expect(await type(`/${'x'.repeat(5_000)}`)).toMatch(/^\/x{40} is not a command here\. See \/help\.$/);
  });
});
