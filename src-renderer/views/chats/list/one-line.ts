const LINE = 160;

/** A text without the tokens in it: what is shown, or told to those who hear the page, is noticed by others as well. */
export const withoutTokens = (text: string): string => text.replace(/\bbma?_[\w-]{12,}/g, 'bm_…');

/** A text without its line ends, its marks for styling, and its tokens: a list is seen over shoulders. */
export const oneLine = (text: string): string =>
  // Masked before it is cut, so that no half of a token is left.
  withoutTokens(text.slice(0, LINE * 4))
    .slice(0, LINE)
    .replace(/```\w*|^>\s?/gm, '')
    .replace(/\s+/g, ' ')
    .trim();

interface Shown {
  text: string;
  spoiler: string | null;
  retracted: boolean;
  files: readonly { name: string }[];
}

/** What a message says, in a line; what is hidden or gone is not said. */
export function lineOf(
  { text, spoiler, retracted, files }: Shown,
  words: { retracted: string; spoiler: string },
) {
  if (retracted) return words.retracted;
  if (spoiler !== null) return spoiler === '' ? words.spoiler : oneLine(spoiler);
  return oneLine(text) || (files[0]?.name ?? '');
}
