import { expect, it } from 'vitest';
import { encryptedIn } from '../../../src-main/gateways/omemo/encrypted-element.ts';
import { xml } from '../../../src-main/gateways/xmpp/element.ts';
import { bareJid } from '../../../src-shared/jid.ts';
import { omemoRig } from '../../support/scripted/omemo-rig.ts';
import { membersOf } from '../../support/scripted/room-of-fifty.ts';

it('encrypts a message to a room of fifty once for all of them', async () => {
  const { engine, account, server } = await omemoRig();
  const members = await membersOf(server, 50);
  const silent = bareJid('silent@localhost');
  await Promise.all(members.map(({ jid }) => engine.omemo.prepare(account, jid)));
  const room = bareJid('tea@conference.localhost');
  const stanza = xml('message', { to: room, type: 'groupchat', id: 'm1' }, xml('body', {}, 'hello all'));

  const { stanza: sealed, reached } = await engine.store.write((tx) =>
    engine.omemo.seal(tx, account, room, stanza, [...members.map(({ jid }) => jid), silent]),
  );

  const messages = encryptedIn(sealed);
  expect(messages.map(({ version }) => version).sort()).toEqual(['legacy', 'omemo2']);
  for (const { payload } of messages) expect(payload).toBeDefined();
  expect(members.filter(({ device }) => device.isMeant(sealed.toString()))).toHaveLength(50);
  expect(new Set(reached.map(({ jid }) => jid))).toEqual(new Set(members.map(({ jid }) => jid)));
  expect(sealed.toString()).not.toContain('hello all');
});

it('refuses what no member of a room could read', async () => {
  const { engine, account } = await omemoRig();
  const room = bareJid('tea@conference.localhost');
  const stanza = xml('message', { to: room, type: 'groupchat' }, xml('body', {}, 'hello'));
  const sealing = engine.store.write((tx) => engine.omemo.seal(tx, account, room, stanza, [account.jid]));

  await expect(sealing).rejects.toMatchObject({ code: 'omemo.no-device-in-room' });
});
