import { randomUUID } from 'node:crypto';
import type { EngineEvents } from '../../../src-shared/events.ts';
import { domainOf } from '../../../src-shared/jid.ts';
import type { Clock } from '../../base/clock.ts';
import type { Emitter } from '../../base/emitter.ts';
import type { Logger } from '../../base/logger.ts';
import { Scope } from '../../base/scope.ts';
import type { Element } from '../../gateways/xmpp/element.ts';
import type { Session } from '../../gateways/xmpp/session.ts';
import { NS_RECEIPTS, receiptFor } from '../../gateways/xmpp/xep-0184-receipts.ts';
import type { Account, AccountRepository } from '../../store/account-repository.ts';
import type { Bot } from '../../store/bot-repository.ts';
import type { Store } from '../../store/open.ts';
import type { BotAvatars } from '../bots/bot-avatars.ts';
import { botProfile, removeProfile } from '../identity/bot-profile.ts';
import { ownerBinding } from '../identity/owner-binding.ts';
import { archiveCatchUp } from '../messages/archive-catch-up.ts';
import type { EngineTurn } from '../messages/inbound-roles.ts';
import type { Outbox } from '../messages/outbox.ts';
import { startOutboxRunner } from '../messages/outbox-runner.ts';
import type { Pipelines } from '../messages/pipelines.ts';
import type { Omemo } from '../omemo/omemo.ts';
import type { Rooms } from '../rooms/rooms.ts';
import type { Attachment } from './account-sessions.ts';
import { followDevices } from './follow-devices.ts';

interface AttachBotDeps {
  store: Store;
  accounts: AccountRepository;
  outbox: Outbox;
  omemo: Omemo;
  botAvatars: BotAvatars;
  /** The bot as it is now; undefined when it is deleted. */
  botOf: (account: Account) => Promise<Bot | undefined>;
  inbound: Pipelines['ofBot'];
  rooms: Rooms['ofBot'];
  events: Emitter<EngineEvents>;
  clock: Clock;
  logger: Logger;
}

/** No other engine has this account. */
const ALWAYS: EngineTurn = { isActing: true, isStandingBy: false, tell: () => undefined };
/** A server that does not answer must not keep a bot from being deleted. */
const LEAVE_MS = 5_000;

/** Ties the session of a dedicated bot's own account to the engine. */
export async function attachBot(
  account: Account,
  session: Session,
  deps: AttachBotDeps,
): Promise<Attachment> {
  const { store, accounts, outbox, omemo, botAvatars, botOf, inbound, rooms, events, clock, logger } = deps;
  const work = new Scope();
  let bot = await botOf(account);
  if (!bot) throw new Error('an account whose bot is deleted has no session');
  const { owner, id: botId } = bot;

  const inRooms = rooms(account, session, () => botOf(account));
  work.add(() => inRooms.close());
  const binding = ownerBinding(session, {
    owner,
    name: () => bot?.name ?? '',
    // Pings of our own come back through them (XEP-0410).
    answersTo: inRooms.includes,
    logger,
  });
  work.add(() => binding.close());
  const profile = botProfile(session, {
    async read() {
      bot = (await botOf(account)) ?? bot;
      const { id, name, description } = bot as Bot;
      return { name, description, avatar: await botAvatars.shownBy({ id, name }) };
    },
    logger,
  });
  work.add(() => profile.close());
  work.add(events.on('bot.changed', (event) => event.botId === botId && void profile.refresh()));

  const attached = omemo.attach(account, session, owner);
  work.add(() => attached.close());

  work.add(session.advertise(NS_RECEIPTS));
  /** The owner sees that a message is stored here (XEP-0184); nobody else writes to a bot. */
  const confirm = (stanza: Element) => {
    const receipt = receiptFor(stanza, { id: randomUUID() });
    if (receipt) Promise.try(() => session.send(receipt)).catch(() => undefined);
  };
  const catchUp = archiveCatchUp({ account, session, accounts, store, turn: ALWAYS, clock, logger });
  work.add(() => catchUp.close());
  const pipeline = inbound(account, bot, catchUp.progress, ALWAYS, confirm);
  work.add(() => pipeline.close());
  work.add(followDevices(account, pipeline, { events, logger }));
  work.add(session.onMessage((stanza) => pipeline.handle(stanza)));
  catchUp.start();
  work.add(session.onReady(() => catchUp.begin(pipeline)));
  if (session.state === 'online') catchUp.begin(pipeline);

  const sending = startOutboxRunner({ accountId: account.id, session, outbox, store, events, clock, logger });
  work.add(() => sending.close());
  return {
    retire: async () => undefined,
    async leave() {
      if (session.state !== 'online') return;
      const gone = Promise.allSettled([omemo.withdraw(account.id), removeProfile(session)]);
      await Promise.race([gone, new Promise<void>((resolve) => clock.after(work, LEAVE_MS, resolve))]);
      logger.info({ account: account.jid, server: domainOf(account.jid) }, 'a bot has left');
    },
    close: () => work.close(),
  };
}
