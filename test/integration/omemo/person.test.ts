import { parse } from 'ltx';
import { expect, it } from 'vitest';
import { xml } from '../../../src-main/gateways/xmpp/element.ts';
import { updateRepository } from '../../../src-main/store/update-repository.ts';
import { bareJid } from '../../../src-shared/jid.ts';
import { personRig, YOU } from '../../support/scripted/person-rig.ts';
import { until } from '../../support/until.ts';

const CALLER = { actor: 'test', from: 'test' };
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

it('quotes nothing in clear that was encrypted, neither of the other side nor of its own', async () => {
  const rig = await personRig();
  const { engine, server, box } = rig;
  const friend = rig.device(FRIEND);
  await rig.start();
  const { bot } = await engine.store.write((tx) =>
    engine.bots.create(tx, { name: 'Clerk', owner: YOU, mode: 'personal' }, CALLER),
  );
  await engine.store.write(async (tx) => {
    await engine.botSettings.set(tx, bot, 'scope', 'direct', CALLER);
    await engine.botSettings.set(tx, bot, 'encrypted', true, CALLER);
  });
  const send = async (text: string, replyTo?: string) => {
    const id = await engine.outgoing.messages.send(bot, { to: FRIEND, text, replyTo });
    return until('it to leave', () => server.sent.find(({ stanza }) => stanza.includes(id))?.stanza);
  };
  const stanzaIdOf = async (body: string) => {
    const page = await updateRepository(engine.store, box).page(bot.id, { after: 0, limit: 10 });
    const data = page.map((row) => JSON.parse(row.data) as { body: string; stanza_id: string });
    return data.find((one) => one.body === body)?.stanza_id;
  };

  await friend.say('the code is tulip', 'f1');
  const asked = await until('the update', () => stanzaIdOf('the code is tulip'));
  const sealed = await send('thanks', asked);
  expect(await friend.read(sealed)).toBe('> the code is tulip\nthanks');
  const own = /id="(.+?)"/.exec(sealed)?.[1];

  const written = `<message xmlns='jabber:client' from='${YOU}/phone' to='${FRIEND}' id='p1' type='chat'><body>in clear</body></message>`;
  server.deliver(
    YOU,
    parse(
      `<message from='${YOU}' to='${YOU}/engine'><sent xmlns='urn:xmpp:carbons:2'><forwarded xmlns='urn:xmpp:forward:0'>${written}</forwarded></sent></message>`,
    ),
  );
  await until('it to be handled', () => server.isAllHandled(YOU));

  for (const [id, text] of [
    [asked, 'tulip'],
    [own, 'thanks'],
  ] as const) {
    const open = await send('what do you mean?', id);
    expect(open).toContain('<body>what do you mean?</body>');
    expect(open).toContain('urn:xmpp:reply:0');
    expect(open).not.toContain(text);
  }
  // What was in clear is quoted in clear.
  server.deliver(
    YOU,
    xml('message', { from: `${FRIEND}/x`, to: YOU, id: 'f3', type: 'chat' }, xml('body', {}, 'all in clear')),
  );
  const plain = await until('the update', () => stanzaIdOf('all in clear'));
  expect(await send('indeed', plain)).toContain('&gt; all in clear');
});
