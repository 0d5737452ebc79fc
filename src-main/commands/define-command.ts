import type { z } from 'zod';
import type { Caller } from '../../src-shared/access.ts';
import type { TextKey } from '../../src-shared/text/en.ts';
import type { Translate } from '../../src-shared/text/translate.ts';
import type { BotService } from '../engine/bots/bot-service.ts';
import type { BotTokens } from '../engine/bots/bot-tokens.ts';
import type { Account } from '../store/account-repository.ts';
import type { Tx } from '../store/open.ts';

export interface CommandContext<Args> {
  /** The command's changes go into this unit, together with its answer. */
  tx: Tx;
  /** Who typed it. */
  owner: Account;
  caller: Caller;
  args: Args;
  t: Translate;
  bots: BotService;
  tokens: BotTokens;
  /** Base URL of the bot API, as it is reachable now. */
  apiUrl: string;
}

export interface Command<Args = unknown> {
  name: string;
  aliases?: readonly string[];
  summary: TextKey;
  usage: TextKey;
  example?: TextKey;
  /** Reads the text after the name; what it refuses is answered with the usage line. */
  args: z.ZodType<Args, string>;
  /** Returns the answer. */
  run(context: CommandContext<Args>): Promise<string>;
}

/** A slash command as a declaration: parsing, help and errors are the router's. */
export function defineCommand<Args>(command: Command<Args>): Command {
  // The router gives `run` only what `args` of the same command produced.
  return command as Command;
}
