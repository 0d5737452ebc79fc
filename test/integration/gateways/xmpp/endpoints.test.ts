import net from 'node:net';
import { describe, expect, it } from 'vitest';
import { systemClock } from '../../../../src-main/base/clock.ts';
import { silentLogger } from '../../../../src-main/base/logger.ts';
import { Scope } from '../../../../src-main/base/scope.ts';
import { ATTEMPT_TIMEOUT_MS, signIn } from '../../../../src-main/gateways/xmpp/connection.ts';
import { probeLogin } from '../../../../src-main/gateways/xmpp/probe-login.ts';
import { bareJid } from '../../../../src-shared/jid.ts';
import { ManualClock } from '../../../support/manual-clock.ts';
import { ScriptedPeer } from '../../../support/scripted-peer.ts';
import { makeCertificates } from '../../../support/xmpp-certificates.ts';

const DOMAIN = 'chat.example';
const good = makeCertificates(DOMAIN);
const foreign = makeCertificates('other.example');
const NS_SASL = 'urn:ietf:params:xml:ns:xmpp-sasl';

const listening = (server: net.Server) =>
  new Promise<number>((resolve) => {
    server.listen(0, '127.0.0.1', () => resolve((server.address() as net.AddressInfo).port));
  });

/** Signs in to the first of the ports, in that order, that lets us in; resolves with 'in' or the words of the refusal. */
function probe(ports: readonly number[]): Promise<string> {
  const records = ports.map((port, priority) => ({ name: '127.0.0.1', port, priority, weight: 1 }));
  const resolveSrv = async (name: string) => (name === `_xmpp-client._tcp.${DOMAIN}` ? records : []);
  const config = { jid: bareJid(`bot@${DOMAIN}`), password: () => 'secret', service: undefined, ca: good.ca };
  return probeLogin(config, { clock: systemClock, logger: silentLogger, resolveSrv }).then(
    () => 'in',
    ({ kind, message }) => `${kind}: ${message}`,
  );
}

/** Lets in whoever connects. */
async function letIn(peer: ScriptedPeer): Promise<void> {
  const stream = await peer.connection();
  await stream.secure();
  await stream.authenticate();
  await stream.offer('');
  await stream.expect('stream:stream').catch(() => undefined);
}

async function untrusted(): Promise<AsyncDisposable & { port: number }> {
  const peer = await ScriptedPeer.listen(foreign);
  peer
    .connection()
    .then((stream) => stream.secure())
    .catch(() => undefined);
  return { port: peer.port, [Symbol.asyncDispose]: () => peer.close() };
}

async function talking(talk: (socket: net.Socket) => void): Promise<AsyncDisposable & { port: number }> {
  const server = net.createServer((socket) => {
    socket.on('error', () => undefined);
    talk(socket);
  });
  const port = await listening(server);
  return { port, [Symbol.asyncDispose]: async () => void server.close() };
}

const closing = () => talking((socket) => socket.end());
const web = () => talking((socket) => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n'));
const header = `<stream:stream from='${DOMAIN}' xmlns='jabber:client' xmlns:stream='http://etherx.jabber.org/streams'>`;
const withoutTls = () => talking((socket) => socket.write(`${header}<stream:features/>`));

describe('the next server that DNS names is tried when the first', () => {
  it.each([
    ['closes', closing],
    ['has the certificate of another', untrusted],
    ['does not speak XMPP', web],
    ['offers no encryption', withoutTls],
  ])('%s', async (_, start) => {
    await using first = await start();
    const second = await ScriptedPeer.listen(good);
    letIn(second).catch(() => undefined);
    expect(await probe([first.port, second.port])).toBe('in');
    await second.close();
  });
});

describe('when none lets us in', () => {
  it('the problem is told that somebody can mend', async () => {
    await using one = await untrusted();
    await using other = await closing();
    const said = await probe([other.port, one.port, other.port]);
    expect(said).toContain(`insecure: The certificate of 127.0.0.1:${one.port} is signed by nobody`);
  });

  it('a refused password is not told to the next', async () => {
    const [first, second] = [await ScriptedPeer.listen(good), await ScriptedPeer.listen(good)];
    let asked = 0;
    void second.connection().then(() => {
      asked += 1;
    });
    const refuse = async () => {
      const stream = await first.connection();
      await stream.secure();
      await stream.offer(`<mechanisms xmlns='${NS_SASL}'><mechanism>PLAIN</mechanism></mechanisms>`);
      await stream.expect('auth');
      stream.send(`<failure xmlns='${NS_SASL}'><not-authorized/></failure>`);
    };
    refuse().catch(() => undefined);

    expect(await probe([first.port, second.port])).toMatch(/^credentials: /);
    expect(asked).toBe(0);
    await first.close();
    await second.close();
  });
});

it('an attempt ends, however many steps hang', async () => {
  const clock = new ManualClock();
  const scope = new Scope();
  const config = {
    jid: bareJid(`bot@${DOMAIN}`),
    password: () => 'secret',
    service: undefined,
    ca: undefined,
  };
  const attempt = signIn(config, { clock, scope, resolveSrv: () => new Promise(() => undefined) });
  const outcome = expect(attempt).rejects.toMatchObject({ kind: 'unreachable' });

  clock.advance(ATTEMPT_TIMEOUT_MS);

  await outcome;
  expect(scope.isClosed).toBe(true);
});
