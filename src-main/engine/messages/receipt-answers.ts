import { randomUUID } from 'node:crypto';
import type { EngineEvents } from '../../../src-shared/events.ts';
import { bareOf } from '../../../src-shared/jid.ts';
import type { Emitter } from '../../base/emitter.ts';
import type { Logger } from '../../base/logger.ts';
import { Scope } from '../../base/scope.ts';
import { attribute, type Element } from '../../gateways/xmpp/element.ts';
import { presenceSubscribers, type Subscribers } from '../../gateways/xmpp/roster.ts';
import { type Session, SessionLost } from '../../gateways/xmpp/session.ts';
import { NS_RECEIPTS, receiptFor } from '../../gateways/xmpp/xep-0184-receipts.ts';
import type { Account } from '../../store/account-repository.ts';
import type { BotService } from '../bots/bot-service.ts';
import type { BotSettings } from '../bots/bot-settings.ts';
import type { EngineTurn } from './inbound-roles.ts';

interface ReceiptAnswersDeps {
  account: Account;
  session: Session;
  bots: BotService;
  botSettings: BotSettings;
  turn: EngineTurn;
  events: Emitter<EngineEvents>;
  logger: Logger;
}

/**
 * Delivery receipts (XEP-0184) as a person's client sends them: for a message that came directly, is stored, and is read
 * by a bot; to those who may see the account's presence anyway (XEP-0184, 8), never for a carbon or from the archive
 * (XEP-0280, 10). That a message was *displayed* nobody says here: no person has seen it.
 */
export function receiptAnswers(deps: ReceiptAnswersDeps) {
  const { account, session, bots, botSettings, turn, events, logger } = deps;
  const scope = new Scope();
  let listening: { scope: Scope; subscribers: Subscribers } | undefined;

  const report = (error: unknown) => {
    if (error instanceof SessionLost) return;
    logger.warn({ err: error, account: account.jid }, 'receipts cannot be sent');
  };

  function listen(): void {
    const own = scope.child();
    listening = { scope: own, subscribers: presenceSubscribers(session, own, report) };
    // To announce it is to promise it.
    own.add(session.advertise(NS_RECEIPTS));
  }

  /** Receipts are there while a bot reads what others write. */
  async function look(): Promise<void> {
    const active = await bots.activeOf(account.jid);
    const isWanted = active.some(({ id }) => botSettings.get(id, 'scope') !== 'self');
    if (scope.isClosed || isWanted === (listening !== undefined)) return;
    if (isWanted) listen();
    else {
      await listening?.scope.close();
      listening = undefined;
    }
  }

  return {
    /** Begins to follow the bots of the account. */
    start(): void {
      const changed = ({ owner }: { owner: Account['jid'] }) =>
        owner === account.jid && void look().catch(report);
      scope.add(events.on('bot.created', changed));
      scope.add(events.on('bot.changed', changed));
      scope.add(events.on('bot.deleted', changed));
      look().catch(report);
    },
    /** Answers the request of a message that came directly and is stored, if it has one that may be answered. */
    confirm(stanza: Element): void {
      const from = bareOf(attribute(stanza, 'from'));
      if (!from || !turn.isActing || !listening?.subscribers.has(from)) return;
      const receipt = receiptFor(stanza, { id: randomUUID() });
      if (receipt) Promise.try(() => session.send(receipt)).catch(report);
    },
    close: () => scope.close(),
  };
}
