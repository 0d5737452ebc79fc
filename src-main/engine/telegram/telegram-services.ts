import { refuse } from '../../../src-shared/errors.ts';
import type { EngineEvents } from '../../../src-shared/events.ts';
import type { Language } from '../../../src-shared/text/translate.ts';
import type { AddressPolicy } from '../../base/address-guard.ts';
import type { Clock } from '../../base/clock.ts';
import type { Emitter } from '../../base/emitter.ts';
import { HttpClient } from '../../base/http-client.ts';
import type { Logger } from '../../base/logger.ts';
import type { SecretBox } from '../../base/secret-box.ts';
import { fromStyled, openTelegram } from '../../gateways/telegram/index.ts';
import type { AccountRepository } from '../../store/account-repository.ts';
import type { Bot, BotRepository } from '../../store/bot-repository.ts';
import type { Store, Tx } from '../../store/open.ts';
import { telegramBotRepository } from '../../store/telegram-bot-repository.ts';
import { telegramMessageRepository } from '../../store/telegram-message-repository.ts';
import { telegramOutgoingRepository } from '../../store/telegram-outgoing-repository.ts';
import { telegramRecentRepository } from '../../store/telegram-recent-repository.ts';
import type { AuditTrail } from '../audit/audit-trail.ts';
import type { BotSettings } from '../bots/bot-settings.ts';
import type { Post } from '../messages/post.ts';
import type { OwnerNotices } from '../notices/owner-notices.ts';
import type { SensitiveChanges } from '../notices/sensitive-changes.ts';
import type { SettingService } from '../settings/setting-service.ts';
import { type BridgeUpdatesDeps, bridgeUpdates } from './bridge-updates.ts';
import { followGroup } from './follow-group.ts';
import { seenChats as seenChatsOf } from './seen-chats.ts';
import { telegramActs } from './telegram-acts.ts';
import { telegramAsking } from './telegram-asking.ts';
import { telegramDelivery } from './telegram-delivery.ts';
import { telegramDrops, WAITING_AT_MOST } from './telegram-drops.ts';
import { telegramIntake } from './telegram-intake.ts';
import { telegramPoll } from './telegram-poll.ts';
import { telegramQueue } from './telegram-queue.ts';
import { type TelegramRuns, telegramRuns } from './telegram-runs.ts';
import { telegramSender } from './telegram-sender.ts';
import type { TelegramService } from './telegram-service.ts';
import { telegramSetups } from './telegram-setups.ts';
import { telegramTroubles } from './telegram-troubles.ts';

interface TelegramServicesDeps {
  store: Store;
  box: SecretBox;
  accounts: AccountRepository;
  bots: BotRepository;
  updates: BridgeUpdatesDeps['updates'];
  botSettings: BotSettings;
  settings: Pick<SettingService, 'get'>;
  post: Post;
  notices: OwnerNotices;
  changes: SensitiveChanges;
  audit: AuditTrail;
  events: Emitter<EngineEvents>;
  policy: () => AddressPolicy;
  clock: Clock;
  logger: Logger;
}

const DAY_MS = 24 * 60 * 60_000;
/** As long as a message can be corrected or answered here. */
const MESSAGES_KEPT_MS = 30 * DAY_MS;
const RECENT_KEPT_MS = 7 * DAY_MS;

/** The Telegram bridges of bots: what edges do with them, and what messages become of them. */
export async function telegramServices(given: TelegramServicesDeps) {
  const { store, box, accounts, settings, policy, clock, logger } = given;
  const bridges = telegramBotRepository(store, box);
  const outgoing = telegramOutgoingRepository(store, box);
  const messages = telegramMessageRepository();
  const recents = telegramRecentRepository(store, box);
  /** A bot speaks its owner's language. */
  const languageOf = async ({ owner }: Bot, tx?: Tx): Promise<Language> =>
    (await accounts.ofPerson(owner, tx))?.language ?? settings.get('language');

  const newHttp = () => new HttpClient(policy);
  const http = newHttp();
  const apiRoot = () => settings.get('telegram_api_root');
  const open = (token: string, over = http) =>
    openTelegram({ token, apiRoot: apiRoot(), http: over, logger });

  const seenChats = seenChatsOf();
  const deps = { ...given, bridges, outgoing, messages, recents, languageOf, open, seenChats };
  const follow = followGroup(deps);
  const troubles = telegramTroubles(deps);
  const setups = await telegramSetups({ ...deps, troubles, runs: () => runs });
  const drops = telegramDrops(deps);
  const sender = telegramSender({ ...deps, troubles, follow, acts: telegramActs({ ...deps, drops }) });
  const poll = telegramPoll({
    ...deps,
    troubles,
    delivery: telegramDelivery({ ...deps, follow, tell: bridgeUpdates(deps) }),
    seen: seenChats.note,
  });
  const runs: TelegramRuns = telegramRuns({
    ...deps,
    troubles,
    poll,
    sender,
    newHttp,
    apiRoot,
  });
  const queue = telegramQueue({ ...deps, drops, wake: runs.wake });
  const intake = telegramIntake({ ...deps, setups, queue });

  const service: TelegramService = {
    shown: setups.shown,
    change: setups.change,
    setEnabled: setups.setEnabled,
    setMode: setups.setMode,
    forget: setups.forget,
    ...telegramAsking({ ...deps, troubles, runs }),
    async send(tx, bot, { from, text }) {
      const bridge = await setups.requireOn(bot, tx);
      if (await drops.isFull(tx, bot.id)) throw refuse('telegram.full', { limit: WAITING_AT_MOST });
      await queue.put(tx, bridge, { from, text: fromStyled(text) });
    },
  };

  return {
    ...service,
    // What of the owner's conversations goes there (messages/message-meaning.ts, ai/ai-chat.ts).
    ...intake,
    /** Takes up what a stopped program left. */
    start: runs.start,
    async close(): Promise<void> {
      await runs.close();
      await http.close();
    },
    /** Drops what is kept for too long. */
    async expire(tx: Tx): Promise<void> {
      await drops.expire(tx);
      await messages.forgetBefore(tx, clock.now() - MESSAGES_KEPT_MS);
      await recents.forgetBefore(tx, clock.now() - RECENT_KEPT_MS);
    },
  };
}
export type TelegramServices = Awaited<ReturnType<typeof telegramServices>>;
