import { attribute, child, childElements, childText, type Element, isElement } from './element.ts';

export const NS_FILE_SHARING = 'urn:xmpp:sfs:0';
const NS_METADATA = 'urn:xmpp:file:metadata:0';
const NS_URL_DATA = 'http://jabber.org/protocol/url-data';
const NS_ENCRYPTED = 'urn:xmpp:esfs:0';
const AES_256_GCM = 'urn:xmpp:ciphers:aes-256-gcm-nopadding:0';

/** A file of a message, with what its sender tells of it. */
export interface SharedFile {
  url: string;
  name: string | undefined;
  mediaType: string | undefined;
  sizeBytes: number | undefined;
  /** Of one that is encrypted by itself (XEP-0448, AES-256-GCM). */
  secret: { key: Uint8Array; iv: Uint8Array } | undefined;
}

/** The files of a message (XEP-0447); sources that are no web address, and ciphers that we do not know, are left out. */
export function readFileSharing(message: Element): SharedFile[] {
  return childElements(message).flatMap((one) => {
    if (!isElement(one, 'file-sharing', NS_FILE_SHARING)) return [];
    const file = child(one, 'file', NS_METADATA);
    const sources = child(one, 'sources', NS_FILE_SHARING);
    const found = sources && readSource(sources);
    if (!found) return [];
    const size = (file && childText(file, 'size', NS_METADATA)) ?? '';
    return [
      {
        ...found,
        name: (file && childText(file, 'name', NS_METADATA)) || undefined,
        mediaType: (file && childText(file, 'media-type', NS_METADATA)) || undefined,
        sizeBytes: /^\d{1,15}$/.test(size) ? Number(size) : undefined,
      },
    ];
  });
}

function readSource(sources: Element): Pick<SharedFile, 'url' | 'secret'> | undefined {
  const url = targetOf(sources);
  if (url !== undefined) return { url, secret: undefined };
  for (const one of childElements(sources)) {
    if (!isElement(one, 'encrypted', NS_ENCRYPTED) || attribute(one, 'cipher') !== AES_256_GCM) continue;
    const bytes = (name: string) => Buffer.from(childText(one, name, NS_ENCRYPTED) ?? '', 'base64');
    const inner = child(one, 'sources', NS_FILE_SHARING);
    const target = inner && targetOf(inner);
    const [key, iv] = [bytes('key'), bytes('iv')];
    if (target !== undefined && key.length === 32 && iv.length === 12) {
      return { url: target, secret: { key, iv } };
    }
  }
  return undefined;
}

const targetOf = (sources: Element): string | undefined =>
  childElements(sources)
    .filter((one) => isElement(one, 'url-data', NS_URL_DATA))
    .map((one) => attribute(one, 'target') ?? '')
    .find((url) => URL.canParse(url) && /^https?:$/.test(new URL(url).protocol));
