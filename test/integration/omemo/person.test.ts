import { parse } from 'ltx';
import { expect, it } from 'vitest';
import { xml } from '../../../src-main/gateways/xmpp/element.ts';
import { bareJid } from '../../../src-shared/jid.ts';
import { personRig, YOU } from '../../support/scripted/person-rig.ts';
import { until } from '../../support/until.ts';

const FRIEND = bareJid('friend@localhost');

/** A person's account with a device of its own here, another one elsewhere, and a friend. */
async function person() {
  const rig = await personRig();
  const [phone, friend] = [rig.device(), rig.device(FRIEND)];
  await rig.start();
  return { ...rig, phone, friend };
}

it('encrypts for itself in its own chat, and for a friend only once their conversation is', async () => {
  const { put, phone, friend, server, engine, account } = await person();

  const own = await put(YOU, 'note to self');
  expect(own).not.toContain('note to self');
  expect(await phone.read(own)).toBe('note to self');

  expect(await put(FRIEND, 'in clear')).toContain('in clear');

  await friend.say('from here on', 'f1');
  await until('it to be known', async () => (await put(FRIEND, 'secret')).includes('<encrypted'));
  const secret = await put(FRIEND, 'for both');
  expect(secret).not.toContain('for both');
  // What is said from here shows on the person's other devices too.
  expect(await friend.read(secret)).toBe('for both');
  expect(await phone.read(secret)).toBe('for both');

  // It does not fall back by itself, nor because the other side forgets to encrypt.
  server.deliver(
    YOU,
    xml('message', { from: `${FRIEND}/x`, to: YOU, id: 'f2', type: 'chat' }, xml('body', {}, 'oops')),
  );
  await until('it to be handled', () => server.isAllHandled(YOU));
  expect(await put(FRIEND, 'still secret')).not.toContain('still secret');

  // Who wrote in clear from another client has decided.
  const written = `<message xmlns='jabber:client' from='${YOU}/phone' to='${FRIEND}' id='p1' type='chat'><body>in clear</body></message>`;
  const carbon = `<message from='${YOU}' to='${YOU}/engine'><sent xmlns='urn:xmpp:carbons:2'><forwarded xmlns='urn:xmpp:forward:0'>${written}</forwarded></sent></message>`;
  server.deliver(YOU, parse(carbon));
  await until('it to be handled', () => server.isAllHandled(YOU));
  expect(await put(FRIEND, 'in clear again')).toContain('in clear again');
  expect(await engine.omemo.devices.all(account.id, FRIEND)).toMatchObject([{ trust: 'trusted' }]);
});
