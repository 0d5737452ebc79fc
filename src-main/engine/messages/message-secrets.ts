import { DomainError } from '../../../src-shared/errors.ts';
import type { BareJid } from '../../../src-shared/jid.ts';
import type { Language } from '../../../src-shared/text/translate.ts';
import { translate } from '../../../src-shared/text/translate.ts';
import type { Clock } from '../../base/clock.ts';
import type { Logger } from '../../base/logger.ts';
import { RateLimit } from '../../base/rate-limit.ts';
import type { Account } from '../../store/account-repository.ts';
import type { Bot } from '../../store/bot-repository.ts';
import type { InboxRepository, SealedInboxRow } from '../../store/inbox-repository.ts';
import type { Tx } from '../../store/open.ts';
import type { OwnerNoticeRepository } from '../../store/owner-notice-repository.ts';
import type { WaitingCommandRepository } from '../../store/waiting-command-repository.ts';
import type { BotService } from '../bots/bot-service.ts';
import type { BotSettings } from '../bots/bot-settings.ts';
import type { OwnerNotices } from '../notices/owner-notices.ts';
import type { Omemo } from '../omemo/omemo.ts';
import { fingerprintOf } from '../omemo/omemo-devices.ts';
import type { Opened } from '../omemo/opening.ts';
import { composeChat } from './compose.ts';
import type { Conversations } from './conversations.ts';
import type { Post } from './post.ts';
import type { IncomingMessage, SealedMessage } from './read-message.ts';
import { SILENT_TROUBLES, type Trouble, troubleNotices } from './trouble-notices.ts';

interface MessageSecretsDeps {
  omemo: Omemo;
  conversations: Conversations;
  waiting: WaitingCommandRepository;
  notices: OwnerNoticeRepository;
  ownerNotices: Pick<OwnerNotices, 'tell'>;
  inbox: InboxRepository;
  post: Post;
  bots: Pick<BotService, 'activeOf'>;
  botSettings: Pick<BotSettings, 'get'>;
  languageOf: (account: Account) => Promise<Language>;
  clock: Clock;
  logger: Logger;
}

type Readable = Extract<Opened, { kind: 'opened' }>;

/** Somebody who makes devices without end does not make as many messages. */
const DEVICE_NOTICES = { depth: 5, perSecond: 1 / 60 };
const DEVICES_IN_NOTICE = 10;
/** Of strangers, who can make up addresses without end: each costs a key exchange, once. */
export const STRANGERS = { depth: 50, perSecond: 1 / 5 };
const STRANGERS_REMEMBERED = 1_000;
/** What the inbound units of an account need of its encryption, and what its partner is told about that. */
export function messageSecrets(account: Account, partner: BareJid, deps: MessageSecretsDeps) {
  const { omemo, conversations, waiting, notices, inbox, post } = deps;
  const { bots, botSettings, languageOf, clock, logger } = deps;
  const troubles = troubleNotices(account, partner, { ...deps, notices: deps.ownerNotices });
  const deviceNotices = new RateLimit<BareJid>(() => DEVICE_NOTICES, clock.monotonic);
  const strangers = new RateLimit<'all'>(() => STRANGERS, clock.monotonic);
  const heardStrangers = new Set<BareJid>();
  /** Whether a stranger is listened to: who is, goes on being so. */
  function hearsStranger(jid: BareJid): boolean {
    if (heardStrangers.has(jid)) return true;
    if (strangers.take('all').waitMs > 0) return false;
    heardStrangers.add(jid);
    const [oldest] = heardStrangers;
    if (heardStrangers.size > STRANGERS_REMEMBERED && oldest !== undefined) heardStrangers.delete(oldest);
    return true;
  }
  const sender = { account, botId: null };
  /** Nobody left who could read it is no reason to lose what it is about. */
  async function tell(tx: Tx, text: string): Promise<boolean> {
    try {
      await post.put(tx, sender, compose(text));
      return true;
    } catch (error) {
      if (!(error instanceof DomainError)) throw error;
      logger.warn({ account: account.jid, reason: error.code }, 'the owner could not be told');
      return false;
    }
  }
  const compose = (text: string) => composeChat(account.jid, partner, text, { isPlain: true });

  return {
    /** To be awaited before the unit: gets to know the device that wrote, and gets ready to answer. */
    async prepare({ stanza, from }: SealedMessage): Promise<void> {
      // Nobody else's server may keep the partner waiting.
      if (from === partner) await omemo.meet(account, stanza, from);
      await post.prepare(account, partner);
    },
    /** Decrypts in the unit. What was sent before the device was there is no trouble: it was never meant for it. */
    async open(tx: Tx, sealed: SealedMessage, options: { isRepairing: boolean }): Promise<Opened> {
      const { stanza, from, to, sentAt } = sealed;
      const isOld = sentAt < ((await omemo.own.of(account.id, tx))?.createdAt ?? 0);
      return omemo.open(tx, account, { stanza, from, to, isRepairing: options.isRepairing && !isOld });
    },

    /** Both sides encrypt from here on, whoever can read what was said. */
    async noteEncrypted(tx: Tx, { from, to }: SealedMessage): Promise<void> {
      const other = from === account.jid ? to : from;
      if (other === account.jid) return;
      const isNews = await conversations.note(tx, account, other, true);
      if (isNews && !(await omemo.isAcquainted(account, other, tx)))
        await conversations.forgetStrangers(tx, account, (jid) => omemo.isAcquainted(account, jid, tx));
    },
    /** The person wrote in clear, from another client: that is a decision. What others write in clear is none. */
    async notePlain(
      tx: Tx,
      { kind, from, to }: Pick<IncomingMessage, 'kind' | 'from' | 'to'>,
    ): Promise<void> {
      // Reactions and retractions stand outside the encryption in OMEMO 0.3: they decide nothing.
      if (kind !== 'message' || from !== account.jid || to === from) return;
      await conversations.note(tx, account, to, false);
    },

    /**
     * Whether what somebody writes is worth any work. A person reads in the window what anybody writes; of strangers who come
     * in a flood only those are heard that a bot may read.
     */
    async concerns(tx: Tx, from: BareJid): Promise<boolean> {
      if (from === partner || (await omemo.isAcquainted(account, from, tx))) return true;
      if (account.botId === undefined && hearsStranger(from)) return true;
      return (await bots.activeOf(account.jid, tx)).some(({ id }) => botSettings.get(id, 'encrypted'));
    },
    /** Whether a bot's program may read what others wrote to the account encrypted. */
    mayRead: (bot: Bot): boolean => account.botId !== undefined || botSettings.get(bot.id, 'encrypted'),

    /** Begins a new session with who wrote what cannot be read; resolves with whether there is one now. */
    async renew({ sentAt }: SealedMessage, trouble: Trouble): Promise<boolean> {
      if (sentAt < ((await omemo.own.of(account.id))?.createdAt ?? 0)) return false;
      return omemo.mend(account, trouble);
    },
    sayNothing: (tx: Tx, { writer }: Trouble): Promise<void> => omemo.sendEmpty(tx, account, writer),

    /** Whether somebody wrote something that was lost: not what was never meant for the device, nor a copy. */
    async isToBeTold(tx: Tx, { sentAt }: SealedMessage, { why }: Trouble): Promise<boolean> {
      return !SILENT_TROUBLES.has(why) && sentAt >= ((await omemo.own.of(account.id, tx))?.createdAt ?? 0);
    },
    /** Says once in a while that something could not be decrypted. */
    async tellTrouble(tx: Tx, { sentAt }: SealedMessage, trouble: Trouble): Promise<void> {
      const createdAt = (await omemo.own.of(account.id, tx))?.createdAt ?? 0;
      if (sentAt >= createdAt) await troubles.tell(tx, trouble);
    },

    /** The partner wrote in clear to a bot that does not listen to that: it says so once. */
    async wantEncryption(tx: Tx): Promise<void> {
      if (account.botId === undefined) return;
      const botId = account.botId;
      if (await notices.of(tx, { botId }, WANTED)) return;
      await notices.save(tx, { subject: { botId }, kind: WANTED, toldAt: clock.now(), held: undefined });
      // To an app that wrote in clear: it may be able to read nothing else.
      await post.putInClear(tx, sender, compose(translate(await languageOf(account))('omemo.wanted')));
    },

    /** A command of a device that nobody has approved: it is kept until somebody does, and the partner is told how. */
    async letWait(tx: Tx, row: SealedInboxRow, { stanza, writer, device }: Readable): Promise<void> {
      const { jid, deviceId } = writer;
      const { id, receivedAt, sentAt } = row;
      const content = stanza.toString();
      await waiting.add(tx, { accountId: account.id, jid, deviceId }, { id, content, receivedAt, sentAt });
      const fingerprint = device.identityKey ? fingerprintOf(device.identityKey) : '';
      const t = translate(await languageOf(account));
      await tell(tx, t('omemo.waits', { device: deviceId, id: account.botId ?? '', fingerprint }));
    },
    /**
     * Somebody has decided about devices, maybe while nobody was here to hear of it. What an approved one asked for goes on
     * as if it had just come: it is not late because of who had to decide. What a distrusted one asked for is forgotten.
     */
    async settleWaiting(tx: Tx): Promise<void> {
      for (const one of await waiting.devices(tx, account.id)) {
        const device = { accountId: account.id, ...one };
        const trust = (await omemo.peers.device(device, tx))?.trust;
        if (trust === undefined || trust === 'new') continue;
        const taken = await waiting.take(tx, device);
        if (trust === 'distrusted') continue;
        const common = {
          accountId: account.id,
          state: 'received' as const,
          sentAt: clock.now(),
          wasEncrypted: true,
        };
        for (const { content, receivedAt } of taken)
          await inbox.insert(tx, { ...common, content, receivedAt });
      }
    },

    /** Whether there are new devices of the partner that were not told of yet, also before the engine was started. */
    hasNewDevices: async () => (await omemo.peers.untold(account.id, partner)).length > 0,
    /**
     * New devices of the partner that were not told of yet: what they may do and what not yet, in one notice. Each is told
     * of once, whatever happens between. Resolves with how many milliseconds of a flood of them the rest has to wait.
     */
    async tellNewDevices(tx: Tx): Promise<number> {
      const untold = await omemo.peers.untold(account.id, partner, tx);
      if (untold.length === 0) return 0;
      const { waitMs } = deviceNotices.take(partner);
      if (waitMs > 0) return waitMs;
      const t = translate(await languageOf(account));
      const texts = untold.slice(0, DEVICES_IN_NOTICE).map(({ deviceId, identityKey }) => {
        const fingerprint = identityKey ? fingerprintOf(identityKey) : '?';
        return t('omemo.new-device', { device: deviceId, fingerprint });
      });
      const left = untold.length - texts.length;
      if (left > 0) texts.push(t('omemo.more', { count: left }));
      if (!(await tell(tx, texts.join('\n\n')))) return 0;
      const deviceIds = untold.map(({ deviceId }) => deviceId);
      await omemo.peers.noteTold(tx, account.id, partner, deviceIds, clock.now());
      return 0;
    },
  };
}
export type MessageSecrets = ReturnType<typeof messageSecrets>;

/** Of notices that are told once. */
const WANTED = 'omemo-wanted';
