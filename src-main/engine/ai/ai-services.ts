import { refuse } from '../../../src-shared/errors.ts';
import type { EngineEvents } from '../../../src-shared/events.ts';
import type { BotId } from '../../../src-shared/ids.ts';
import type { BareJid } from '../../../src-shared/jid.ts';
import type { Language } from '../../../src-shared/text/translate.ts';
import type { AddressPolicy } from '../../base/address-guard.ts';
import type { Clock } from '../../base/clock.ts';
import type { Emitter } from '../../base/emitter.ts';
import { HttpClient } from '../../base/http-client.ts';
import type { Logger } from '../../base/logger.ts';
import type { SecretBox } from '../../base/secret-box.ts';
import { openProvider } from '../../gateways/ai/provider.ts';
import type { Account, AccountRepository } from '../../store/account-repository.ts';
import { aiConfigRepository } from '../../store/ai-config-repository.ts';
import { aiDraftRepository } from '../../store/ai-draft-repository.ts';
import { aiQuestionRepository } from '../../store/ai-question-repository.ts';
import { aiTurnRepository } from '../../store/ai-turn-repository.ts';
import { aiUsageRepository } from '../../store/ai-usage-repository.ts';
import type { Bot, BotRepository } from '../../store/bot-repository.ts';
import type { Store, Tx } from '../../store/open.ts';
import type { AccountSessions } from '../accounts/account-sessions.ts';
import type { AuditTrail } from '../audit/audit-trail.ts';
import type { BotService } from '../bots/bot-service.ts';
import type { BotSettings } from '../bots/bot-settings.ts';
import type { Post } from '../messages/post.ts';
import type { OwnerNotices } from '../notices/owner-notices.ts';
import type { SensitiveChanges } from '../notices/sensitive-changes.ts';
import type { RoomRegistry } from '../rooms/room-registry.ts';
import type { SettingService } from '../settings/setting-service.ts';
import { aiAsking } from './ai-asking.ts';
import { type AskedInChat, aiChat } from './ai-chat.ts';
import { aiConversation } from './ai-conversation.ts';
import type { AiAnswered } from './ai-endings.ts';
import { aiIntake } from './ai-intake.ts';
import { aiLimits } from './ai-limits.ts';
import { aiModels } from './ai-models.ts';
import { aiOnce } from './ai-once.ts';
import type { AiService } from './ai-service.ts';
import { aiSetups } from './ai-setups.ts';
import { type AiTarget, isDefaultPlace } from './ai-target.ts';
import { aiTelling } from './ai-telling.ts';
import { aiTyping } from './ai-typing.ts';
import { aiUse } from './ai-usage.ts';
import { callGate } from './call-gate.ts';
import { lanes as lanesOf } from './lanes.ts';
import { SILENT_S } from './loop-guard.ts';
import { openedProviders } from './opened-providers.ts';
import { pendingAsks } from './pending-asks.ts';

interface AiServicesDeps {
  store: Store;
  box: SecretBox;
  accounts: AccountRepository;
  bots: BotRepository;
  botService: BotService;
  botSettings: BotSettings;
  settings: Pick<SettingService, 'get'>;
  sessions: Pick<AccountSessions, 'of' | 'accountOf'>;
  rooms: RoomRegistry;
  post: Post;
  notices: OwnerNotices;
  changes: SensitiveChanges;
  audit: AuditTrail;
  events: Emitter<EngineEvents>;
  policy: () => AddressPolicy;
  isContact: (account: Account, jid: BareJid) => boolean | undefined;
  /** An answer was told in a chat, in that unit. */
  onAnswer: AiAnswered;
  /** Speaks to providers; the real ones when left out. */
  openAi?: typeof openProvider | undefined;
  clock: Clock;
  logger: Logger;
}

/**
 * How many there are, the gate decides: with a limit here, calls that hang would keep back those of other bots. An idle one is
 * let go of well before a server does (many after 5 s): a question that is sent while it closes is lost, and is not one
 * to be sent again without being asked.
 */
const CONNECTIONS = { connections: null, idleMs: 1_000, mostIdleMs: 1_000 };
const DAY_MS = 24 * 60 * 60_000;
const USAGE_KEPT_MS = 400 * DAY_MS;

/** The AI of bots: what edges do with it, and what messages become of it. */
export async function aiServices(deps: AiServicesDeps) {
  const { store, box, accounts, bots, botSettings, settings, post, audit, policy, events, clock, logger } =
    deps;
  const configs = aiConfigRepository(store, box);
  const drafts = aiDraftRepository(store, box);
  const turns = aiTurnRepository(store, box);
  const questions = aiQuestionRepository(store, box);
  const usage = aiUsageRepository(store);
  const http = new HttpClient(policy, undefined, undefined, CONNECTIONS);

  const open = openedProviders(
    ({ provider, key, baseUrl, headers }: AiTarget) =>
      (deps.openAi ?? openProvider)(
        { provider, apiKey: key, baseUrl, headers },
        { http, allowPrivate: (url) => isDefaultPlace(provider, url), logger },
      ),
    events,
  );
  const report = (error: unknown) => logger.error({ err: error }, 'questions to an AI could not be ended');
  /** A bot speaks its owner's language. */
  const languageOf = async ({ owner }: Bot, tx?: Tx): Promise<Language> =>
    (await accounts.ofPerson(owner, tx))?.language ?? settings.get('language');

  const lanes = lanesOf(logger);
  const endAll = (botId: BotId) => void lanes.end('stopped', (task) => task.botId === botId);
  /** A bot that is switched off answers nothing more. */
  async function endInactive(botId: BotId): Promise<void> {
    if (!lanes.includes(botId) || (await bots.byId(botId))?.status === 'active') return;
    await store.write((tx) => questions.clear(tx, botId, undefined));
    endAll(botId);
  }
  const models = aiModels({ open, clock });
  const limits = aiLimits({ usage, ...deps });
  const setups = await aiSetups({
    ...deps,
    configs,
    drafts,
    turns,
    questions,
    models,
    languageOf,
    endAll,
  });
  events.on('bot.deleted', ({ botId }) => endAll(botId));
  events.on('bot.changed', ({ botId }) => void endInactive(botId).catch(report));
  const telling = aiTelling({ post, languageOf, clock, logger });
  // With another key or model it is another trouble, also where it is the same.
  events.on('ai.changed', ({ botId }) => telling.forget(botId));
  const gate = callGate();
  const conversation = aiConversation({ ...deps, setups, turns, limits, gate, open });
  const chat = aiChat({
    ...deps,
    questions,
    lanes,
    conversation,
    telling,
    typing: aiTyping(deps),
    isInRoom: (account, room) => {
      const place = deps.rooms.of(account)?.of(room);
      return place?.state === 'joined' && place.isPrivate !== undefined;
    },
  });
  /** What waits is shown, so who shows it hears of it. */
  async function take(tx: Tx, asked: AskedInChat): Promise<boolean> {
    const { id: botId } = asked.bot;
    tx.afterCommit(() => events.emit('ai.used', { botId }));
    return chat.take(tx, asked);
  }
  const intake = aiIntake({ ...deps, setups, chat: { take } });
  const pending = pendingAsks(events);
  const asking = aiAsking({
    ...deps,
    setups,
    lanes,
    limits,
    once: aiOnce({ ...deps, limits, gate }),
    conversation,
    open,
    languageOf,
  });

  const service: AiService = {
    async shown(bot) {
      const shown = await setups.shown(bot);
      return { ...shown, waiting: shown.waiting + pending.of(bot.id) };
    },
    change: setups.change,
    setEnabled: setups.setEnabled,
    forget: setups.forget,
    setSystem: setups.setSystem,
    begun: ({ id }, tx) => drafts.of(id, tx),
    begin: ({ id }, begun) => store.write((tx) => drafts.save(tx, id, begun)),
    models: async (bot, draft, signal) => models.of(await setups.listing(bot, draft), signal),
    ...asking,
    ask: (bot, ...how) => pending.during(bot.id, () => asking.ask(bot, ...how)),
    async put(tx, bot, question) {
      await setups.requireOn(bot, tx);
      const { account, to, text } = question;
      const details = { text: text.trim(), to, isRoom: false };
      if (!(await take(tx, { bot, account, person: to, details, sentAt: clock.now() })))
        throw refuse('ai.rate-limit', { seconds: SILENT_S }, SILENT_S);
    },
    async clear(tx, bot, person, caller) {
      const count = await turns.clear(tx, bot.id, person);
      await audit.note(tx, caller, { action: 'ai.clear', botId: bot.id });
      tx.afterCommit(() => events.emit('ai.changed', { botId: bot.id }));
      return count;
    },
    async stop(bot, person) {
      const stored = await store.write((tx) => questions.clear(tx, bot.id, person));
      const isMeant = (task: { botId: number; person: string }) =>
        task.botId === bot.id && (person === undefined || task.person === person);
      const ended = lanes.end('stopped', isMeant);
      events.emit('ai.changed', { botId: bot.id });
      return Math.max(stored.length, ended);
    },
    usage: aiUse({ usage, botSettings, clock }),
  };

  return {
    ...service,
    // Which messages it answers (messages/message-meaning.ts, rooms/room-intake.ts).
    ...intake,
    /** Takes up what a stopped program left. Answers begin when accounts are online. */
    start: () => chat.start(),
    /** Ends what is being answered; what was asked in chats is asked again at the next start. */
    async close(): Promise<void> {
      await lanes.close();
      await http.close();
    },
    /** Drops what is kept for too long. */
    async expire(tx: Tx): Promise<void> {
      await usage.forgetBefore(tx, Math.floor((clock.now() - USAGE_KEPT_MS) / 1_000));
      await questions.forgetBefore(tx, clock.now() - DAY_MS);
    },
  };
}
export type AiServices = Awaited<ReturnType<typeof aiServices>>;
