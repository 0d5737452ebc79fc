import type { BareJid } from '../../../src-shared/jid.ts';
import type { Logger } from '../../base/logger.ts';
import { Scope } from '../../base/scope.ts';
import { type Contact, readContacts, setContact } from '../../gateways/xmpp/contacts.ts';
import type { Element } from '../../gateways/xmpp/element.ts';
import { type Session, SessionLost } from '../../gateways/xmpp/session.ts';
import {
  approval,
  offersPreApproval,
  subscribeRequest,
  subscriptionRequester,
} from '../../gateways/xmpp/subscriptions.ts';

/** The group in which an owner finds the bots. */
export const BOT_GROUP = 'Bots';

interface BefriendDeps {
  /** The owner's dedicated bots, as they are now. */
  bots: () => Promise<readonly { jid: BareJid; name: string }[]>;
  logger: Logger;
}

/**
 * The owner's side of having bots as contacts: on the session of an owner who is signed in here, each bot is in the
 * contact list under its name, and each sees the other's presence. Looked after at each new session and whenever asked;
 * what is as it should be causes nothing but one look at the list. An entry that is there keeps the name and the groups
 * that its owner gave it. Requests of own bots are approved, and of nobody else.
 */
export function befriend(session: Session, { bots, logger }: BefriendDeps) {
  const scope = new Scope();
  let work: Promise<void> = Promise.resolve();

  const report = (error: unknown) => {
    if (error instanceof SessionLost) return;
    logger.warn({ err: error, account: session.jid }, 'an owner and a bot could not become contacts');
  };
  /** What was lost with a session is seen to be missing at the next one. */
  const send = (stanza: Element) => void Promise.try(() => session.send(stanza)).catch(report);
  function inTurn(task: () => Promise<void>): Promise<void> {
    work = work.then(() => (scope.isClosed ? undefined : task())).catch(report);
    return work;
  }

  async function settle(bot: { jid: BareJid; name: string }, contact: Contact | undefined): Promise<void> {
    if (!contact) await setContact(session, { ...bot, groups: [BOT_GROUP] });
    // So that no other client of the owner has to ask.
    if (!contact?.isFrom && !contact?.isApproved && offersPreApproval(session)) send(approval(bot.jid));
    if (!contact?.isTo && !contact?.isAsked) send(subscribeRequest(bot.jid));
  }

  async function settleAll(): Promise<void> {
    const own = await bots();
    if (own.length === 0 || session.state !== 'online') return;
    const contacts = await readContacts(session);
    for (const bot of own) await settle(bot, contacts.get(bot.jid)).catch(report);
  }

  scope.add(
    session.onPresence((presence) => {
      const requester = subscriptionRequester(presence);
      if (requester === undefined) return;
      void inTurn(async () => {
        const own = await bots();
        if (own.some(({ jid }) => jid === requester)) send(approval(requester));
      });
    }),
  );
  scope.add(session.onReady(({ resumed }) => void (resumed || inTurn(settleAll))));
  if (session.state === 'online') void inTurn(settleAll);

  return {
    /** A bot came, or has a new name: looks at the list again, while online. */
    refresh: (): Promise<void> => inTurn(settleAll),
    async close(): Promise<void> {
      await scope.close();
      await work;
    },
  };
}
