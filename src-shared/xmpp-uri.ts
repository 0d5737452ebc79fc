import type { BareJid } from './jid.ts';

/** An address that opens a chat with a text ready to be sent (XEP-0147). */
export const messageUri = (to: BareJid, text: string): string =>
  `xmpp:${encodeURI(to).replace(/[?#]/g, encodeURIComponent)}?message;body=${encodeURIComponent(text)}`;
