import { type BareJid, bareJid } from './jid.ts';

/** An address that opens a chat with a text ready to be sent (XEP-0147). */
export const messageUri = (to: BareJid, text: string): string =>
  `xmpp:${encodeURI(to).replace(/[?#]/g, encodeURIComponent)}?message;body=${encodeURIComponent(text)}`;

/** What an `xmpp:` address asks for, as far as it is about a chat or a room. */
export interface XmppLink {
  to: BareJid;
  /** A room to come into instead of a person to write to. */
  isRoom: boolean;
  /** A text that is ready to be sent; nothing is sent by itself. */
  body: string | undefined;
}

type LinkWish = Pick<XmppLink, 'isRoom' | 'body'>;

/** What a link wants of the conversation that it leads to, as the address of that conversation has it; or nothing. */
export function linkQuery({ isRoom, body }: LinkWish): string {
  const query = new URLSearchParams({
    ...(isRoom && { join: '1' }),
    ...(body !== undefined && { text: body }),
  });
  return query.size > 0 ? `?${query}` : '';
}

/** Reads what `linkQuery` wrote. */
export function wishOf(search: string): LinkWish {
  const query = new URLSearchParams(search);
  return { isRoom: query.get('join') === '1', body: query.get('text')?.slice(0, LONGEST_BODY) || undefined };
}

const LONGEST_URI = 8_000;
const LONGEST_BODY = 4_000;

/** Reads an `xmpp:` address (RFC 5122, XEP-0147); undefined when it is none, or names nobody that can be written to. */
export function readXmppUri(text: string): XmppLink | undefined {
  const [, address = '', query = ''] =
    /^xmpp:(?:\/\/[^/?#]*\/)?([^?#]*)(?:\?([^#]*))?/i.exec(text.trim()) ?? [];
  if (address === '' || text.length > LONGEST_URI) return undefined;
  const [action = '', ...pairs] = query.split(';');
  try {
    const to = bareJid(decodeURIComponent(address));
    const fields = new Map(
      pairs.map((pair) => {
        const [name = '', ...value] = pair.split('=');
        return [name, decodeURIComponent(value.join('='))] as const;
      }),
    );
    const body = fields.get('body')?.slice(0, LONGEST_BODY);
    return { to, isRoom: action === 'join', body: action === 'message' && body !== '' ? body : undefined };
  } catch {
    return undefined;
  }
}
