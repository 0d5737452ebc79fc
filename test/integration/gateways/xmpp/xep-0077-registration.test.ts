import { describe, expect, it, onTestFinished } from 'vitest';
import { systemClock } from '../../../../src-main/base/clock.ts';
import { inBandAccounts } from '../../../../src-main/engine/provisioning/in-band-accounts.ts';
import { bareJid } from '../../../../src-shared/jid.ts';
import { type PeerStream, ScriptedPeer } from '../../../support/scripted-peer.ts';

const FEATURE = "<register xmlns='http://jabber.org/features/iq-register'/>";
const MECHANISMS =
  "<mechanisms xmlns='urn:ietf:params:xml:ns:xmpp-sasl'><mechanism>PLAIN</mechanism></mechanisms>";
const JID = bareJid('bot@localhost');

const query = (children: string) => `<query xmlns='jabber:iq:register'>${children}</query>`;
const error = (type: string, condition: string) =>
  `<error type='${type}'><${condition} xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'/></error>`;

/** A server that answers questions for registration in that order, each stream from the beginning of `answers`. */
async function registering(answers: readonly string[], offer = FEATURE) {
  const peer = await ScriptedPeer.listen();
  onTestFinished(() => peer.close());
  const talk = async (stream: PeerStream) => {
    await stream.secure();
    await stream.offer(offer);
    for (const answer of answers) {
      const { id } = (await stream.expect('iq')).attrs;
      const type = answer.startsWith('<error') ? 'error' : 'result';
      stream.send(`<iq type='${type}' id='${id}'>${answer}</iq>`);
    }
  };
  void peer
    .connection()
    .then(talk)
    .catch(() => undefined);
  return accountsOn(peer);
}

function accountsOn(peer: ScriptedPeer) {
  const accounts = inBandAccounts({
    host: 'localhost',
    service: `xmpp://127.0.0.1:${peer.port}`,
    ca: peer.certificates.ca,
    resource: 'r',
    clock: systemClock,
  });
  onTestFinished(() => accounts.close());
  return accounts;
}

/** Lets the account in and resolves when it is about to end itself. */
async function letIn(peer: ScriptedPeer): Promise<PeerStream> {
  const stream = await peer.connection();
  await stream.secure();
  await stream.authenticate();
  await stream.bind({ hasSm: false });
  return stream;
}

async function refuse(peer: ScriptedPeer): Promise<void> {
  const stream = await peer.connection();
  await stream.secure();
  await stream.offer(MECHANISMS);
  await stream.expect('auth');
  stream.send("<failure xmlns='urn:ietf:params:xml:ns:xmpp-sasl'><not-authorized/></failure>");
}

const SIMPLE = query('<instructions>hello</instructions><username/><password/>');
const CAPTCHA = query(
  `<x xmlns='jabber:x:data' type='form'><field var='FORM_TYPE' type='hidden'><value>urn:xmpp:captcha</value></field>
   <field var='username'><required/></field><field var='password'><required/></field>
   <field var='ocr\u200F'><required/></field></x>`,
);

describe('in-band registration', () => {
  it.each([
    ['nobody is let in', [], MECHANISMS, 'provisioning.no-registration', 'does not offer it'],
    ['there is a picture to read', [CAPTCHA], FEATURE, 'provisioning.no-registration', 'password: ocr.'],
    [
      'an e-mail address is asked',
      [query('<username/><password/><email/>')],
      FEATURE,
      'provisioning.no-registration',
      'email',
    ],
    [
      'it is done on a page',
      [query('<instructions>visit</instructions>')],
      FEATURE,
      'provisioning.no-registration',
      'web page',
    ],
    [
      'the question is refused',
      [error('cancel', 'not-allowed')],
      FEATURE,
      'provisioning.no-registration',
      'refuses it',
    ],
    [
      'it was too fast',
      [SIMPLE, error('wait', 'resource-constraint')],
      FEATURE,
      'provisioning.too-fast',
      'Try again later',
    ],
    [
      'this machine may not',
      [SIMPLE, error('auth', 'forbidden')],
      FEATURE,
      'provisioning.no-registration',
      'does not allow it',
    ],
    [
      'the password is too weak',
      [SIMPLE, error('modify', 'not-acceptable')],
      FEATURE,
      'provisioning.failed',
      'not-acceptable',
    ],
  ] as const)('says so when %s', async (_name, answers, offer, code, words) => {
    const accounts = await registering(answers, offer);

    const made = accounts.create('bot', 'pw');

    await expect(made).rejects.toMatchObject({ code, message: expect.stringContaining(words) });
  });

  it('tells a name that is taken from one that was made', async () => {
    expect(await (await registering([SIMPLE, error('cancel', 'conflict')])).create('bot', 'pw')).toBe(
      'taken',
    );
    expect(await (await registering([SIMPLE, ''])).create('bot', 'pw')).toBe('created');
  });
});

describe('the end of an account', () => {
  it('is believed when the session goes before the answer and the next sign-in is refused', async () => {
    const peer = await ScriptedPeer.listen();
    onTestFinished(() => peer.close());
    const removed = accountsOn(peer).remove(JID, 'pw');

    const stream = await letIn(peer);
    const request = await stream.expect('iq');
    expect(request.getChild('query', 'jabber:iq:register')?.getChild('remove')).toBeDefined();
    stream.cut();
    await refuse(peer);

    await removed;
  });

  it('is not believed when the account can still sign in', async () => {
    const peer = await ScriptedPeer.listen();
    onTestFinished(() => peer.close());
    const removed = accountsOn(peer).remove(JID, 'pw');
    removed.catch(() => undefined);

    const stream = await letIn(peer);
    await stream.expect('iq');
    stream.cut();
    await letIn(peer);

    await expect(removed).rejects.toMatchObject({ code: 'provisioning.unreachable' });
  });
});
