import { describe, expect, it, onTestFinished } from 'vitest';
import { silentLogger } from '../../../src-main/base/logger.ts';
import { enginePeers } from '../../../src-main/engine/accounts/engine-peers.ts';
import { attribute, type Element, xml } from '../../../src-main/gateways/xmpp/element.ts';
import type { Session } from '../../../src-main/gateways/xmpp/session.ts';
import { bareJid } from '../../../src-shared/jid.ts';
import { ManualClock } from '../../support/manual-clock.ts';
import { until } from '../../support/until.ts';

const YOU = bareJid('you@localhost');
const FEATURE = 'urn:botmother:commands:0';
const name = (text: string) => text.padEnd(22, 'x');

interface Client {
  jid: string;
  features: string[];
  node: string | undefined;
  /** A client that is cut off: it is there and does not answer. */
  isMute: boolean;
  presence(stanza: Element): void;
  message(stanza: Element): void;
}

/** The part of a server that carries presences, questions and headlines between the clients of an account. */
class Server {
  readonly clients = new Map<string, Client>();

  available({ jid, node }: Client): Element {
    const caps = node && xml('c', { xmlns: 'http://jabber.org/protocol/caps', node, ver: `of ${jid}` });
    return xml('presence', { from: jid }, ...(caps ? [caps] : []));
  }

  enter(client: Client): void {
    const others = [...this.clients.values()].filter(({ jid }) => jid !== client.jid);
    this.clients.set(client.jid, client);
    for (const other of others) other.presence(this.available(client));
    for (const other of [client, ...others]) client.presence(this.available(other));
  }

  leave(jid: string): void {
    this.clients.delete(jid);
    for (const other of this.clients.values())
      other.presence(xml('presence', { from: jid, type: 'unavailable' }));
  }

  async ask(iq: Element): Promise<Element> {
    const asked = attribute(iq, 'to') ?? '';
    const xmlns = String(iq.getChild('query')?.attrs.xmlns);
    const client = this.clients.get(asked);
    if (client?.isMute) return Promise.reject(new Error('no answer'));
    const features = client?.features.map((feature) => xml('feature', { var: feature })) ?? [];
    return xml('iq', {}, xml('query', { xmlns }, ...features));
  }
}

/** An engine of the account on a machine of its own. */
function engine(server: Server, resource: string, { isMute = false } = {}) {
  const clock = new ManualClock(0);
  const handlers = {
    presence: new Set<(stanza: Element) => void>(),
    message: new Set<(stanza: Element) => void>(),
    ready: new Set<(event: { resumed: boolean }) => void>(),
  };
  const register =
    <T>(set: Set<T>) =>
    (handler: T) => {
      set.add(handler);
      return () => set.delete(handler);
    };
  const jid = `${YOU}/${resource}`;
  const client: Client = {
    jid,
    features: [FEATURE],
    node: 'urn:botmother',
    isMute,
    presence: (stanza) => client.isMute || handlers.presence.forEach((handler) => void handler(stanza)),
    message: (stanza) => client.isMute || handlers.message.forEach((handler) => void handler(stanza)),
  };
  let state = 'connecting';
  const session = {
    jid: YOU,
    boundJid: jid,
    get state() {
      return state;
    },
    advertise: () => () => undefined,
    onPresence: register(handlers.presence),
    watchMessages: register(handlers.message),
    onReady: register(handlers.ready),
    request: (iq: Element) => server.ask(iq),
    async send(stanza: Element) {
      stanza.attrs.from = jid;
      server.clients.get(String(stanza.attrs.to))?.message(stanza);
    },
    // Peers use no more of a session than this.
  } as unknown as Session;
  const peers = enginePeers({ account: { jid: YOU }, session, clock, logger: silentLogger });
  onTestFinished(() => peers.close());
  const done: string[] = [];
  const turns: string[] = [];
  let handled: string[] = [];
  let finish: Promise<void> = Promise.resolve();
  peers.start({
    begin: () => void turns.push('begin'),
    standBy: () => undefined,
    async end() {
      await finish;
      turns.push('end');
      return handled;
    },
    markDone: async (names) => void done.push(...names),
  });
  return {
    jid,
    clock,
    done,
    turns,
    tell: peers.turn.tell,
    isActing: () => peers.turn.isActing,
    actsInstead: peers.actsInstead,
    handles(...names: string[]) {
      handled = names;
    },
    isBusyUntil(promise: Promise<void>) {
      finish = promise;
    },
    signIn() {
      state = 'online';
      // The presence is on its way: what the server says to it comes later.
      for (const handler of handlers.ready) handler({ resumed: false });
      server.enter(client);
    },
    signOut() {
      state = 'offline';
      server.leave(jid);
    },
    retire: () => peers.retire(),
    hear: (stanza: Element) => client.message(stanza),
  };
}

const acts = (one: { jid: string; isActing(): boolean }) => until(`${one.jid} to act`, () => one.isActing());
const turnOfTheLoop = () => new Promise((resolve) => setImmediate(resolve));

/** Two engines, of which the smaller one acts and the other stands by. */
async function oneActs() {
  const server = new Server();
  const [one, two] = [engine(server, 'a'), engine(server, 'b')];
  one.signIn();
  await acts(one);
  two.signIn();
  await turnOfTheLoop();
  return { server, one, two };
}

describe('the engines of an account', () => {
  it('one alone acts, whatever clients of people are there', async () => {
    const server = new Server();
    const phone = (jid: string, node: string | undefined): Client => ({
      jid,
      features: ['urn:xmpp:receipts'],
      node,
      isMute: node === undefined,
      presence: () => undefined,
      message: () => undefined,
    });
    server.enter(phone(`${YOU}/a`, undefined));
    server.enter(phone(`${YOU}/b`, 'https://example.org/client'));
    const one = engine(server, 'm');

    one.signIn();

    await acts(one);
    expect(one.turns).toEqual(['begin']);
  });

  it('the smallest full JID acts; the next one does when it is gone', async () => {
    const { one, two } = await oneActs();
    await until('the other to stand by', () => two.actsInstead() !== undefined);
    const before = [one.isActing(), two.isActing()];
    const known = [one.actsInstead(), two.actsInstead()];
    one.signOut();
    await acts(two);

    expect(before).toEqual([true, false]);
    expect(known).toEqual([undefined, one.jid]);
    expect(two.actsInstead()).toBeUndefined();
    expect(two.turns).toEqual(['begin']);
  });

  it('who acted finishes first and tells what is done, then the smaller one begins', async () => {
    const server = new Server();
    const [one, two] = [engine(server, 'a'), engine(server, 'b')];
    const busy = Promise.withResolvers<void>();
    two.signIn();
    await acts(two);
    two.handles(name('one'), name('two'));
    two.isBusyUntil(busy.promise);

    one.signIn();
    await turnOfTheLoop();
    await turnOfTheLoop();
    const during = [one.isActing(), two.isActing()];
    busy.resolve();
    await acts(one);

    expect(during).toEqual([false, false]);
    expect(two.turns).toEqual(['begin', 'end']);
    expect(one.done).toEqual([name('one'), name('two')]);
  });

  it('one that stops finishes, and tells the next one what is done, before it goes', async () => {
    const { one, two } = await oneActs();
    one.handles(name('one'));

    await one.retire();
    const before = [one.isActing(), two.isActing()];
    one.signOut();
    await acts(two);

    expect(before).toEqual([false, false]);
    expect(one.turns).toEqual(['begin', 'end']);
    expect(two.done).toEqual([name('one')]);
  });

  it('do not wait for ever for one that is cut off', async () => {
    const server = new Server();
    const [one, two] = [engine(server, 'a'), engine(server, 'b', { isMute: true })];
    two.signIn();
    one.signIn();
    await until('the wait', () => one.clock.waits.length > 0);
    const before = one.isActing();

    one.clock.advance(15_000);

    await acts(one);
    expect(before).toBe(false);
  });

  it('tell each other what is done, and believe nobody else', async () => {
    const { one, two } = await oneActs();

    one.tell([name('done')]);
    one.clock.advance(0);
    const marks = (from: string, type: string) =>
      xml('message', { from, type }, xml('done', { xmlns: 'urn:botmother:0' }, name('forged')));
    two.hear(marks('evil@localhost/x', 'headline'));
    two.hear(marks(`${YOU}/phone`, 'chat'));

    await until('the mark', () => two.done.length > 0);
    expect(two.done).toEqual([name('done')]);
  });

  it('find one of another make by what it says it can do', async () => {
    const server = new Server();
    server.enter({
      jid: `${YOU}/a`,
      features: [FEATURE],
      node: 'https://example.org/engine',
      isMute: false,
      presence: () => undefined,
      message: () => undefined,
    });
    const one = engine(server, 'b');

    one.signIn();
    // Nothing here takes longer than a few turns.
    for (let turn = 0; turn < 10; turn += 1) await turnOfTheLoop();
    const before = one.isActing();
    server.leave(`${YOU}/a`);

    await acts(one);
    expect(before).toBe(false);
  });

  it('both begin at once, and one acts', async () => {
    const server = new Server();
    const all = ['c', 'a', 'b'].map((resource) => engine(server, resource));

    for (const one of all) one.signIn();

    await until('one to act', () => all.some((one) => one.isActing()));
    await turnOfTheLoop();
    expect(all.map((one) => one.isActing())).toEqual([false, true, false]);
  });
});
