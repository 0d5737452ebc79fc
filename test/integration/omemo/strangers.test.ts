import { expect, it } from 'vitest';
import { STRANGERS_KEPT } from '../../../src-main/engine/messages/conversations.ts';
import { STRANGERS } from '../../../src-main/engine/messages/message-secrets.ts';
import { omemo2Backend } from '../../../src-main/gateways/omemo/omemo2/omemo2-backend.ts';
import { xml } from '../../../src-main/gateways/xmpp/element.ts';
import { accountRepository } from '../../../src-main/store/account-repository.ts';
import { LOCAL_TENANT } from '../../../src-shared/ids.ts';
import { bareJid } from '../../../src-shared/jid.ts';
import { omemoRig } from '../../support/scripted/omemo-rig.ts';
import { personRig, YOU } from '../../support/scripted/person-rig.ts';
import { scriptedDevice } from '../../support/scripted/scripted-device.ts';
import { until } from '../../support/until.ts';

const ME = 'me@localhost';
const STRANGER = 'stranger@localhost';

it('shows a person what a stranger writes encrypted, who learns nothing of it', async () => {
  const rig = await omemoRig();
  const { engine, server, box, asked, clock } = rig;
  const rows = accountRepository(engine.store, box, LOCAL_TENANT);
  const id = await engine.store.write((tx) =>
    rows.insert(tx, {
      jid: bareJid(ME),
      password: 'secret',
      service: undefined,
      ca: undefined,
      isOperator: false,
      hasOmemo: true,
      createdAt: clock.now(),
    }),
  );
  const account = await engine.accounts.known(bareJid(ME));
  engine.events.emit('account.added', { accountId: id, jid: bareJid(ME) });
  await until('the person to be online', () => engine.sessions.stateOf(bareJid(ME)) === 'online');
  await engine.omemo.published(id);
  const stranger = scriptedDevice(server, omemo2Backend(), { jid: STRANGER, bot: ME });
  const before = asked.length;

  await stranger.say('buy', 'm1');
  // From a device that nobody has heard of.
  const broken = await stranger.write('buy more', 'm2');
  broken.getChild('encrypted')?.getChild('header')?.attr('sid', '77');
  server.deliver(ME, broken);
  await until('both to be handled', () => server.isAllHandled(ME));
  clock.advance(60_000);
  await engine.store.write(async () => undefined);

  const shown = () => engine.store.read.selectFrom('chat_message').select('encrypted').execute();
  await until('both to be shown', async () => (await shown()).length === 2);
  expect(await shown()).toEqual([{ encrypted: 1 }, { encrypted: 1 }]);
  const askedOf = () => asked.slice(before).filter((one) => one.endsWith(`of ${STRANGER}`));
  expect(askedOf()).toEqual([]);
  expect(server.sent.filter(({ to }) => to === STRANGER)).toEqual([]);

  // To whom the person has written, it answers.
  await engine.omemo.prepare(account, bareJid(STRANGER));
  await stranger.say('thanks', 'm3');
  await until('the message to be read', async () => (await shown()).length === 3);
  expect(askedOf()).not.toEqual([]);
});

it('remembers only so many strangers who wrote encrypted, and forgets nobody for them it has to do with', async () => {
  const rig = await personRig();
  const { engine, server, account, box, dataDir } = rig;
  const friend = bareJid('friend@localhost');
  rig.device(friend);
  await rig.start();
  await engine.omemo.prepare(account, friend);
  let written = 0;
  const handled = () => until('all to be handled', () => server.isAllHandled(YOU));
  const write = (from: string) => {
    written += 1;
    const encrypted = xml(
      'encrypted',
      { xmlns: 'eu.siacs.conversations.axolotl' },
      xml('header', { sid: '1' }, xml('iv', {}, 'AAAAAAAAAAAAAAAA')),
      xml('payload', {}, 'AAAA'),
    );
    const attributes = { from: `${from}/x`, to: YOU, id: `s${written}`, type: 'chat' };
    server.deliver(YOU, xml('message', attributes, encrypted));
  };
  const strangers = Array.from({ length: STRANGERS_KEPT + 2 }, (_, at) => `stranger${at}@localhost`);

  for (const first of [friend, ...strangers.slice(0, 2)]) {
    write(first);
    await handled();
    rig.clock.advance(1_000);
  }
  for (const stranger of strangers.slice(2)) write(stranger);
  await handled();

  // Who comes in a flood is not listened to, and leaves nothing in the window.
  const inWindow = async () => {
    const chats = engine.store.read.selectFrom('chat').select('jid').where('jid', 'like', 'stranger%');
    return (await chats.execute()).length;
  };
  await until('those who are listened to', async () => (await inWindow()) >= STRANGERS.depth);
  const kept = () => engine.omemo.peers.encryptedConversations();
  const nameOf = (jid: string) => `${account.id}/${jid}`;
  expect((await kept()).sort()).toEqual([friend, ...strangers.slice(2)].map(nameOf).sort());
  // In memory as in the database: what is said to the first of them goes in clear, as to somebody unknown.
  expect(await rig.put(bareJid('stranger0@localhost'), 'hello')).toContain('hello');
  await expect(rig.put(bareJid('stranger2@localhost'), 'hello')).rejects.toMatchObject({
    code: 'omemo.no-device',
  });
  expect(await inWindow()).toBe(STRANGERS.depth);
  await rig.stop();
  const again = await personRig({ server, dataDir, box });
  expect((await again.engine.omemo.peers.encryptedConversations()).length).toBe(STRANGERS_KEPT + 1);
});
