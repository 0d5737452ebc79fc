import { describe, expect, it } from 'vitest';
import { systemClock } from '../../../../src-main/base/clock.ts';
import { silentLogger } from '../../../../src-main/base/logger.ts';
import { probeLogin } from '../../../../src-main/gateways/xmpp/probe-login.ts';
import { bareJid } from '../../../../src-shared/jid.ts';
import { ScriptedPeer } from '../../../support/scripted-peer.ts';
import { type Certificates, makeCertificates } from '../../../support/xmpp-certificates.ts';

const EXPIRED: [string, string] = ['200101000000Z', '200102000000Z'];
const good = makeCertificates();
const selfSigned = makeCertificates('localhost', { isSelfSigned: true });
const foreign = makeCertificates('other.example');
const foreignSelfSigned = makeCertificates('other.example', { isSelfSigned: true });
const expired = makeCertificates('localhost', { validity: EXPIRED });
const expiredSelfSigned = makeCertificates('localhost', { validity: EXPIRED, isSelfSigned: true });

/** Signs in to a server with that certificate; resolves with 'in' or with the kind and words of the refusal. */
async function signIn(server: Certificates, ca: string | undefined, scheme: string): Promise<string> {
  const peer = await ScriptedPeer.listen(server);
  const service = `${scheme}://127.0.0.1:${peer.port}`;
  const config = { jid: bareJid('bot@localhost'), password: () => 'secret', service, ca };
  const script = async () => {
    const stream = await peer.connection();
    if (scheme === 'xmpp') await stream.secure();
    else await stream.startTls();
    await stream.authenticate();
    await stream.offer('');
    await stream.expect('stream:stream').catch(() => undefined);
  };
  script().catch(() => undefined);
  try {
    return await probeLogin(config, { clock: systemClock, logger: silentLogger }).then(
      () => 'in',
      ({ kind, message }) => `${kind}: ${message.replace(service.replace(/^\w+:\/\//, ''), 'PLACE')}`,
    );
  } finally {
    await peer.close();
  }
}

const UNTRUSTED =
  'insecure: The certificate of PLACE is signed by nobody that is trusted here. If the server has its own authority, give its CA certificate.';
const WRONG_NAME = 'insecure: The certificate of PLACE is for another name than localhost.';
const TOO_OLD = 'insecure: The certificate of PLACE has expired. Renew it on the server.';
const UNREADABLE = 'config: The CA file is not a certificate in PEM form.';

describe.each(['xmpp', 'xmpps'])('with %s', (scheme) => {
  it.each<[string, Certificates, string | undefined, string]>([
    ['takes a certificate of the right CA', good, good.ca, 'in'],
    ['takes one CA out of several', good, foreign.ca + good.ca, 'in'],
    ['refuses a certificate of another CA', good, foreign.ca, UNTRUSTED],
    ['refuses a certificate of a CA that nobody gave', good, undefined, UNTRUSTED],
    ['refuses an expired certificate', expired, expired.ca, TOO_OLD],
    ['refuses a certificate for another name', foreign, foreign.ca, WRONG_NAME],
    ['takes a self-signed certificate that is pinned', selfSigned, selfSigned.cert, 'in'],
    ['refuses a self-signed certificate that is not', selfSigned, undefined, UNTRUSTED],
    ['refuses a self-signed certificate where another is pinned', selfSigned, foreign.cert, UNTRUSTED],
    ['takes a pinned certificate whose CA is not known', good, good.cert, 'in'],
    ['takes a pinned certificate for another name', foreign, foreign.cert, 'in'],
    ['takes a pinned self-signed one for another name', foreignSelfSigned, foreignSelfSigned.cert, 'in'],
    ['refuses a pinned certificate that has expired', expired, expired.cert, TOO_OLD],
    ['refuses an expired self-signed one, too', expiredSelfSigned, expiredSelfSigned.cert, TOO_OLD],
  ])('%s', async (_, server, ca, outcome) => {
    expect(await signIn(server, ca, scheme)).toBe(outcome);
  });
});

it.each([
  ['without a certificate', 'hello'],
  ['with a key in it', good.key],
  ['with a broken certificate', good.ca.replace(/MII/, '!!!')],
  ['cut off', good.ca.slice(0, 200)],
  ['whose second certificate is broken', good.ca + foreign.ca.replace(/\n[^-]{20}/, '\n')],
])('says that a CA file %s cannot be read', async (_, ca) => {
  expect(await signIn(good, ca, 'xmpp')).toBe(UNREADABLE);
});
