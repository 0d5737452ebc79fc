import type { Caller } from '../../../src-shared/access.ts';
import type {
  BotTelegram,
  ChangeBotTelegram,
  TelegramBot,
  TelegramChat,
  TelegramMode,
} from '../../../src-shared/api/telegram.ts';
import { DomainError, refuse } from '../../../src-shared/errors.ts';
import type { EngineEvents } from '../../../src-shared/events.ts';
import type { BotId } from '../../../src-shared/ids.ts';
import { describeRefusal } from '../../../src-shared/text/describe-refusal.ts';
import { type Language, translate } from '../../../src-shared/text/translate.ts';
import type { Emitter } from '../../base/emitter.ts';
import type { TelegramApi } from '../../gateways/telegram/index.ts';
import type { Bot, BotRepository } from '../../store/bot-repository.ts';
import type { Store, Tx } from '../../store/open.ts';
import {
  type TelegramBotRepository,
  type TelegramBridge,
  telegramIdOf,
} from '../../store/telegram-bot-repository.ts';
import type { TelegramMessageRepository } from '../../store/telegram-message-repository.ts';
import type { TelegramOutgoingRepository } from '../../store/telegram-outgoing-repository.ts';
import type { TelegramRecentRepository } from '../../store/telegram-recent-repository.ts';
import type { AuditTrail } from '../audit/audit-trail.ts';
import type { SensitiveChanges } from '../notices/sensitive-changes.ts';
import type { SeenChats } from './seen-chats.ts';
import { isFinal, refusalOf } from './telegram-refusals.ts';
import type { TelegramRuns } from './telegram-runs.ts';
import { type TelegramShownDeps, telegramShown } from './telegram-shown.ts';

interface TelegramSetupsDeps extends TelegramShownDeps {
  store: Store;
  bots: Pick<BotRepository, 'byId'>;
  bridges: TelegramBotRepository;
  outgoing: TelegramOutgoingRepository;
  messages: TelegramMessageRepository;
  recents: TelegramRecentRepository;
  runs: () => Pick<TelegramRuns, 'restart' | 'refreshSoon'>;
  /** For a question or two. */
  open: (token: string) => TelegramApi;
  seenChats: Pick<SeenChats, 'ownIn'>;
  changes: Pick<SensitiveChanges, 'tell'>;
  languageOf: (bot: Bot, tx?: Tx) => Promise<Language>;
  audit: AuditTrail;
  events: Emitter<EngineEvents>;
}

/** What Telegram said to a token and a chat; undefined where it could not be asked. */
interface Asked {
  me: TelegramBot | undefined;
  chat: TelegramChat | undefined;
  warning: DomainError | undefined;
}

/** Who sets up a bridge does not wait longer for Telegram. */
const PATIENCE_MS = 10_000;
/** What is said where it is typed is in the owner's language. */
const OWN_CHAT = new Set(['chat', 'ad-hoc']);

/** What the Telegram bridge of each bot is set up with. */
export async function telegramSetups(deps: TelegramSetupsDeps) {
  const { store, bots, bridges, outgoing, messages, recents, runs, open, seenChats } = deps;
  const shown = telegramShown(deps);
  const { changes, languageOf, audit, events } = deps;
  /** Those whose bridge is on, as it is committed: every message asks. */
  const on = new Set<BotId>();
  for (const { botId } of await bridges.enabled()) on.add(botId);
  events.on('bot.deleted', ({ botId }) => void on.delete(botId));

  /** `isOther`: it speaks with somebody else, or through something else. */
  const announce = (tx: Tx, { id: botId }: Bot, isOn: boolean, isOther = false) =>
    tx.afterCommit(() => {
      if (isOn) on.add(botId);
      else on.delete(botId);
      if (isOn && !isOther) runs().refreshSoon(botId);
      else runs().restart(botId);
      events.emit('telegram.changed', { botId });
    });

  /** Of a Telegram bot there is one reader. */
  async function checkFree(bot: Bot, token: string, tx?: Tx): Promise<void> {
    const id = await bridges.botOf(telegramIdOf(token), tx);
    if (id === undefined || id === bot.id) return;
    const other = await bots.byId(id, tx);
    // To others the bots of somebody else are nobody's business.
    if (other?.owner !== bot.owner) throw refuse('telegram.token-taken', {});
    throw refuse('telegram.token-used', { name: other.name, id });
  }

  /** Asks Telegram about what is to be stored. Refuses what Telegram refuses. */
  async function ask(token: string, chatId: string, force: boolean, over?: AbortSignal): Promise<Asked> {
    const api = open(token);
    const patience = AbortSignal.timeout(PATIENCE_MS);
    const signal = over ? AbortSignal.any([over, patience]) : patience;
    const asked: Asked = { me: undefined, chat: undefined, warning: undefined };
    try {
      asked.me = await api.me(signal);
      if (asked.me.webhook !== null && !force)
        throw refuse('telegram.foreign-webhook', { host: asked.me.webhook });
      asked.chat = await api.chat(chatId, signal);
      if (asked.me.webhook !== null) await api.deleteWebhook(signal);
    } catch (error) {
      over?.throwIfAborted();
      if (error instanceof DomainError) throw error;
      const refusal = signal.aborted
        ? refuse('telegram.unreachable', {})
        : refusalOf(error, { chat: chatId });
      if (isFinal(refusal)) throw refusal;
      asked.warning = refusal;
    }
    return asked;
  }

  /** What waits was meant for the chat before, and for nobody else. */
  async function leaveBehind(tx: Tx, { id: botId }: Bot, caller: Caller): Promise<void> {
    const waiting = await outgoing.countOf(botId, tx);
    if (waiting === 0) return;
    await recents.failWaiting(tx, botId);
    const details = `${waiting} for the chat before`;
    await audit.note(tx, caller, { action: 'telegram.dropped', botId, details });
  }

  /** The token and the chat, in the place of those before. */
  async function save(
    tx: Tx,
    bot: Bot,
    { token, chatId, mode }: { token: string; chatId: string; mode: TelegramMode },
    { me, chat }: Asked,
    caller: Caller,
  ): Promise<void> {
    const before = await bridges.of(bot.id, tx);
    await bridges.saveToken(tx, bot.id, token, me?.username);
    const isOtherBot = before !== undefined && before.telegramId !== telegramIdOf(token);
    // A name may have passed to another chat.
    const isOtherChat =
      before?.link.chatId !== chatId || (chat !== undefined && (before.link.chat?.id ?? chat.id) !== chat.id);
    if (isOtherChat && before) await leaveBehind(tx, bot, caller);
    const linkId =
      isOtherChat || !before ? await bridges.saveLink(tx, bot.id, { chatId, mode }) : before.link.id;
    if (!isOtherChat) await bridges.setMode(tx, linkId, mode);
    if (isOtherBot && !isOtherChat) {
      // Another Telegram bot wrote what is there, and counts differently.
      await messages.clear(tx, linkId);
      await outgoing.beginAnew(tx, bot.id);
      await bridges.startLinkAnew(tx, linkId);
    }
    if (chat) await bridges.setChat(tx, linkId, chat);
    // Nobody takes the hello that was said before for a message that got lost.
    const hello = seenChats.ownIn(telegramIdOf(token), chat?.id ?? chatId);
    if (hello !== undefined) await bridges.noteNumber(tx, linkId, hello);
    for (const side of ['hearing', 'writing'] as const) await bridges.setTold(tx, bot.id, side, undefined);
  }

  const named = (bridge: TelegramBridge | undefined): string =>
    bridge === undefined ? '-' : bridge.username === undefined ? bridge.telegramId : `@${bridge.username}`;
  const chatName = ({ link }: TelegramBridge): string => link.chat?.title || link.chatId;

  async function require(bot: Bot, tx: Tx): Promise<TelegramBridge> {
    const bridge = await bridges.of(bot.id, tx);
    if (!bridge) throw refuse('telegram.not-set-up', {});
    return bridge;
  }

  async function setEnabled(tx: Tx, bot: Bot, isEnabled: boolean, caller: Caller): Promise<void> {
    await require(bot, tx);
    await bridges.setEnabled(tx, bot.id, isEnabled);
    await audit.note(tx, caller, { action: isEnabled ? 'telegram.on' : 'telegram.off', botId: bot.id });
    announce(tx, bot, isEnabled);
  }
  async function setMode(tx: Tx, bot: Bot, mode: TelegramMode, caller: Caller): Promise<void> {
    const { link, isEnabled } = await require(bot, tx);
    await bridges.setMode(tx, link.id, mode);
    await audit.note(tx, caller, { action: 'telegram.mode', botId: bot.id, details: mode });
    announce(tx, bot, isEnabled);
  }

  return {
    /** Whether anything is carried over for that bot. */
    isOn: (botId: BotId): boolean => on.has(botId),
    isAnyOn: (): boolean => on.size > 0,
    all: (): ReadonlySet<BotId> => on,
    shown,
    setEnabled,
    setMode,

    /** The bridge of a bot. Refuses while it is off, or not set up. */
    async requireOn(bot: Bot, tx: Tx): Promise<TelegramBridge> {
      const bridge = await require(bot, tx);
      if (!bridge.isEnabled) throw refuse('telegram.off', {});
      return bridge;
    },

    async change(
      bot: Bot,
      { token: newToken, chat_id, mode, enabled, force = false }: Partial<ChangeBotTelegram>,
      caller: Caller,
      { wished, signal }: { wished?: Language | undefined; signal?: AbortSignal } = {},
    ): Promise<BotTelegram & { warning: string | null }> {
      const kept = await bridges.of(bot.id);
      const token = newToken ?? kept?.token;
      const chatId = chat_id ?? kept?.link.chatId;
      if (token === undefined || chatId === undefined) throw refuse('telegram.not-set-up', {});
      const isOfLink = newToken !== undefined || chat_id !== undefined;
      if (isOfLink) await checkFree(bot, token);
      const address = chat_id ?? kept?.link.address ?? chatId;
      const asked = isOfLink ? await ask(token, address, force, signal) : undefined;
      await store.write(async (tx) => {
        const before = await bridges.of(bot.id, tx);
        const next = { token, chatId, mode: mode ?? before?.link.mode ?? ('bridge' as const) };
        if (asked) {
          await checkFree(bot, token, tx);
          await save(tx, bot, next, asked, caller);
        } else if (mode !== undefined && mode !== before?.link.mode) await setMode(tx, bot, mode, caller);
        const isEnabled = enabled ?? before?.isEnabled ?? true;
        await bridges.setEnabled(tx, bot.id, isEnabled);
        const after = await require(bot, tx);
        if (asked) {
          const details = `${named(after)} ${chatId} ${next.mode}`;
          await audit.note(tx, caller, { action: 'telegram.setup', botId: bot.id, details });
          const told = {
            telegram: named(after),
            chat: chatName(after),
            before: before ? chatName(before) : '-',
          };
          await changes.tell(tx, bot.id, 'telegram-link', caller, told);
        }
        if (isEnabled !== (before?.isEnabled ?? false))
          await audit.note(tx, caller, { action: isEnabled ? 'telegram.on' : 'telegram.off', botId: bot.id });
        announce(tx, bot, isEnabled, asked !== undefined);
      });
      const language = wished ?? (OWN_CHAT.has(caller.from) ? await languageOf(bot) : 'en');
      const why = asked?.warning && describeRefusal(asked.warning, language);
      const warning =
        why === undefined ? null : translate(language)('telegram.setup.warning', { warning: why });
      return { ...(await shown(bot)), warning };
    },

    async forget(tx: Tx, bot: Bot, caller: Caller): Promise<void> {
      await bridges.forget(tx, bot.id);
      await audit.note(tx, caller, { action: 'telegram.forget', botId: bot.id });
      announce(tx, bot, false);
    },
  };
}
export type TelegramSetups = Awaited<ReturnType<typeof telegramSetups>>;
