import type { Api } from './api-client.ts';

export type Flags = Record<string, string | boolean | undefined>;

/** What a verb works with. */
export interface VerbContext {
  words: string[];
  flags: Flags;
  /** Reaches the running engine, or opens the data folder without one. */
  api: () => Promise<Api>;
  /** Prints the result: as JSON with `--json`, else the given lines. */
  print: (result: unknown, lines: string | string[]) => void;
}

export interface Verb {
  /** After `botmother `, as shown by the help. */
  usage: string;
  summary: string;
  /** Names of flags besides --data-dir and --json; true: takes a value. */
  flags?: Record<string, boolean>;
  /** How many words it takes after its name. */
  words: [min: number, max: number];
  /** It may be the first thing that a person does: the data folder is made where it is missing. */
  makesFolder?: true;
  /** Resolves with the exit status, 0 when nothing is returned. */
  run(context: VerbContext): Promise<number | undefined>;
}

/** The command line was wrong: exit status 2. */
export class UsageError extends Error {}
/** The command was understood and refused: exit status 1. */
export class Refused extends Error {}

/** A bot's ID as typed. */
export function botId(word: string | undefined): number {
  if (!/^[1-9]\d{0,14}$/.test(word ?? ''))
    throw new UsageError('The ID is a whole number; see: botmother bot list');
  return Number(word);
}
