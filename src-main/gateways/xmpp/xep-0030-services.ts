import { domainOf } from '../../../src-shared/jid.ts';
import { type Session, SessionLost } from './session.ts';
import { type DiscoInfo, discoverInfo, discoverItems } from './xep-0030-disco-query.ts';
import { NS_MUC } from './xep-0045-muc.ts';
import { type UploadService, uploadServiceIn } from './xep-0363-upload.ts';

const TIMEOUT_MS = 10_000;
const MAX_SERVICES = 30;

/** What an account's server has besides chats; undefined: it has none. */
export interface ServerServices {
  upload: UploadService | undefined;
  /** The address below which rooms are. */
  rooms: string | undefined;
}

/** Asks every service of the account's server what it is (XEP-0030). */
export async function findServerServices(session: Pick<Session, 'jid' | 'request'>): Promise<ServerServices> {
  const server = domainOf(session.jid);
  const items = await discoverItems(session, { jid: server, timeoutMs: TIMEOUT_MS });
  const services = items.filter(({ node }) => node === undefined).map(({ jid }) => jid);
  const jids = [...new Set([...services.slice(0, MAX_SERVICES), server])];
  const found = await Promise.all(jids.map(async (jid) => ({ jid, info: await infoOf(session, jid) })));
  return {
    upload: found.map(({ jid, info }) => info && uploadServiceIn(jid, info)).find(Boolean),
    rooms: found.find(({ info }) => info !== undefined && isRoomService(info))?.jid,
  };
}

/** Gateways to other networks call themselves conferences too (XEP-0045, 6.2). */
const isRoomService = ({ identities, features }: DiscoInfo): boolean =>
  features.has(NS_MUC) &&
  identities.some(({ category, type }) => category === 'conference' && type === 'text');

async function infoOf(session: Pick<Session, 'request'>, jid: string): Promise<DiscoInfo | undefined> {
  try {
    return await discoverInfo(session, { jid, timeoutMs: TIMEOUT_MS });
  } catch (error) {
    if (error instanceof SessionLost) throw error;
    // One service that does not answer says nothing about the others.
    return undefined;
  }
}
