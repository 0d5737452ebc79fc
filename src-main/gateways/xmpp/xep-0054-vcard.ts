import type { BareJid } from '../../../src-shared/jid.ts';
import { child, childText, type Element, isElement, xml } from './element.ts';
import { type Session, StanzaError } from './session.ts';

export const NS_VCARD = 'vcard-temp';

/** What an account says about itself. Texts that are empty are as good as absent. */
export interface Vcard {
  fullName?: string;
  nickname?: string;
  /** What the account is, in words. */
  description?: string;
  url?: string;
  email?: string;
  organisation?: string;
  title?: string;
  photo?: { mediaType: string; bytes: Uint8Array };
}

/** XEP-0054: vcard-temp. The card of an account, or the own one; undefined where there is none. */
export async function readVcard(
  session: Pick<Session, 'request'>,
  { owner }: { owner?: BareJid } = {},
): Promise<Vcard | undefined> {
  try {
    const query = xml('vCard', { xmlns: NS_VCARD });
    const answer = await session.request(xml('iq', { type: 'get', to: owner }, query));
    const card = child(answer, 'vCard', NS_VCARD);
    return card && parseVcard(card);
  } catch (error) {
    // XEP-0054, 3.1 and 3.3: there is no card, or no such account, which servers do not tell apart.
    if (error instanceof StanzaError && ['item-not-found', 'service-unavailable'].includes(error.condition))
      return undefined;
    throw error;
  }
}

/** Replaces the own card (XEP-0054, 3.2): what is not given is gone. */
export async function writeVcard(session: Pick<Session, 'request'>, card: Vcard): Promise<void> {
  await session.request(xml('iq', { type: 'set' }, vcardElement(card)));
}

/** In the order of the schema (XEP-0054, 8). */
export function vcardElement(card: Vcard): Element {
  const part = (name: string, text: string | undefined) => (text ? xml(name, {}, text) : undefined);
  const within = (name: string, inner: string, text: string | undefined) =>
    text ? xml(name, {}, xml(inner, {}, text)) : undefined;
  const { photo } = card;
  return xml(
    'vCard',
    { xmlns: NS_VCARD },
    part('FN', card.fullName),
    part('NICKNAME', card.nickname),
    photo &&
      xml(
        'PHOTO',
        {},
        xml('TYPE', {}, photo.mediaType),
        xml('BINVAL', {}, Buffer.from(photo.bytes).toString('base64')),
      ),
    within('EMAIL', 'USERID', card.email),
    part('TITLE', card.title),
    within('ORG', 'ORGNAME', card.organisation),
    part('URL', card.url),
    part('DESC', card.description),
  );
}

/** Reads what we know of a card; undefined for an element that is none. */
export function parseVcard(card: Element): Vcard | undefined {
  if (!isElement(card, 'vCard', NS_VCARD)) return undefined;
  const text = (name: string) => childText(card, name, NS_VCARD)?.trim() || undefined;
  const within = (name: string, inner: string) => {
    const outer = child(card, name, NS_VCARD);
    return (outer && childText(outer, inner, NS_VCARD)?.trim()) || undefined;
  };
  const mediaType = within('PHOTO', 'TYPE');
  const data = within('PHOTO', 'BINVAL');
  const known = {
    fullName: text('FN'),
    nickname: text('NICKNAME'),
    // Prosody keeps a vCard 4 and gives a description back as a note.
    description: text('DESC') ?? text('NOTE'),
    url: text('URL'),
    email: within('EMAIL', 'USERID'),
    organisation: within('ORG', 'ORGNAME'),
    title: text('TITLE'),
    photo: mediaType && data ? { mediaType, bytes: Uint8Array.from(Buffer.from(data, 'base64')) } : undefined,
  };
  return Object.fromEntries(Object.entries(known).filter(([, value]) => value !== undefined));
}
