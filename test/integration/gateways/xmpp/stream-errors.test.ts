import { beforeAll, describe, expect, it } from 'vitest';
import { StanzaRejected } from '../../../../src-main/gateways/xmpp/session.ts';
import { ScriptedPeer } from '../../../support/scripted-peer.ts';
import { type Certificates, makeCertificates } from '../../../support/xmpp-certificates.ts';
import { chat, reaching, readied, SessionBench } from '../../../support/xmpp-session.ts';

const NS = 'urn:ietf:params:xml:ns:xmpp-streams';
const error = (condition: string, text = '') =>
  `<stream:error><${condition} xmlns='${NS}'>${text}</${condition}></stream:error></stream:stream>`;
const FAILED =
  "<failed xmlns='urn:xmpp:sm:3'><item-not-found xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'/></failed>";

let certificates: Certificates;
beforeAll(() => {
  certificates = makeCertificates();
});

describe('a stanza that the server ends the stream for', () => {
  it.each(['policy-violation', 'invalid-xml', 'not-well-formed', 'bad-format', 'unsupported-stanza-type'])(
    'is rejected, not repeated for ever, after a resumption and %s again',
    async (condition) => {
      await using bench = await SessionBench.start(certificates);
      const { session, stream } = await bench.online();
      const good = session.send(chat('good'));
      const bad = session.send(chat('bad'));
      const late = session.send(chat('late'));
      const verdict = expect(bad).rejects.toBeInstanceOf(StanzaRejected);
      for (const _ of [1, 2, 3]) await stream.expect('message');
      const acked = stream.seen - 3;
      stream.send(error(condition));

      const careful = await bench.peer.connection();
      await careful.resuming();
      careful.send(`<resumed xmlns='urn:xmpp:sm:3' previd='sm1' h='${acked}'/>`);
      expect((await careful.expect('message')).getChildText('body')).toBe('good');
      await careful.expect('r'); // and nothing else before it is acknowledged
      careful.send(`<a xmlns='urn:xmpp:sm:3' h='${acked + 1}'/>`);
      expect((await careful.next()).getChildText('body')).toBe('bad');
      careful.send(error(condition));
      await verdict;

      const last = await bench.peer.connection();
      await last.resuming();
      last.send(`<resumed xmlns='urn:xmpp:sm:3' previd='sm1' h='${acked + 1}'/>`);
      expect((await last.expect('message')).getChildText('body')).toBe('late');
      last.send(`<a xmlns='urn:xmpp:sm:3' h='${acked + 2}'/>`);

      await expect(Promise.all([good, late])).resolves.toBeDefined();
    },
  );

  it('is found by its text where the session was lost and its owner sends again', async () => {
    await using bench = await SessionBench.start(certificates);
    const { session, stream } = await bench.online();
    const outcomes: string[] = [];
    const send = () =>
      session.send(chat('bad')).catch((reason: Error) => {
        outcomes.push(reason.name);
        return reason instanceof StanzaRejected;
      });
    const isReady = readied(session);
    const first = send();
    await stream.expect('message');
    stream.send(error('policy-violation'));
    const next = await bench.peer.connection();
    await next.resuming();
    next.send(FAILED);
    await next.rebind();
    await next.greet();
    await isReady;
    await first;
    const second = send();
    await next.expect('message');
    next.send(error('policy-violation'));

    expect(await second).toBe(true);
    expect(outcomes).toEqual(['SessionLost', 'StanzaRejected']);
  });

  it('is not blamed for an end that has to do with the server', async () => {
    await using bench = await SessionBench.start(certificates);
    const { session, stream } = await bench.online();
    const sent = session.send(chat('good'));
    await stream.expect('message');
    const acked = stream.seen - 1;
    stream.send(error('system-shutdown'));
    for (const h of [acked, acked, acked + 1]) {
      const next = await bench.peer.connection();
      await next.resuming();
      next.send(`<resumed xmlns='urn:xmpp:sm:3' previd='sm1' h='${h}'/>`);
      if (h === acked) await next.expect('message');
      if (h === acked) next.send(error('reset'));
    }

    await expect(sent).resolves.toBeUndefined();
  });
});

describe('what the server says at the end', () => {
  it.each([
    ['conflict', 'backing_off', 'Another program signed in to this account under the same resource.'],
    ['system-shutdown', 'backing_off', 'localhost is shutting down.'],
    ['reset', 'backing_off', 'localhost asks to sign in anew.'],
    ['host-unknown', 'backing_off', 'The server there does not serve localhost.'],
    ['not-authorized', 'backing_off', 'localhost no longer accepts this sign-in.'],
    ['resource-constraint', 'backing_off', 'localhost has no room for this session.'],
  ] as const)('%s: the session is %s', async (condition, state, words) => {
    await using bench = await SessionBench.start(certificates);
    const { session, stream } = await bench.online();
    const reason = reaching(session, state);

    stream.send(error(condition));

    expect(await reason).toBe(words);
  });

  it('not-authorized: the next sign-in tells for sure that the password is no longer good', async () => {
    await using bench = await SessionBench.start(certificates);
    const { session, stream } = await bench.online();
    const reason = reaching(session, 'failed');
    stream.send(error('not-authorized'));
    const next = await bench.peer.connection();
    await next.secure();
    await next.offer(
      "<mechanisms xmlns='urn:ietf:params:xml:ns:xmpp-sasl'><mechanism>PLAIN</mechanism></mechanisms>",
    );
    await next.expect('auth');
    next.send("<failure xmlns='urn:ietf:params:xml:ns:xmpp-sasl'><not-authorized/></failure>");

    expect(await reason).toBe('The server does not accept this password for bot@localhost.');
  });

  it('see-other-host within a session: the next attempt goes there, and resumes', async () => {
    await using bench = await SessionBench.start(certificates);
    await using elsewhere = {
      peer: await ScriptedPeer.listen(certificates),
      [Symbol.asyncDispose]: () => elsewhere.peer.close(),
    };
    const { session, stream } = await bench.online();
    const isReady = readied(session);
    stream.send(error('see-other-host', `127.0.0.1:${elsewhere.peer.port}`));

    const next = await elsewhere.peer.connection();
    await next.resuming();
    next.send(`<resumed xmlns='urn:xmpp:sm:3' previd='sm1' h='${stream.seen}'/>`);

    expect(await isReady).toEqual({ resumed: true });
  });

  it('see-other-host at the login: followed three times, then given up for this time', async () => {
    await using bench = await SessionBench.start(certificates);
    const session = bench.pool.start(bench.config());
    const reason = reaching(session, 'backing_off');
    for (const _ of [1, 2, 3, 4]) {
      const stream = await bench.peer.connection();
      await stream.expect('stream:stream');
      stream.send(
        `<stream:stream from='localhost' version='1.0' xmlns='jabber:client' xmlns:stream='http://etherx.jabber.org/streams'>${error('see-other-host', `127.0.0.1:${bench.peer.port}`)}`,
      );
    }

    expect(await reason).toBe('localhost asks to connect to another of its servers.');
  });
});
