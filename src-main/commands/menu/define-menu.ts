import type { Caller } from '../../../src-shared/access.ts';
import type { TextKey } from '../../../src-shared/text/en.ts';
import type { Translate } from '../../../src-shared/text/translate.ts';
import type { Services } from '../../engine/engine.ts';
import type { Account } from '../../store/account-repository.ts';
import type { Bot } from '../../store/bot-repository.ts';
import type { Tx } from '../../store/open.ts';

/** What the commands of a bot's own chat work with. */
export interface MenuContext {
  services: Pick<Services, 'bots' | 'botCommands' | 'omemoDevices'>;
  /** The command's changes go into this unit, together with its answer. */
  tx: Tx;
  bot: Bot;
  /** The bot's own account. */
  account: Account;
  caller: Caller;
  /** It came encrypted, from a device that is trusted. */
  isEncrypted: boolean;
  /** What stands behind the command, word by word. */
  words: readonly string[];
  t: Translate;
}

/** A command that a bot answers itself in the chat with its owner. */
export interface MenuCommand {
  name: string;
  aliases?: readonly string[];
  usage: TextKey;
  summary: TextKey;
  /** Not shown in the list. */
  isHidden?: true;
  run(context: MenuContext): Promise<string>;
}
