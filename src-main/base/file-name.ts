import { endingOf, mediaTypeOf, promisedType, UNKNOWN_TYPE, usualEnding } from './media-type.ts';

const MAX_LENGTH = 120;
/** Control and format characters (they can turn the reading direction), what separates paths, and what shells and Windows take amiss. */
const UNFIT = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}/\\:*?"<>|]+/gu;
/** Names of devices on Windows, whatever their ending. */
const DEVICE = /^(con|prn|aux|nul|com\d|lpt\d)(?=\.|$)/i;

/** A file name that is one: no path, nothing hidden, nothing invisible, of bearable length. Empty when nothing is left. */
export function cleanFileName(name: string): string {
  const last = name.normalize('NFC').toWellFormed().split(/[/\\]/).at(-1) ?? '';
  const clean = last
    .replace(UNFIT, '_')
    .trim()
    .replace(/^[.\s]+|[.\s]+$/g, '')
    .replace(DEVICE, '_$1');
  if (clean.length <= MAX_LENGTH) return clean;
  const ending = endingOf(clean);
  const tail = ending === '' ? '' : `.${ending}`;
  return `${[...clean]
    .slice(0, MAX_LENGTH - tail.length)
    .join('')
    .slice(0, MAX_LENGTH - tail.length)
    .toWellFormed()}${tail}`;
}

/** The name at the end of an address; empty where there is none. */
export function nameInUrl(url: string): string {
  const last = new URL(url).pathname.split('/').at(-1) ?? '';
  try {
    return cleanFileName(decodeURIComponent(last));
  } catch {
    return cleanFileName(last);
  }
}

/**
 * The name and the type that a file goes by: the first of the names that is one, with an ending that does not promise
 * something else than is in it.
 */
export function nameAndType(
  names: readonly (string | undefined)[],
  head: Uint8Array,
): { name: string; type: string } {
  const name = names.map((one) => cleanFileName(one ?? '')).find((one) => one !== '') ?? '';
  const type = mediaTypeOf(head, name);
  const usual = usualEnding(type);
  if (name === '') return { name: usual === undefined ? 'file' : `file.${usual}`, type };
  const promised = promisedType(name);
  const isFitting = type === UNKNOWN_TYPE || usual === undefined || promised === type;
  // An ending that we do not know may be right: `.py` is a text, `.kmz` a zip. But it makes no picture of one.
  const isSpecial = promised === undefined && endingOf(name) !== '' && !/^(image|audio|video)\//.test(type);
  if (isFitting || isSpecial) return { name, type };
  return { name: cleanFileName(`${name}.${usual}`), type };
}
