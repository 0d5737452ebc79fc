/** What we are in service discovery (XEP-0030, 3.1): a client that nobody sits at. */
export const IDENTITY = { category: 'client', type: 'bot', name: 'Botmother' } as const;
/** Names the software, not the installation (XEP-0115, 4). */
export const CAPS_NODE = 'urn:botmother';
