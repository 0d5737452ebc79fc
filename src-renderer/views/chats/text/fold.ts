/** What is longer is folded: a conversation is read, and a text of a whole book would hold up the window. */
const LINES = 40;
const LETTERS = 4_000;

/** The beginning of a long text, to be shown in its place; undefined where all of it can be shown. */
export function foldedOf(text: string): string | undefined {
  let end = 0;
  for (let line = 0; line < LINES && end !== -1; line += 1)
    end = text.indexOf('\n', line === 0 ? 0 : end + 1);
  const byLines = end === -1 || text.slice(end).trim() === '' ? text.length : end;
  if (byLines === text.length && text.length <= LETTERS) return undefined;
  const cut = Math.min(byLines, LETTERS);
  if (cut === byLines) return text.slice(0, cut);
  // Between words, where there are any; never within a letter that takes two places.
  const space = text.slice(cut - 200, cut).search(/\s\S*$/);
  return text.slice(0, space === -1 ? cut : cut - 200 + space).toWellFormed();
}

/** The messages that somebody has unfolded stay so, also when they have been out of sight. */
const unfolded = new Set<string>();
export const isUnfolded = (id: string): boolean => unfolded.has(id);
export function unfold(id: string, isOpen: boolean): void {
  if (isOpen) unfolded.add(id);
  else unfolded.delete(id);
}

/** What is shown of a text at first. */
export const shownText = ({ text, message_id: id }: { text: string; message_id: string }): string =>
  unfolded.has(id) ? text : (foldedOf(text) ?? text);
