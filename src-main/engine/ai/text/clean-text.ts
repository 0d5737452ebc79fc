/** What XML cannot carry, controls that a terminal would follow, and marks that turn the direction of what follows. */
const UNWANTED =
  /[^\t\n\u{20}-\u{7E}\u{A0}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]|[\u202A-\u202E\u2066-\u2069]/gu;

/** More than that nobody reads in a chat. Characters. */
const LENGTH = 250_000;

/** A text of a model as it may be shown: without control characters, with one kind of line ends. */
export function cleaned(text: string): string {
  return text.slice(0, LENGTH).replace(/\r\n?/g, '\n').replace(UNWANTED, '');
}
