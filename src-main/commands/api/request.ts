import type { Caller } from '../../../src-shared/access.ts';
import type { TextKey } from '../../../src-shared/text/en.ts';
import type { Translate } from '../../../src-shared/text/translate.ts';
import type { Services } from '../../engine/engine.ts';
import type { Account } from '../../store/account-repository.ts';
import type { Bot } from '../../store/bot-repository.ts';
import type { CommandAnswer } from '../answer.ts';

export type ApiServices = Pick<Services, 'apiServer' | 'chatAdmin' | 'settings' | 'tokens' | 'webhooks'>;

/** `/api ...`, in a bot's chat or in the chat with oneself. */
export interface ApiRequest {
  services: ApiServices;
  /** The account in whose chat it was typed. */
  chat: Account;
  /** Who typed it, where that account is signed in here. */
  person: Account | undefined;
  /** The bot it is about: whose chat it is, or the one that is selected. */
  bot: Bot | undefined;
  caller: Caller;
  isEncrypted: boolean;
  t: Translate;
}

/** One subcommand of `/api`, or of `/api server`. */
export interface ApiPage {
  name: string;
  /** Other words for it, in both languages. */
  aliases: readonly string[];
  /** What it needs, as shown to people. */
  usage?: TextKey;
  summary: TextKey;
  /** `words`: what stands behind its name. */
  answer(request: ApiRequest, words: readonly string[]): Promise<CommandAnswer>;
}

/** The page that a word means. */
export const pageOf = (pages: readonly ApiPage[], word: string): ApiPage | undefined =>
  pages.find(({ name, aliases }) => name === word.toLowerCase() || aliases.includes(word.toLowerCase()));
