import type { Language } from '../../../../src-shared/text/language.ts';

/** An emoji with its name and other words for it. */
export interface Emoji {
  unicode: string;
  label: string;
  tags: string;
  group: number;
}

interface Listed {
  unicode: string;
  label: string;
  tags?: string[];
  group?: number;
}

/** As other apps send it: the list asks for colour also where that is what is shown anyway. */
const asSent = (unicode: string) => unicode.replace(/(\p{Emoji_Presentation})\uFE0F/gu, '$1');

/** Parts of faces and skin, which are no emojis by themselves. */
const COMPONENTS = 2;

/** All of them, in the order of Unicode, with names in a language; they come with the program. */
export async function emojisIn(language: Language): Promise<Emoji[]> {
  const { default: list } =
    language === 'de'
      ? await import('emojibase-data/de/compact.json')
      : await import('emojibase-data/en/compact.json');
  return (list as Listed[]).flatMap(({ unicode, label, tags = [], group }) =>
    group === undefined || group === COMPONENTS
      ? []
      : [{ unicode: asSent(unicode), label, tags: [label, ...tags].join(' ').toLowerCase(), group }],
  );
}

/** Those whose name or words begin with what is typed, the names first. */
export function findEmojis(emojis: readonly Emoji[], typed: string, limit: number): Emoji[] {
  const words = typed.toLowerCase().trim().split(/\s+/);
  const fits = ({ tags }: Emoji) => words.every((word) => tags.startsWith(word) || tags.includes(` ${word}`));
  const isNamed = ({ label }: Emoji) => label.toLowerCase().startsWith(words[0] ?? '');
  const found = emojis.filter(fits);
  return [...found.filter(isNamed), ...found.filter((one) => !isNamed(one))].slice(0, limit);
}
