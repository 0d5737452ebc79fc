import { refuse } from './errors.ts';

/** What XML 1.0 cannot carry (section 2.2): control characters, lone surrogates, U+FFFE and U+FFFF. */
const NOT_XML = /[^\t\n\r\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]/u;
const TEXT_LIMIT_BYTES = 65_536;
/** Of one UTF-16 unit of a text. */
const MOST_BYTES = 3;

/** Refuses a text that is too long or that XMPP cannot carry; names the field and the character. */
export function checkText(field: string, text: string): void {
  if (text.length * MOST_BYTES > TEXT_LIMIT_BYTES) checkLength(field, text);
  checkCharacters(field, text);
}

function checkLength(field: string, text: string): void {
  const bytes = new TextEncoder().encode(text).length;
  if (bytes > TEXT_LIMIT_BYTES) throw refuse('text.too-long', { field, bytes, limit: TEXT_LIMIT_BYTES });
}

/** The same for a text whose length somebody else looks after. */
export function checkCharacters(field: string, text: string): void {
  const found = NOT_XML.exec(text)?.[0];
  if (found === undefined) return;
  const code = (found.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0');
  throw refuse('text.not-xml', { field, character: `U+${code}` });
}
