/** What nothing is known of. */
export const UNKNOWN_TYPE = 'application/octet-stream';
export const TEXT_TYPE = 'text/plain; charset=utf-8';
/** So much of a file is enough to tell what it is. */
export const HEAD_BYTES = 4_096;

/** What files of a type begin with, from which byte on, and how their names end; the usual ending first. */
interface Kind {
  type: string;
  endings: readonly string[];
  marks: readonly { at: number; bytes: string }[];
}

const at = (offset: number, bytes: string) => ({ at: offset, bytes });
const kind = (type: string, endings: string, ...marks: Kind['marks']): Kind => ({
  type,
  endings: endings.split(' '),
  marks,
});

/** The longer ones first where one begins like another. */
const KINDS: readonly Kind[] = [
  kind('image/png', 'png', at(0, '\x89PNG\r\n\x1a\n')),
  kind('image/jpeg', 'jpg jpeg jpe', at(0, '\xff\xd8\xff')),
  kind('image/gif', 'gif', at(0, 'GIF8')),
  kind('image/webp', 'webp', at(0, 'RIFF'), at(8, 'WEBP')),
  kind('audio/wav', 'wav', at(0, 'RIFF'), at(8, 'WAVE')),
  kind('video/x-msvideo', 'avi', at(0, 'RIFF'), at(8, 'AVI ')),
  kind('image/avif', 'avif', at(4, 'ftypavif')),
  kind('image/heic', 'heic heif', at(4, 'ftyphei')),
  kind('image/heic', 'heic heif', at(4, 'ftypmif1')),
  kind('audio/mp4', 'm4a', at(4, 'ftypM4A')),
  kind('video/quicktime', 'mov', at(4, 'ftypqt')),
  kind('video/3gpp', '3gp', at(4, 'ftyp3g')),
  kind('video/mp4', 'mp4 m4v', at(4, 'ftyp')),
  kind('image/bmp', 'bmp', at(0, 'BM'), at(6, '\0\0\0\0')),
  kind('image/tiff', 'tif tiff', at(0, 'II*\0')),
  kind('image/tiff', 'tif tiff', at(0, 'MM\0*')),
  kind('video/webm', 'webm', at(0, '\x1aE\xdf\xa3'), at(31, 'webm')),
  kind('video/webm', 'webm', at(0, '\x1aE\xdf\xa3'), at(24, 'webm')),
  kind('video/x-matroska', 'mkv mka', at(0, '\x1aE\xdf\xa3')),
  kind('audio/ogg', 'opus ogg oga', at(0, 'OggS'), at(28, 'OpusHead')),
  kind('audio/ogg', 'ogg oga', at(0, 'OggS')),
  kind('audio/flac', 'flac', at(0, 'fLaC')),
  kind('audio/mpeg', 'mp3', at(0, 'ID3')),
  kind('audio/mpeg', 'mp3', at(0, '\xff\xfb')),
  kind('audio/mpeg', 'mp3', at(0, '\xff\xf3')),
  kind('audio/aac', 'aac', at(0, '\xff\xf1')),
  kind('application/pdf', 'pdf', at(0, '%PDF-')),
  kind('application/zip', 'zip', at(0, 'PK\x03\x04')),
  kind('application/zip', 'zip', at(0, 'PK\x05\x06')),
  kind('application/gzip', 'gz tgz', at(0, '\x1f\x8b')),
  kind('application/x-7z-compressed', '7z', at(0, "7z\xbc\xaf'\x1c")),
  kind('application/x-xz', 'xz', at(0, '\xfd7zXZ\0')),
  kind('application/zstd', 'zst', at(0, '\x28\xb5\x2f\xfd')),
];

const office = (name: string) => `application/vnd.openxmlformats-officedocument.${name}`;
/** Formats that are another one inside: the name decides, where it fits. */
const INSIDE: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'application/zip': {
    docx: office('wordprocessingml.document'),
    xlsx: office('spreadsheetml.sheet'),
    pptx: office('presentationml.presentation'),
    odt: 'application/vnd.oasis.opendocument.text',
    ods: 'application/vnd.oasis.opendocument.spreadsheet',
    odp: 'application/vnd.oasis.opendocument.presentation',
    epub: 'application/epub+zip',
    jar: 'application/java-archive',
    apk: 'application/vnd.android.package-archive',
  },
  [TEXT_TYPE]: {
    csv: 'text/csv; charset=utf-8',
    md: 'text/markdown; charset=utf-8',
    ics: 'text/calendar; charset=utf-8',
    vcf: 'text/vcard; charset=utf-8',
    json: 'application/json',
    txt: TEXT_TYPE,
    log: TEXT_TYPE,
  },
};

/** The part of a name behind its last dot, in lower case; empty where there is none. */
export const endingOf = (name: string): string =>
  /[^.]\.([a-z0-9]{1,10})$/i.exec(name)?.[1]?.toLowerCase() ?? '';

/**
 * What a file is, by how it begins. Its name counts only where it says more than that without saying anything else: a
 * picture called `.html` is a picture, and a page or a script is a text.
 */
export function mediaTypeOf(head: Uint8Array, name = ''): string {
  const bytes = Buffer.from(head.buffer, head.byteOffset, Math.min(head.length, HEAD_BYTES)).toString(
    'latin1',
  );
  const found = KINDS.find(({ marks }) => marks.every((mark) => bytes.startsWith(mark.bytes, mark.at)));
  const type = found?.type ?? (isText(head) ? TEXT_TYPE : UNKNOWN_TYPE);
  return INSIDE[type]?.[endingOf(name)] ?? type;
}

/** The type that names of that ending promise; undefined for an ending that promises nothing. */
export function promisedType(name: string): string | undefined {
  const ending = endingOf(name);
  const inside = Object.values(INSIDE).map((types) => types[ending]);
  return (
    KINDS.find(({ endings }) => endings.includes(ending))?.type ?? inside.find((type) => type !== undefined)
  );
}

/** How names of files of that type end. */
export const usualEnding = (type: string): string | undefined => {
  const inside = Object.values(INSIDE).flatMap((types) => Object.entries(types));
  return (
    KINDS.find((one) => one.type === type)?.endings[0] ??
    (type === TEXT_TYPE ? 'txt' : inside.find(([, one]) => one === type)?.[0])
  );
};

/** UTF-8 without control characters. The last character may be cut in two. */
function isText(head: Uint8Array): boolean {
  if (head.length === 0) return false;
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(head.subarray(0, HEAD_BYTES), {
      stream: true,
    });
    return !/[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]/.test(text);
  } catch {
    return false;
  }
}
