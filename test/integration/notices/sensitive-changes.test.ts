import { parse } from 'ltx';
import { expect, it } from 'vitest';
import type { PeerDevice } from '../../../src-main/store/omemo-peer-repository.ts';
import { ownerNoticeRepository } from '../../../src-main/store/owner-notice-repository.ts';
import { bareJid } from '../../../src-shared/jid.ts';
import { signIn, type TestEngine, testEngine } from '../../support/test-engine.ts';

const YOU = bareJid('you@localhost');
const from = 'HTTP, 192.0.2.7';
const web = { actor: 'admin', from: '192.0.2.7' };
const chat = { actor: YOU, from: 'chat' };

async function start(language: 'en' | 'de' = 'en') {
  const engine = await testEngine();
  await signIn(engine);
  await engine.engine.accounts.setLanguage(YOU, language, chat);
  return { ...engine, told: () => told(engine) };
}

/** What the account was told in its chat, oldest first. */
async function told({ engine }: Pick<TestEngine, 'engine'>): Promise<string[]> {
  const { id } = await engine.accounts.known(YOU);
  return (await engine.outbox.waiting(id, 0, 100)).map(
    ({ stanza }) => parse(stanza).getChildText('body') ?? '',
  );
}

const create = ({ engine }: Pick<TestEngine, 'engine'>, name: string, caller = web) =>
  engine.store.write((tx) => engine.bots.create(tx, { name, owner: YOU, mode: 'personal' }, caller));

const aDevice = (trust: PeerDevice['trust']): PeerDevice => ({
  jid: YOU,
  deviceId: 27,
  trust,
  identityKey: new Uint8Array(32).fill(10),
  versions: ['omemo2'],
  label: undefined,
  firstSeen: 0,
  lastSeen: undefined,
  repairedAt: undefined,
  repairs: 0,
  otherKey: undefined,
  decidedAt: undefined,
});

it.each([
  ['en', 'New bots that speak to you or for you. It was not you'],
  ['de', 'Neue Bots, die mit dir oder für dich sprechen. Das warst nicht du'],
] as const)(
  'a bot that was made elsewhere is told its owner, many in few notices (%s)',
  async (language, words) => {
    const rig = await start(language);

    for (const name of ['One', 'Two', 'Three']) await create(rig, name);
    await create(rig, 'Mine', chat);

    const [notice, ...others] = await rig.told();
    expect(notice).toContain(words);
    expect(notice?.split('\n')[1]).toBe('One (ID: 1)');
    expect(notice).toContain(from);
    expect(others).toEqual([]);
    const { store } = rig.engine;
    const stored = await store.read.selectFrom('owner_notice').selectAll().execute();
    expect(stored).toMatchObject([{ kind: 'bot-created', bot_id: null }]);
    expect(String(stored[0]?.held_sealed)).not.toContain('Two');
    const [held] = await ownerNoticeRepository(store, rig.box).held();
    expect(JSON.parse(held?.held ?? '[]')).toEqual([
      {
        bots: { 'Two (ID: 2)': '', 'Three (ID: 3)': '' },
        from,
      },
    ]);
  },
);

it.each([
  ['en', 'Settings of this installation were changed. It was not you'],
  ['de', 'Einstellungen dieser Installation wurden geändert. Das warst nicht du'],
] as const)(
  'settings changed elsewhere are told the operator in one notice (%s)',
  async (language, words) => {
    const rig = await start(language);

    await rig.engine.changeSettings(
      {
        admin_auth: 'required',
        webhook_allow_private: 'nas.lan',
        telegram_api_root: 'https://bots.example',
        ejabberd_api_url: 'https://server.example/secret-path',
        ejabberd_admin_jid: 'admin@server.example',
        ejabberd_admin_password: 'hidden',
        // As it was, and what anybody may know.
        token_display: true,
        rate_limit_ip: 40,
      },
      web,
    );
    await rig.engine.changeSettings({ chat_admin: 'off' }, chat);

    const [notice, ...others] = await rig.told();
    const [title, ...lines] = notice?.split('\n') ?? [];
    expect(title).toContain(words);
    expect(title).toContain(from);
    expect(lines.slice(0, -1).sort()).toEqual([
      'admin_auth: required',
      'ejabberd_admin_jid: admin@server.example',
      'ejabberd_admin_password: ********',
      'ejabberd_api_url: https://server.example',
      'telegram_api_root: https://bots.example',
      'webhook_allow_private: nas.lan',
    ]);
    expect(others).toEqual([]);
  },
);

it('settings that are refused are told nobody', async () => {
  const rig = await start();

  await expect(rig.engine.changeSettings({ admin_auth: 'no' }, web)).rejects.toThrow();

  expect(await rig.told()).toEqual([]);
});

it.each([
  ['en', 'trusted', 'are trusted now in the chats of you@localhost'],
  ['en', 'distrusted', 'are no longer trusted in the chats of you@localhost'],
  ['de', 'trusted', 'wird in den Chats von you@localhost jetzt vertraut'],
  ['de', 'distrusted', 'wird in den Chats von you@localhost nicht mehr vertraut'],
] as const)(
  'a device that was decided on elsewhere is told its owner (%s, %s)',
  async (language, trust, words) => {
    const rig = await start(language);
    const { store, omemo, accounts, omemoDevices } = rig.engine;
    const account = await accounts.known(YOU);
    const device = aDevice(trust === 'trusted' ? 'new' : 'trusted');
    await store.write((tx) => omemo.peers.saveDevice(tx, account.id, device));
    const decide = (caller: typeof web) =>
      store.write((tx) => omemoDevices.setTrust(tx, account, { deviceId: device.deviceId, trust }, caller));

    await decide(web);
    // It is so already; and what is typed in chat is answered there.
    await decide(web);
    await store.write((tx) => omemo.peers.saveDevice(tx, account.id, { ...device, deviceId: 28 }));
    await store.write((tx) => omemoDevices.setTrust(tx, account, { deviceId: 28, trust }, chat));

    const [notice, ...others] = await rig.told();
    expect(notice).toContain(words);
    expect(notice).toContain(from);
    expect(notice).toContain('\nyou@localhost 27: 0a0a0a0a 0a0a0a0a');
    expect(others).toEqual([]);
  },
);
