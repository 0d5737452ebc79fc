import { domainOf } from '../../../src-shared/jid.ts';
import { attribute, child, childElements, type Element, isElement, xml } from './element.ts';
import { type Session, SessionLost } from './session.ts';
import { type DiscoInfo, discoverInfo, discoverItems } from './xep-0030-disco-query.ts';

export const NS_UPLOAD = 'urn:xmpp:http:upload:0';
/** XEP-0363, 5: no other header may be taken over. */
const HEADERS = ['Authorization', 'Cookie', 'Expires'];
const DISCO_TIMEOUT_MS = 10_000;
const MAX_SERVICES = 30;

export interface UploadService {
  jid: string;
  /** The largest file it takes; undefined where it does not say. */
  maxSizeBytes: number | undefined;
}

/** Where a file is put, with which headers, and where others get it. */
export interface UploadSlot {
  putUrl: string;
  headers: [name: string, value: string][];
  getUrl: string;
}

/** XEP-0363, 4: the upload service of the account's server; undefined where it has none. */
export async function findUploadService(
  session: Pick<Session, 'jid' | 'request'>,
): Promise<UploadService | undefined> {
  const server = domainOf(session.jid);
  const items = await discoverItems(session, { jid: server });
  const services = items.filter(({ node }) => node === undefined).map(({ jid }) => jid);
  const jids = [...new Set([...services.slice(0, MAX_SERVICES), server])];
  const found = await Promise.all(jids.map((jid) => asUploadService(session, jid)));
  return found.find((one) => one !== undefined);
}

/**
 * Asks for a place for one file. A service that refuses says why in a StanzaError: `not-acceptable` too large,
 * `resource-constraint` too much for now, `not-allowed` not for us.
 */
export async function requestSlot(
  session: Pick<Session, 'request'>,
  {
    service,
    filename,
    sizeBytes,
    mediaType,
  }: { service: string; filename: string; sizeBytes: number; mediaType: string },
): Promise<UploadSlot> {
  const wish = { xmlns: NS_UPLOAD, filename, size: String(sizeBytes), 'content-type': mediaType };
  const answer = await session.request(xml('iq', { type: 'get', to: service }, xml('request', wish)));
  const slot = readSlot(answer);
  if (!slot) throw new Error(`${service} answered with an upload slot that cannot be used`);
  return slot;
}

/** Reads a slot; undefined unless both addresses are there and encrypted. */
export function readSlot(answer: Element): UploadSlot | undefined {
  const slot = child(answer, 'slot', NS_UPLOAD);
  const put = slot && child(slot, 'put', NS_UPLOAD);
  const get = slot && child(slot, 'get', NS_UPLOAD);
  const putUrl = put && attribute(put, 'url');
  const getUrl = get && attribute(get, 'url');
  if (!put || !isHttps(putUrl) || !isHttps(getUrl)) return undefined;
  const headers = childElements(put)
    .filter((one) => isElement(one, 'header', NS_UPLOAD))
    .map(readHeader)
    .filter((one) => one !== undefined);
  return { putUrl, headers, getUrl };
}

/** XEP-0363, 5: newlines go, as they could make further headers; so does a header with what HTTP cannot carry. */
function readHeader(header: Element): [string, string] | undefined {
  const strip = (text: string) => text.replace(/[\r\n]/g, '');
  const name = strip(attribute(header, 'name') ?? '')
    .trim()
    .toLowerCase();
  const allowed = HEADERS.find((one) => one.toLowerCase() === name);
  const value = strip(header.getText()).trim();
  return allowed && /^[\t\x20-\x7e]*$/.test(value) ? [allowed, value] : undefined;
}

async function asUploadService(
  session: Pick<Session, 'request'>,
  jid: string,
): Promise<UploadService | undefined> {
  try {
    const info = await discoverInfo(session, { jid, timeoutMs: DISCO_TIMEOUT_MS });
    return uploadServiceIn(jid, info);
  } catch (error) {
    if (error instanceof SessionLost) throw error;
    // One service that does not answer says nothing about the others.
    return undefined;
  }
}

/** What an address says of itself, read as an upload service; undefined where it is none. */
export const uploadServiceIn = (jid: string, info: DiscoInfo): UploadService | undefined =>
  info.features.has(NS_UPLOAD) ? { jid, maxSizeBytes: maxSizeOf(info) } : undefined;

function maxSizeOf({ forms }: DiscoInfo): number | undefined {
  const [text = ''] = forms.find((one) => one.formType === NS_UPLOAD)?.fields.get('max-file-size') ?? [];
  return /^\d{1,15}$/.test(text) ? Number(text) : undefined;
}

const isHttps = (url: string | undefined): url is string =>
  url !== undefined && URL.canParse(url) && new URL(url).protocol === 'https:';
