import type { TextKey } from '../../src-shared/text/en.ts';
import type { Translate } from '../../src-shared/text/translate.ts';
import type { Place } from '../engine/messages/inbound-roles.ts';
import type { Tx } from '../store/open.ts';
import type { CommandAnswer, MenuItem, MenuPage } from './answer.ts';
import { nearest } from './nearest.ts';

/** What every subcommand is given. */
interface Speaking {
  t: Translate;
}

/** What is to be done about one line, and where. */
export type Act<R> =
  | { place: 'unit'; run(request: R & { tx: Tx }): Promise<CommandAnswer> }
  | { place: Exclude<Place, 'unit'>; run(request: R): Promise<CommandAnswer> };

/** One subcommand, such as `setup` of `/ki`. */
export interface Subcommand<R> {
  name: string;
  /** Other words for it, in both languages. */
  aliases: readonly string[];
  /** What it needs, as shown to people. */
  usage?: TextKey;
  /** It does something without that, too. */
  isUsageOptional?: true;
  summary: TextKey;
  /** Whoever writes something behind it means more than it does. */
  takesNothing?: true;
  /** `rest`: what stands behind its name, as it was typed. */
  act(rest: string): Act<R>;
  /** Whether that holds a secret, such as a key. */
  holdsSecret?(rest: string): boolean;
}

interface Declared<R> {
  /** With its slash. */
  command: string;
  pages: readonly Subcommand<R>[];
  /** What the command alone shows. */
  overview(request: R): Promise<MenuPage>;
  /** Says that there is no such subcommand. */
  unknown: TextKey;
  /** The subcommand that a first word means which is none; it is given the whole line. */
  implied?(word: string): Subcommand<R> | undefined;
  /** A word as it may be said again. */
  sayable(word: string): string;
  /** Whether words of a line that begins with no subcommand look like a secret. */
  isSecret(words: readonly string[]): boolean;
}

/** A command with subcommands: the one way to them, from every chat and from forms. */
export interface Subcommands<R> {
  pages: readonly Subcommand<R>[];
  /** What a line behind the command means. */
  act(typed: string): Act<R>;
  /** Whether that line holds a secret, such as a key. */
  holdsSecret(typed: string): boolean;
}

/** Words for the menu itself. */
const HELP: ReadonlySet<string> = new Set(['', 'help', 'hilfe', 'menu', 'menü', '?']);

export function subcommands<R extends Speaking>(declared: Declared<R>): Subcommands<R> {
  const { command, pages, overview, unknown, implied, sayable, isSecret } = declared;
  const names = pages.flatMap(({ name, aliases }) => [name, ...aliases]);

  /** The subcommand of a line, and what stands behind its name. */
  function meaning(typed: string): { word: string; page: Subcommand<R> | undefined; rest: string } {
    const line = typed.trim();
    const [, word = '', rest = ''] = /^(\S*)\s*([\s\S]*)$/.exec(line) ?? [];
    const wanted = word.toLowerCase();
    const named = pages.find(({ name, aliases }) => name === wanted || aliases.includes(wanted));
    return named ? { word, page: named, rest } : { word, page: implied?.(wanted), rest: line };
  }
  const unknownWord = (word: string): Act<R> => ({
    place: 'ahead',
    async run(request) {
      const page = await overview(request);
      const meant = nearest(word.toLowerCase(), names);
      const said = meant
        ? request.t('unknown.nearest', {
            command: `${command} ${sayable(word)}`,
            nearest: `${command} ${meant}`,
          })
        : request.t(unknown, { word: sayable(word) });
      return { ...page, text: [said, page.text].join('\n') };
    },
  });

  return {
    pages,
    act(typed) {
      const { word, page, rest } = meaning(typed);
      if (page?.takesNothing && rest !== '') return usedAlone(`${command} ${page.name}`);
      if (page) return page.act(rest);
      return HELP.has(word.toLowerCase()) ? { place: 'ahead', run: overview } : unknownWord(word);
    },
    holdsSecret(typed) {
      const { page, rest } = meaning(typed);
      return page ? (page.holdsSecret?.(rest) ?? false) : isSecret(wordsIn(typed));
    },
  };
}

/** Runs in the unit what belongs there. */
export async function runInUnit<R>(act: Act<R>, request: R & { tx: Tx }): Promise<CommandAnswer> {
  if (act.place !== 'unit') throw new Error('this one runs before the unit');
  return act.run(request);
}
/** Runs before the unit what does not belong into it. */
export async function runAheadOfUnit<R>(act: Act<R>, request: R): Promise<CommandAnswer> {
  if (act.place === 'unit') throw new Error('this one runs in the unit');
  return act.run(request);
}

/** Says how it is used, whatever stands there. */
export const usageOnly = (usage: TextKey): Act<Speaking> => ({
  place: 'unit',
  run: async ({ t }) => t('usage', { usage: t(usage) }),
});

/** The same for what is used without a word behind it. */
const usedAlone = (line: string): Act<Speaking> => ({
  place: 'unit',
  run: async ({ t }) => t('usage', { usage: line }),
});

export const wordsIn = (rest: string): string[] => rest.split(/\s+/).filter(Boolean);

/** How each subcommand is typed that needs something. */
export const usagesOf = <R>(pages: readonly Subcommand<R>[], t: Translate): string[] =>
  pages.flatMap(({ usage, isUsageOptional, summary }) => {
    if (usage === undefined) return [];
    const line = isUsageOptional ? t(usage).replace(/<([^<>]+)>$/, '[$1]') : t(usage);
    return [`${line} - ${t(summary)}`];
  });

/** Something to choose from the menu of a command. */
export const itemOf = <R>(command: string, { name, summary }: Subcommand<R>, t: Translate): MenuItem => ({
  command: `${command} ${name}`,
  label: t(summary),
});
