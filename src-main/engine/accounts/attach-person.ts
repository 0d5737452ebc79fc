import type { EngineEvents } from '../../../src-shared/events.ts';
import type { Clock } from '../../base/clock.ts';
import type { Emitter } from '../../base/emitter.ts';
import type { Logger } from '../../base/logger.ts';
import { Scope } from '../../base/scope.ts';
import type { Session } from '../../gateways/xmpp/session.ts';
import { type AdHocOffer, offerAdHoc } from '../../gateways/xmpp/xep-0050-ad-hoc.ts';
import type { Account, AccountRepository } from '../../store/account-repository.ts';
import type { Store } from '../../store/open.ts';
import type { BotService } from '../bots/bot-service.ts';
import type { BotSettings } from '../bots/bot-settings.ts';
import type { ChatServices } from '../chat/chat-services.ts';
import { befriend } from '../identity/befriend.ts';
import { archiveCatchUp } from '../messages/archive-catch-up.ts';
import type { Outbox } from '../messages/outbox.ts';
import { startOutboxRunner } from '../messages/outbox-runner.ts';
import type { Pipelines } from '../messages/pipelines.ts';
import { receiptAnswers } from '../messages/receipt-answers.ts';
import type { Omemo } from '../omemo/omemo.ts';
import type { Rooms } from '../rooms/rooms.ts';
import type { Attachment } from './account-sessions.ts';
import { enginePeers } from './engine-peers.ts';
import { followDevices } from './follow-devices.ts';
import type { LeftDevices } from './left-devices.ts';
import { meetBots } from './meet-bots.ts';
import { withdrawDevice } from './withdraw-device.ts';

interface AttachPersonDeps {
  store: Store;
  accounts: AccountRepository;
  bots: BotService;
  botSettings: BotSettings;
  outbox: Outbox;
  omemo: Omemo;
  leftDevices: LeftDevices;
  adHoc: (account: Account) => AdHocOffer;
  chats: Pick<ChatServices, 'follow'>;
  inbound: Pipelines['ofPerson'];
  rooms: Rooms['ofPerson'];
  events: Emitter<EngineEvents>;
  clock: Clock;
  logger: Logger;
}

/** So many names of messages are handed over to another engine of the account. */
const HANDED_OVER = 5_000;

/** Ties the session of a person's account to the engine: commands, personal bots, other engines of the account. */
export async function attachPerson(
  account: Account,
  session: Session,
  deps: AttachPersonDeps,
): Promise<Attachment> {
  const { store, accounts, bots, botSettings, outbox, omemo, adHoc, inbound, rooms } = deps;
  const { leftDevices, events, clock, logger } = deps;
  const work = new Scope();
  const peers = enginePeers({ account, session, clock, logger });
  const { turn } = peers;
  const catchUp = archiveCatchUp({ account, session, accounts, store, turn, clock, logger });
  work.add(() => catchUp.close());
  const receipts = receiptAnswers({ account, session, bots, botSettings, turn, events, logger });
  work.add(() => receipts.close());
  const pipeline = inbound(account, catchUp.progress, turn, receipts.confirm);
  work.add(() => pipeline.close());
  work.add(deps.chats.follow(account, session, pipeline));
  const menu = offerAdHoc(session, adHoc(account), { clock });
  work.add(() => menu.close());
  work.add(() => peers.close());
  work.add(session.onMessage((stanza) => pipeline.handle(stanza)));
  const inRooms = rooms(account, session);
  work.add(() => inRooms.close());
  if (account.hasOmemo) {
    const attached = omemo.attach(account, session, account.jid);
    work.add(() => attached.close());
    work.add(followDevices(account, pipeline, { events, logger }));
    work.add(meetBots({ account, session, bots, omemo, events, logger }));
  } else {
    work.add(withdrawDevice({ account, session, store, omemo, clock, logger }));
  }
  work.add(leftDevices.follow(account, session));
  const friends = befriend(session, {
    async bots() {
      const own = await bots.list(account.jid);
      return own.flatMap(({ jid, name }) => (jid === '' ? [] : [{ jid, name }]));
    },
    logger,
  });
  work.add(() => friends.close());
  for (const change of ['bot.created', 'bot.changed'] as const) {
    work.add(events.on(change, ({ owner }) => owner === account.jid && void friends.refresh()));
  }
  receipts.start();
  catchUp.start();
  peers.start({
    begin: () => catchUp.begin(pipeline),
    standBy: pipeline.standBy,
    end: async () => {
      await catchUp.end();
      return pipeline.handled(HANDED_OVER);
    },
    markDone: pipeline.markDone,
  });
  const sending = startOutboxRunner({ accountId: account.id, session, outbox, store, events, clock, logger });
  work.add(() => sending.close());
  return {
    actsInstead: peers.actsInstead,
    retire: peers.retire,
    // Its device was taken off before the account was removed.
    leave: async () => undefined,
    close: () => work.close(),
  };
}
