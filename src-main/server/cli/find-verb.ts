import { VERSION } from '../version.ts';
import { type Flags, UsageError, type Verb } from './verb.ts';

type Verbs = Readonly<Record<string, Verb>>;

/** Two words (`account add`) before one (`doctor`). */
function lookUp(verbs: Verbs, words: readonly string[]): { verb: Verb; rest: string[] } | undefined {
  for (const length of [2, 1]) {
    const verb = verbs[words.slice(0, length).join(' ')];
    if (verb && words.length >= length) return { verb, rest: words.slice(length) };
  }
  return undefined;
}

/** All verbs that begin with that word. */
const groupOf = (verbs: Verbs, word: string | undefined): Verb[] =>
  Object.values(verbs).filter(({ usage }) => usage.startsWith(`${word} `));

const unknown = (words: readonly string[]) =>
  new UsageError(`There is no command "${words.join(' ')}". See: botmother --help`);

/** Finds the verb of a command line; the error lists those of its group, if there is one. */
export function findVerb(verbs: Verbs, words: readonly string[]): { verb: Verb; rest: string[] } {
  const found = lookUp(verbs, words);
  if (found) return found;
  const group = groupOf(verbs, words[0]);
  if (group.length > 0) throw new UsageError(group.map(({ usage }) => `botmother ${usage}`).join('\n'));
  throw unknown(words);
}

/** The help of one verb, of a group of them (`account`), or of all. */
export function helpFor(verbs: Verbs, words: readonly string[]): string {
  const found = lookUp(verbs, words);
  const group = groupOf(verbs, words[0]);
  if (words.length > 0 && !found && group.length === 0) throw unknown(words);
  const shown = found ? [found.verb] : words.length > 0 ? group : Object.values(verbs);
  const lines = shown.map(({ usage, summary }) => `  botmother ${usage}\n      ${summary}`);
  const end = 'Exit status: 0 done, 1 refused or failed, 2 used wrongly.';
  return [
    ...(words.length > 0 ? [] : [`Botmother ${VERSION}`, '']),
    ...lines,
    '',
    `${shown.length === 1 ? 'It takes' : 'All take'} --data-dir DIR and --json. ${end}`,
  ].join('\n');
}

/** Refuses words and flags that the verb does not take. */
export function checkUse(verb: Verb, words: readonly string[], flags: Flags, everywhere: object): void {
  const [min, max] = verb.words;
  const stranger = Object.keys(flags).find((name) => !(name in everywhere) && !(name in (verb.flags ?? {})));
  if (words.length < min || words.length > max || stranger !== undefined) {
    throw new UsageError(`Usage: botmother ${verb.usage}`);
  }
}
