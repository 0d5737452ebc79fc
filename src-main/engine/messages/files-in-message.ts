import type { Element } from '@xmpp/xml';
import { cleanFileName, nameInUrl } from '../../base/file-name.ts';
import { promisedType } from '../../base/media-type.ts';
import { type FileKey, readAesgcmUrl } from '../../gateways/omemo/aesgcm-file.ts';
import { readOutOfBand } from '../../gateways/xmpp/xep-0066-out-of-band.ts';
import { readFileSharing, type SharedFile } from '../../gateways/xmpp/xep-0447-file-sharing.ts';

/** A file that somebody sent, by where it lies. What is said of it are the sender's words. */
export interface FileReference {
  url: string;
  /** What opens it, where it is encrypted by itself. */
  secret: FileKey | undefined;
  name: string;
  type: string | undefined;
  sizeBytes: number | undefined;
}

/** More in one message is no message of a person. */
const MAX_FILES = 10;
const MAX_URL_LENGTH = 2_000;
const MEDIA_TYPE = /^[a-z0-9][a-z0-9.+-]{0,63}\/[a-z0-9][a-z0-9.+-]{0,126}$/i;

/** The files of a message: shared (XEP-0447), out of band (XEP-0066), or an encrypted one whose address is the text. */
export function filesIn(message: Element, text: string): FileReference[] {
  const [firstLine = ''] = text.trim().split('\n', 1);
  const named = [
    ...readFileSharing(message),
    ...readOutOfBand(message).map(({ url }) => ({ url })),
    ...(firstLine.length <= MAX_URL_LENGTH && readAesgcmUrl(firstLine) ? [{ url: firstLine }] : []),
  ];
  const found = new Map<string, FileReference>();
  for (const one of named) {
    const reference = referenceOf(one);
    if (reference && !found.has(reference.url)) found.set(reference.url, reference);
  }
  return [...found.values()].slice(0, MAX_FILES);
}

function referenceOf(file: Partial<SharedFile> & { url: string }): FileReference | undefined {
  if (file.url.length > MAX_URL_LENGTH) return undefined;
  const sealed = readAesgcmUrl(file.url);
  const url = sealed?.httpsUrl ?? file.url;
  // An address of that scheme that cannot be read is none.
  if (!/^https?:/i.test(url)) return undefined;
  const name = cleanFileName(file.name ?? '') || nameInUrl(url) || 'file';
  return {
    url,
    secret: sealed ?? file.secret,
    name,
    type:
      file.mediaType !== undefined && MEDIA_TYPE.test(file.mediaType) ? file.mediaType : promisedType(name),
    sizeBytes: file.sizeBytes,
  };
}
