/** What an account's session is in service discovery (XEP-0030, 3.1). */
export interface Identity {
  category: string;
  type: string;
  name: string;
}

/** What we are, where the account has no name of its own: a client that nobody sits at. */
export const IDENTITY = { category: 'client', type: 'bot', name: 'Botmother' } as const satisfies Identity;
/** The same under a bot's own name. */
export const botIdentity = (name: string): Identity => ({ ...IDENTITY, name });
/** Names the software, not the installation (XEP-0115, 4). */
export const CAPS_NODE = 'urn:botmother';
