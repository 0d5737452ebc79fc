import type { Caller } from '../../../src-shared/access.ts';
import type { Language, Translate } from '../../../src-shared/text/translate.ts';
import type { Services } from '../../engine/engine.ts';
import type { Account } from '../../store/account-repository.ts';
import type { Bot } from '../../store/bot-repository.ts';
import type { Act, Subcommand } from '../subcommands.ts';

export type KiServices = Pick<Services, 'ai' | 'botSettings'>;

/** `/ki ...`, in a bot's chat or in the chat with oneself. */
export interface KiRequest {
  services: KiServices;
  bot: Bot;
  /** The account in whose chat it was typed. */
  chat: Account;
  /** Whose conversation with the AI it is about. */
  person: Account['jid'];
  caller: Caller;
  /** Ends when nobody waits for the answer any more. */
  signal: AbortSignal;
  language: Language;
  t: Translate;
}

export type KiAct = Act<KiRequest>;
/** One subcommand of `/ki`. */
export type KiPage = Subcommand<KiRequest>;

/** `-` stands for nothing, as a line cannot end in nothing. */
export const given = (word: string): string => (word === '-' ? '' : word);
