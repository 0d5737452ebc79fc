import type { Caller } from '../../../src-shared/access.ts';
import type { TextKey } from '../../../src-shared/text/en.ts';
import type { Language, Translate } from '../../../src-shared/text/translate.ts';
import type { Services } from '../../engine/engine.ts';
import type { Place } from '../../engine/messages/inbound-roles.ts';
import type { Account } from '../../store/account-repository.ts';
import type { Bot } from '../../store/bot-repository.ts';
import type { Tx } from '../../store/open.ts';
import type { CommandAnswer } from '../answer.ts';
import type { ApiServices } from '../api/request.ts';
import type { KiServices } from '../ki/request.ts';
import type { TelegramDrafts } from '../telegram/drafts.ts';
import type { TelegramServices } from '../telegram/request.ts';

/** What the commands of a bot's own chat work with that run before the unit of their answer. */
export interface MenuAheadContext {
  services: Pick<Services, 'bots' | 'botCommands' | 'chats' | 'omemoDevices'> &
    ApiServices &
    KiServices &
    TelegramServices;
  bot: Bot;
  /** The bot's own account. */
  account: Account;
  /** Its owner, where that account is signed in here. */
  person: Account | undefined;
  caller: Caller;
  /** It came encrypted, from a device that is trusted. */
  isEncrypted: boolean;
  /** What stands behind the command, word by word. */
  words: readonly string[];
  /** The same as it was typed. */
  rest: string;
  /** Ends when nobody waits for the answer any more. */
  signal: AbortSignal;
  /** Bridges that were begun to be set up. */
  telegramDrafts: TelegramDrafts;
  language: Language;
  t: Translate;
}

/** What the others work with. */
export interface MenuContext extends MenuAheadContext {
  /** The command's changes go into this unit, together with its answer. */
  tx: Tx;
}

/** A command that a bot answers itself in the chat with its owner. */
export interface MenuCommand {
  name: string;
  aliases?: readonly string[];
  usage: TextKey;
  summary: TextKey;
  /** How the list shows it: as a menu of its own, or not at all. */
  isMenu?: true;
  isHidden?: true;
  /** What is typed behind it may hold a secret, such as a key: nothing says it again. */
  takesSecret?: true;
  /** Whether what was typed behind it does hold one: such a message is taken back, where that is possible. */
  holdsSecret?(rest: string): boolean;
  /** Of a command that runs in several places: where it does, by what stands behind it. */
  place?(rest: string): Place;
  run?(context: MenuContext): Promise<CommandAnswer>;
  /** In its place, for what needs the world outside: it may run again when its answer was not stored. */
  runAhead?(context: MenuAheadContext): Promise<CommandAnswer>;
}
