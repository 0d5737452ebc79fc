/** How many characters of a foreign text are shown. */
export const FOREIGN_TEXT_LENGTH = 200;

/** Line ends and tabs, which become spaces. */
const SPACE = /[\s\u0085]+/g;
/** C0, C1, and what turns the direction of writing: they change how everything around them is shown. */
const UNPRINTABLE = /[\p{Cc}\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069]/gu;
const LONE_SURROGATE = /\p{Surrogate}/gu;
/** What stands before the host of a URL: a name and a password. */
const CREDENTIALS = /:\/\/[^\s/?#]*@/g;

/**
 * A text that a server, a contact or a user wrote, fit to stand in a message to people, a log or a terminal: one line
 * without control characters and credentials, of bounded length.
 */
export function foreignText(text: string): string {
  // What is far beyond the bound is not looked at.
  const start = text.slice(0, FOREIGN_TEXT_LENGTH * 8);
  const shown = start
    .replace(CREDENTIALS, '://***@')
    .replace(SPACE, ' ')
    .replace(UNPRINTABLE, '')
    .replace(LONE_SURROGATE, '')
    .trim();
  const isCut = shown.length > FOREIGN_TEXT_LENGTH || text.length > start.length;
  return isCut ? `${shown.slice(0, FOREIGN_TEXT_LENGTH - 1).replace(LONE_SURROGATE, '')}…` : shown;
}
