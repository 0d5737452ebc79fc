import { type BareJid, bareOf } from '../../../src-shared/jid.ts';
import type { Scope } from '../../base/scope.ts';
import { contactsIn, NS_ROSTER } from './contacts.ts';
import { attribute, child, type Element, xml } from './element.ts';
import { type Session, StanzaError } from './session.ts';

type RosterSession = Pick<Session, 'jid' | 'state' | 'request' | 'onIq' | 'onReady'>;

/** Who may see the presence of an account. */
export interface Subscribers {
  has(jid: BareJid): boolean;
}

/**
 * Follows the account's contact list (RFC 6121, 2): read at each new session, kept up to date by what the server pushes.
 * Until it is read, and where it cannot be, nobody is on it.
 */
export function presenceSubscribers(
  session: RosterSession,
  scope: Scope,
  onFailure: (error: unknown) => void,
): Subscribers {
  const subscribers = new Set<BareJid>();

  function apply(query: Element | undefined): void {
    for (const { jid, isFrom } of contactsIn(query)) {
      if (isFrom) subscribers.add(jid);
      else subscribers.delete(jid);
    }
  }

  async function read(): Promise<void> {
    subscribers.clear();
    const answer = await session.request(xml('iq', { type: 'get' }, xml('query', { xmlns: NS_ROSTER })));
    apply(child(answer, 'query', NS_ROSTER));
  }

  scope.add(
    session.onIq('set', 'query', NS_ROSTER, (iq) => {
      const from = attribute(iq, 'from');
      // RFC 6121, 2.1.6: anybody could write such a push.
      if (from !== undefined && (from.includes('/') || bareOf(from) !== session.jid)) {
        throw new StanzaError('service-unavailable', 'cancel', '');
      }
      apply(child(iq, 'query', NS_ROSTER));
      return undefined;
    }),
  );
  scope.add(session.onReady(({ resumed }) => void (resumed || read().catch(onFailure))));
  if (session.state === 'online') read().catch(onFailure);
  return subscribers;
}
