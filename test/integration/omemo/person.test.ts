import { randomBytes } from 'node:crypto';
import { parse } from 'ltx';
import { expect, it, onTestFinished } from 'vitest';
import { secretBox } from '../../../src-main/base/secret-box.ts';
import { composeChat } from '../../../src-main/engine/messages/compose.ts';
import { omemo2Backend } from '../../../src-main/gateways/omemo/omemo2/omemo2-backend.ts';
import { xml } from '../../../src-main/gateways/xmpp/element.ts';
import { accountRepository } from '../../../src-main/store/account-repository.ts';
import { LOCAL_TENANT } from '../../../src-shared/ids.ts';
import { bareJid } from '../../../src-shared/jid.ts';
import { scriptedEngine } from '../../support/scripted/scripted-bot.ts';
import { scriptedDevice } from '../../support/scripted/scripted-device.ts';
import { ScriptedServer } from '../../support/scripted/scripted-server.ts';
import { testFolder } from '../../support/test-folder.ts';
import { until } from '../../support/until.ts';

const YOU = bareJid('you@localhost');
const FRIEND = bareJid('friend@localhost');

/** A person's account with a device of its own here, another one elsewhere, and a friend. */
async function person() {
  const server = new ScriptedServer();
  const of = (jid: string) => scriptedDevice(server, omemo2Backend(), { jid, bot: YOU });
  const [phone, friend] = [of(YOU), of(FRIEND)];
  const box = secretBox(randomBytes(32));
  const line = {
    connect: (jid: string, deliver: (stanza: string) => Promise<void>) => server.connect(jid, deliver),
    disconnect: (jid: string) => server.disconnect(jid),
    request: async (jid: string, iq: string) => server.answer(jid, iq),
    send: async (jid: string, stanza: string) => server.take(jid, stanza),
  };
  const engine = await scriptedEngine({ dataDir: testFolder(), box, line });
  onTestFinished(() => engine.stop());
  await engine.store.write((tx) =>
    accountRepository(engine.store, box, LOCAL_TENANT).insert(tx, {
      jid: YOU,
      password: 'x',
      service: undefined,
      ca: undefined,
      isOperator: true,
      hasOmemo: true,
      createdAt: Date.now() - 1_000,
    }),
  );
  const account = await engine.accounts.known(YOU);
  await engine.start();
  await until('the session', () => engine.sessions.stateOf(YOU) === 'online');
  await engine.omemo.published(account.id);
  /** The stanza as it waits to be sent, or was. */
  const put = async (to: typeof YOU, text: string): Promise<string> => {
    await engine.post.prepare(account, to);
    const message = composeChat(YOU, to, text);
    await engine.store.write((tx) => engine.post.put(tx, { account, botId: null }, message));
    return until('it to leave', () => server.sent.find(({ stanza }) => stanza.includes(message.id))?.stanza);
  };
  return { server, phone, friend, engine, account, put };
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
