import type { Caller } from '../../../src-shared/access.ts';
import type {
  BotTelegram,
  ChangeBotTelegram,
  TelegramBot,
  TelegramChat,
  TelegramDraft,
  TelegramMode,
} from '../../../src-shared/api/telegram.ts';
import type { Language } from '../../../src-shared/text/translate.ts';
import type { Bot } from '../../store/bot-repository.ts';
import type { Tx } from '../../store/open.ts';

/** The Telegram bridges of bots, for every edge. */
export interface TelegramService {
  /** As the window and `/bot/telegram/status` show it; the token is masked. */
  shown(bot: Bot): Promise<BotTelegram>;
  /**
   * What is absent stays. To be called before any unit: Telegram is asked whether it knows the token and the chat, and about a
   * webhook. What it refuses changes nothing; where it cannot be asked, it is stored all the same, and `warning` says so. With
   * token and chat for the first time it is switched on, unless `enabled` is false. `wished`: the language of the warning; without
   * one it is the owner's where they type it in their chat, and English for programs. A signal that ends it while Telegram is
   * asked changes nothing.
   */
  change(
    bot: Bot,
    change: Partial<ChangeBotTelegram>,
    caller: Caller,
    how?: { wished?: Language | undefined; signal?: AbortSignal },
  ): Promise<BotTelegram & { warning: string | null }>;
  /** Refuses to switch on what is not set up. Off ends the poll that is under way at once. */
  setEnabled(tx: Tx, bot: Bot, enabled: boolean, caller: Caller): Promise<void>;
  /** Refuses where nothing is set up. */
  setMode(tx: Tx, bot: Bot, mode: TelegramMode, caller: Caller): Promise<void>;
  /** Everything: token, link, what waits, which message is which. */
  forget(tx: Tx, bot: Bot, caller: Caller): Promise<void>;
  /** Whether the token works, and who it is. Refuses what Telegram refuses, and where it cannot be reached. */
  check(bot: Bot, draft: TelegramDraft, signal: AbortSignal): Promise<TelegramBot & { ms: number }>;
  /** Chats that wrote to the Telegram bot lately, newest first. Reading them loses no update. */
  chats(bot: Bot, draft: TelegramDraft, signal: AbortSignal): Promise<readonly TelegramChat[]>;
  /** Says hello there, with values that need not be saved; resolves once Telegram has it. */
  hello(
    bot: Bot,
    draft: TelegramDraft & { chat_id?: string | undefined },
    signal: AbortSignal,
  ): Promise<{ chat: TelegramChat; ms: number }>;
  /**
   * Takes the webhook of another program away, and listens itself from then on where that Telegram bot is the saved one. Of
   * one that is not saved yet, so that those who write to it can be seen before a chat is chosen.
   */
  removeWebhook(bot: Bot, caller: Caller, signal: AbortSignal, draft?: TelegramDraft): Promise<void>;
  /**
   * The text of a program (`from`: `API`) or of a person (their JID), under `[XMPP] from:`; stored in the caller's unit, and
   * sent in its turn. Refuses while the bridge is off, or not set up, and where too many wait already.
   */
  send(tx: Tx, bot: Bot, message: { from: string; text: string }): Promise<void>;
}
