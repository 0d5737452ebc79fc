import { type BareJid, bareOf, domainOf } from '../../../src-shared/jid.ts';
import type { Logger } from '../../base/logger.ts';
import { Scope } from '../../base/scope.ts';
import { readContacts } from '../../gateways/xmpp/contacts.ts';
import { attribute, type Element } from '../../gateways/xmpp/element.ts';
import { type Session, SessionLost } from '../../gateways/xmpp/session.ts';
import {
  approval,
  refusal,
  subscribeRequest,
  subscriptionRequester,
} from '../../gateways/xmpp/subscriptions.ts';

interface OwnerBindingDeps {
  owner: BareJid;
  /** What the bot calls itself when it asks for its owner's presence. */
  name: () => string;
  logger: Logger;
  /** Others that may ask the session questions, such as rooms it is in. */
  answersTo?: (sender: BareJid) => boolean;
}

/**
 * Ties the session of a dedicated bot to its owner (contract, section 4). To anybody else nobody is there: a subscription
 * request gets `unsubscribed`, a question the error of an address that is not online, a presence nothing. The owner's
 * request is approved and asked back. Attach it right after the session was started, before it is online.
 */
export function ownerBinding(session: Session, { owner, name, logger, answersTo }: OwnerBindingDeps) {
  const scope = new Scope();
  let work: Promise<void> = Promise.resolve();

  const report = (error: unknown) => {
    if (error instanceof SessionLost) return;
    logger.warn({ err: error, account: session.jid }, 'a bot and its owner could not become contacts');
  };
  /** What was lost with a session is seen to be missing at the next one. */
  const send = (stanza: Element) => void Promise.try(() => session.send(stanza)).catch(report);
  const inTurn = (task: () => Promise<void>) => {
    work = work.then(() => (scope.isClosed ? undefined : task())).catch(report);
  };

  function isAdmitted(iq: Element): boolean {
    const from = attribute(iq, 'from');
    // The own server and account (RFC 6120, 8.1.2.1).
    if (from === undefined || from === domainOf(session.jid)) return true;
    const sender = bareOf(from);
    return sender !== undefined && (sender === session.jid || sender === owner || !!answersTo?.(sender));
  }

  /** Asks once for the owner's presence: an entry without a subscription is one that was refused, or ended. */
  async function introduce(): Promise<void> {
    const contacts = await readContacts(session);
    if (!contacts.has(owner)) send(subscribeRequest(owner, name()));
  }

  async function welcome(): Promise<void> {
    send(approval(owner));
    const contact = (await readContacts(session)).get(owner);
    if (!contact?.isTo && !contact?.isAsked) send(subscribeRequest(owner, name()));
  }

  scope.add(session.admitIqs(isAdmitted));
  scope.add(
    session.onPresence((presence) => {
      const requester = subscriptionRequester(presence);
      if (requester === undefined) return;
      if (requester === owner) inTurn(welcome);
      // Where that cannot be sent, the server asks again at the next session.
      else Promise.try(() => session.send(refusal(requester))).catch(() => undefined);
    }),
  );
  scope.add(session.onReady(({ resumed }) => void (resumed || inTurn(introduce))));
  if (session.state === 'online') inTurn(introduce);

  return {
    async close(): Promise<void> {
      await scope.close();
      await work;
    },
  };
}
