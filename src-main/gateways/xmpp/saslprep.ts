/** Code points that SASLprep maps to a space (RFC 3454, C.1.2). */
const SPACES = /[\u00A0\u1680\u2000-\u200B\u202F\u205F\u3000]/gu;
/** Code points that SASLprep removes (RFC 3454, B.1). */
const NOTHING = /\u00AD|\u034F|\u1806|[\u180B-\u180D]|\u200C|\u200D|\u2060|[\uFE00-\uFE0F]|\uFEFF/gu;
/** What must not be left (RFC 4013, 2.3): controls, private use, non-characters, surrogates, direction marks. */
const PROHIBITED = [
  /[\p{Cc}\p{Co}\p{Cs}\p{Noncharacter_Code_Point}]/u,
  /[\u06DD\u070F\u180E\u2028\u2029\u200E\u200F\u202A-\u202E\u2061-\u2063\u206A-\u206F\u2FF0-\u2FFB\uFFF9-\uFFFD]/u,
  /\u0340|\u0341|[\u{1D173}-\u{1D17A}]|[\u{E0001}\u{E0020}-\u{E007F}]/u,
];

/**
 * Prepares a user name or password for comparison (RFC 4013): both sides must get the same bytes from it. Returns
 * undefined when it has characters that can be in neither. The rule on mixed directions is left to the server.
 */
export function saslprep(text: string): string | undefined {
  const prepared = text.replace(SPACES, ' ').replace(NOTHING, '').normalize('NFKC');
  return PROHIBITED.some((set) => set.test(prepared)) ? undefined : prepared;
}
