import { describe, expect, it, vi } from 'vitest';
import { silentLogger } from '../../../src-main/base/logger.ts';
import { drawAvatar } from '../../../src-main/engine/bots/drawn-avatar.ts';
import {
  type BotProfile,
  botProfile,
  NS_PROFILE_MARK,
} from '../../../src-main/engine/identity/bot-profile.ts';
import { childElements, type Element, xml } from '../../../src-main/gateways/xmpp/element.ts';
import { type Session, StanzaError } from '../../../src-main/gateways/xmpp/session.ts';
import { until } from '../../support/until.ts';

/** Keeps what is published, and refuses what it is told to. */
function fakeSession() {
  const nodes = new Map<string, Element>();
  const written: string[] = [];
  let ready: ((event: { resumed: boolean }) => void) | undefined;
  let refuses: (what: string) => boolean = () => false;
  const renewPresence = vi.fn();
  let photo: () => Element = () => xml('none');
  const parts: Record<string, unknown> = {
    jid: 'bot@localhost',
    state: 'online',
    renewPresence,
    addToPresence(part: () => Element) {
      photo = part;
      return () => undefined;
    },
    onReady(listener: typeof ready) {
      ready = listener;
      return () => undefined;
    },
    async request(iq: Element): Promise<Element> {
      const [payload] = childElements(iq);
      if (payload?.getName() === 'vCard') {
        if (refuses('vcard')) throw new StanzaError('resource-constraint', 'wait', '');
        written.push('vcard');
        return xml('iq');
      }
      const [act] = payload ? childElements(payload) : [];
      const node = String(act?.attrs.node);
      if (refuses(node)) throw new StanzaError('service-unavailable', 'cancel', '');
      if (act?.getName() === 'publish') {
        nodes.set(node, act);
        written.push(node);
        return xml('iq');
      }
      const item = nodes.get(node)?.getChild('item');
      if (!item) throw new StanzaError('item-not-found', 'cancel', '');
      const items = xml('items', { node }, item);
      return xml('iq', {}, xml('pubsub', { xmlns: 'http://jabber.org/protocol/pubsub' }, items));
    },
  };
  return {
    session: parts as unknown as Session,
    written,
    nodes,
    renewPresence,
    photo: () => photo().getChildText('photo'),
    refuse: (test: typeof refuses) => {
      refuses = test;
    },
    state: (state: string) => {
      parts.state = state;
    },
    ready: (resumed = false) => ready?.({ resumed }),
  };
}

const profileOf = async (name: string): Promise<BotProfile> => ({
  name,
  description: '',
  avatar: await drawAvatar(name),
});

describe('the profile of a bot', () => {
  it('is published once, and again only when it changed', async () => {
    const server = fakeSession();
    let profile = await profileOf('Rain');
    const shown = botProfile(server.session, { read: async () => profile, logger: silentLogger });
    await shown.refresh();
    const first = server.written.length;

    await shown.refresh();
    server.ready();
    await shown.refresh();
    const second = server.written.length;
    profile = await profileOf('Snow');
    await Promise.all([shown.refresh(), shown.refresh(), shown.refresh()]);

    expect(first).toBe(5);
    expect(second).toBe(first);
    expect(server.written).toHaveLength(2 * first);
    expect(server.written.at(-1)).toBe(NS_PROFILE_MARK);
    await shown.close();
  });

  it('is in the presence before the session is online', async () => {
    const server = fakeSession();
    server.state('connecting');
    const profile = await profileOf('Rain');
    const shown = botProfile(server.session, { read: async () => profile, logger: silentLogger });
    await shown.refresh();

    expect(server.photo()).toMatch(/^[0-9a-f]{40}$/);
    expect(server.written).toEqual([]);
    server.state('online');
    server.ready();
    await until('the mark', () => server.written.includes(NS_PROFILE_MARK));
    await shown.close();
  });

  it('leaves out what is refused, says so, and tries again at the next session, not at a resumed one', async () => {
    const server = fakeSession();
    const warn = vi.spyOn(silentLogger, 'warn');
    server.refuse((what) => what === 'vcard');
    const profile = await profileOf('Rain');
    const shown = botProfile(server.session, { read: async () => profile, logger: silentLogger });
    await shown.refresh();
    const before = [...server.written];
    server.refuse(() => false);
    server.ready(true);
    await shown.close();
    const meanwhile = [...server.written];
    const again = botProfile(server.session, { read: async () => profile, logger: silentLogger });
    await again.refresh();

    expect(before).toContain('http://jabber.org/protocol/nick');
    expect(before).not.toContain(NS_PROFILE_MARK);
    expect(warn).toHaveBeenCalled();
    expect(meanwhile).toEqual(before);
    expect(server.written.slice(before.length)).toEqual(expect.arrayContaining(['vcard', NS_PROFILE_MARK]));
    await again.close();
    warn.mockRestore();
  });

  it('shows a card where there is no PEP', async () => {
    const server = fakeSession();
    server.refuse((what) => what !== 'vcard');
    const profile = await profileOf('Rain');
    const shown = botProfile(server.session, { read: async () => profile, logger: silentLogger });
    await shown.refresh();

    expect(server.written).toEqual(['vcard']);
    await shown.close();
  });

  it('does not end the session when it cannot be read', async () => {
    const server = fakeSession();
    const shown = botProfile(server.session, {
      read: () => Promise.reject(new Error('no such bot')),
      logger: silentLogger,
    });

    await expect(shown.refresh()).resolves.toBeUndefined();
    await shown.close();
  });
});
