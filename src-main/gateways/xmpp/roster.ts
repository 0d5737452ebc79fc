import { type BareJid, bareOf } from '../../../src-shared/jid.ts';
import type { Scope } from '../../base/scope.ts';
import { type Contact, contactsIn, NS_ROSTER } from './contacts.ts';
import { attribute, child, type Element, xml } from './element.ts';
import { type Session, StanzaError } from './session.ts';

type RosterSession = Pick<Session, 'jid' | 'state' | 'request' | 'onIq' | 'onReady'>;

/** Who may see the presence of an account. */
export interface Subscribers {
  has(jid: BareJid): boolean;
}

/** What the server pushes is answered once, for all who follow the list of one session. */
const pushes = new WeakMap<RosterSession, Set<(query: Element | undefined) => void>>();

function onPush(session: RosterSession, scope: Scope, handler: (query: Element | undefined) => void): void {
  const handlers = pushes.get(session) ?? new Set();
  handlers.add(handler);
  scope.add(() => void handlers.delete(handler));
  if (pushes.has(session)) return;
  pushes.set(session, handlers);
  // It ends with the session: nobody else answers these.
  session.onIq('set', 'query', NS_ROSTER, (iq) => {
    const from = attribute(iq, 'from');
    // RFC 6121, 2.1.6: anybody could write such a push.
    if (from !== undefined && (from.includes('/') || bareOf(from) !== session.jid)) {
      throw new StanzaError('service-unavailable', 'cancel', '');
    }
    for (const one of [...handlers]) one(child(iq, 'query', NS_ROSTER));
    return undefined;
  });
}

/**
 * Follows the account's contact list (RFC 6121, 2): read at each new session, kept up to date by what the server pushes.
 * `begin`: what was known before is known no longer; `apply`: entries as they are now, or gone.
 */
export function followRoster(
  session: RosterSession,
  scope: Scope,
  { begin, apply }: { begin: () => void; apply: (contacts: (Contact & { isGone: boolean })[]) => void },
  onFailure: (error: unknown) => void,
): void {
  async function read(): Promise<void> {
    begin();
    const answer = await session.request(xml('iq', { type: 'get' }, xml('query', { xmlns: NS_ROSTER })));
    apply(contactsIn(child(answer, 'query', NS_ROSTER)));
  }
  onPush(session, scope, (query) => apply(contactsIn(query)));
  scope.add(session.onReady(({ resumed }) => void (resumed || read().catch(onFailure))));
  if (session.state === 'online') read().catch(onFailure);
}

/** Who may see the account's presence. Until the list is read, and where it cannot be, nobody is on it. */
export function presenceSubscribers(
  session: RosterSession,
  scope: Scope,
  onFailure: (error: unknown) => void,
): Subscribers {
  const subscribers = new Set<BareJid>();
  const apply = (contacts: readonly Contact[]) => {
    for (const { jid, isFrom } of contacts) {
      if (isFrom) subscribers.add(jid);
      else subscribers.delete(jid);
    }
  };
  followRoster(session, scope, { begin: () => subscribers.clear(), apply }, onFailure);
  return subscribers;
}
