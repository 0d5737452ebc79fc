import { type BareJid, bareOf, domainOf } from '../../../src-shared/jid.ts';
import { attribute, child, childElements, isElement, xml } from './element.ts';
import { foreignText } from './foreign-text.ts';
import { type Session, StanzaError } from './session.ts';
import { type DiscoInfo, discoverInfo } from './xep-0030-disco-query.ts';
import { type Affiliation, NS_MUC, NS_MUC_ADMIN } from './xep-0045-muc.ts';
import { NS_ARCHIVE } from './xep-0313-archive.ts';
import { NS_STANZA_ID } from './xep-0359-stanza-ids.ts';
import { NS_OCCUPANT_ID } from './xep-0421-occupant-id.ts';

/** What a room is and can do. */
export interface RoomInfo {
  name: string | undefined;
  isMembersOnly: boolean;
  /** Everybody sees everybody's address. */
  isNonAnonymous: boolean;
  hasArchive: boolean;
  /** Its ids of messages (XEP-0359) can be believed: it takes away what others wrote in its name. */
  hasStanzaIds: boolean;
  hasOccupantIds: boolean;
}

const TIMEOUT_MS = 20_000;
/** Who joins waits for it. */
const FIRST_LOOK_TIMEOUT_MS = 5_000;

/** Asks a room what it is (XEP-0045, 6.4). */
export async function discoverRoom(session: Pick<Session, 'request'>, room: BareJid): Promise<RoomInfo> {
  const { features, identities } = await discoverInfo(session, { jid: room, timeoutMs: TIMEOUT_MS });
  const name = identities.find(({ category }) => category === 'conference')?.name;
  return {
    name: name ? foreignText(name) || undefined : undefined,
    isMembersOnly: features.has('muc_membersonly'),
    isNonAnonymous: features.has('muc_nonanonymous'),
    hasArchive: features.has(NS_ARCHIVE),
    hasStanzaIds: features.has(NS_STANZA_ID),
    hasOccupantIds: features.has(NS_OCCUPANT_ID),
  };
}

/** Rooms of gateways are conferences too, of other types than `text`. */
const hasRooms = ({ identities, features }: DiscoInfo): boolean =>
  features.has(NS_MUC) || identities.some(({ category }) => category === 'conference');

/**
 * Whether an address is certainly none of a room (XEP-0045, 6): it says what else it is or, being somebody's who tells
 * strangers nothing, its server says that it has accounts and no rooms. Whatever does not answer may be a room.
 */
export async function isNoRoom(session: Pick<Session, 'request'>, address: BareJid): Promise<boolean> {
  const ask = (jid: string) => discoverInfo(session, { jid, timeoutMs: FIRST_LOOK_TIMEOUT_MS });
  try {
    const info = await ask(address);
    return info.identities.length > 0 && !hasRooms(info);
  } catch (error) {
    if (!(error instanceof StanzaError)) return false;
  }
  try {
    const info = await ask(domainOf(address));
    return info.identities.some(({ category }) => category === 'server') && !hasRooms(info);
  } catch {
    return false;
  }
}

/** Who has that affiliation with a room (XEP-0045, 9.5): also those who are not there. */
export async function listAffiliated(
  session: Pick<Session, 'request'>,
  room: BareJid,
  affiliation: Affiliation,
): Promise<BareJid[]> {
  const asked = xml('query', { xmlns: NS_MUC_ADMIN }, xml('item', { affiliation }));
  const answer = await session.request(xml('iq', { type: 'get', to: room }, asked), {
    timeoutMs: TIMEOUT_MS,
  });
  const query = child(answer, 'query', NS_MUC_ADMIN);
  return (query ? childElements(query) : [])
    .filter((one) => isElement(one, 'item', NS_MUC_ADMIN))
    .flatMap((one) => bareOf(attribute(one, 'jid')) ?? []);
}
