import type { z } from 'zod';
import type { Caller } from '../../src-shared/access.ts';
import type { TextKey } from '../../src-shared/text/en.ts';
import type { Language, Translate } from '../../src-shared/text/translate.ts';
import type { Services } from '../engine/engine.ts';
import type { Place } from '../engine/messages/inbound-roles.ts';
import type { Account } from '../store/account-repository.ts';
import type { Tx } from '../store/open.ts';
import type { CommandAnswer } from './answer.ts';
import type { TelegramDrafts } from './telegram/drafts.ts';

/** One thing a command has to be told: some words of a chat line, or a field of a form. */
export interface Field<T = unknown> {
  /** What a form calls it. */
  label: TextKey;
  /** How it is asked for in a form. */
  input: 'line' | 'lines' | 'choice' | 'confirmation';
  /** What a form lets one choose from: the owner's bots, or these values. */
  choices?: 'bots' | readonly { value: string; label: TextKey }[];
  /** What belongs to it in a chat line: the next word, or everything that is left. `nothing`: only a form fills it in. */
  takes: 'word' | 'rest' | 'nothing';
  isOptional?: true;
  /** Reads the text; an empty one was left out. What it refuses is answered with the usage line. */
  schema: z.ZodType<T, string>;
}

/** In the order in which a chat line has them. */
export type Fields = Readonly<Record<string, Field>>;
export type ArgsOf<F extends Fields> = { [K in keyof F]: F[K] extends Field<infer T> ? T : never };

/** What commands work with. No store: a command's changes go into the unit it is given. */
export type CommandServices = Pick<
  Services,
  | 'ai'
  | 'apiDoor'
  | 'apiServer'
  | 'audit'
  | 'bots'
  | 'dedicated'
  | 'botCommands'
  | 'botReport'
  | 'botSettings'
  | 'chatAdmin'
  | 'chats'
  | 'omemoDevices'
  | 'rooms'
  | 'sessions'
  | 'settings'
  | 'telegram'
  | 'tokens'
  | 'webhooks'
>;

export interface CommandContext<Args> extends CommandServices {
  /** The command's changes go into this unit, together with its answer. */
  tx: Tx;
  /** Who typed it. */
  owner: Account;
  caller: Caller;
  args: Args;
  /** Bridges that were begun to be set up. */
  telegramDrafts: TelegramDrafts;
  language: Language;
  t: Translate;
  /** Base URL of the bot API, as it is reachable now. */
  apiUrl: string;
}

/** What a command works with that runs before the unit of its answer. */
export interface AheadContext<Args> extends CommandServices {
  /** Who typed it. */
  owner: Account;
  caller: Caller;
  args: Args;
  /** Bridges that were begun to be set up. */
  telegramDrafts: TelegramDrafts;
  language: Language;
  t: Translate;
  /** Base URL of the bot API, as it is reachable now. */
  apiUrl: string;
  /** Ends when nobody waits for the answer any more. */
  signal: AbortSignal;
  /** It came encrypted, from a device that is trusted. */
  isEncrypted: boolean;
}

export interface Command<F extends Fields = Fields> {
  name: string;
  aliases?: readonly string[];
  /** Words that people type when they mean this command, in any language: not commands, only hints. */
  alsoMeant?: readonly string[];
  summary: TextKey;
  usage: TextKey;
  /** A line that could be typed as it is. */
  example?: TextKey;
  /** Its answer holds a secret, which is not given in clear where the chat itself is encrypted. */
  answersSecret?: true;
  /** What is typed behind it may hold a secret, such as a key: nothing says it again. */
  takesSecret?: true;
  /** Whether what was typed behind it does hold one: such a message is taken back, where that is possible. */
  holdsSecret?(rest: string): boolean;
  /** It opens a menu. */
  isMenu?: true;
  fields: F;
  /** Of a command that runs in several places: where it does, by its words. */
  place?(words: Readonly<Record<string, string>>): Place;
  /** Returns the answer, or a question when the command has a field that confirms. */
  run?(context: CommandContext<ArgsOf<F>>): Promise<CommandAnswer>;
  /** In its place, for what needs the world outside: it has no unit, and may run again when its answer was not stored. */
  runAhead?(context: AheadContext<ArgsOf<F>>): Promise<CommandAnswer>;
}

/** Where a command runs that was given these words. */
export const placeOf = ({ place, runAhead }: Command, words: Readonly<Record<string, string>>): Place =>
  place?.(words) ?? (runAhead ? 'ahead' : 'unit');

/** A command as a declaration, for chat lines and for forms: parsing, help and errors are the edges'. */
export function defineCommand<const F extends Fields>(command: Command<F>): Command {
  // The edges give `run` only what the schemas of the same command's fields produced.
  return command as unknown as Command;
}
