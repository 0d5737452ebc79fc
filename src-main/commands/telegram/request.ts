import type { Caller } from '../../../src-shared/access.ts';
import type { Language, Translate } from '../../../src-shared/text/translate.ts';
import type { Services } from '../../engine/engine.ts';
import type { Bot } from '../../store/bot-repository.ts';
import type { Act, Subcommand } from '../subcommands.ts';
import type { TelegramDrafts } from './drafts.ts';

export type TelegramServices = Pick<Services, 'telegram'>;

/** `/telegram ...`, in a bot's chat or in the chat with oneself: its owner types it, nobody else is heard. */
export interface TelegramRequest {
  services: TelegramServices;
  drafts: TelegramDrafts;
  bot: Bot;
  caller: Caller;
  /** Ends when nobody waits for the answer any more. */
  signal: AbortSignal;
  language: Language;
  t: Translate;
}

export type TelegramAct = Act<TelegramRequest>;
/** One subcommand of `/telegram`. */
export type TelegramPage = Subcommand<TelegramRequest>;
