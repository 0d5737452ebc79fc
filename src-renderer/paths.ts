/** Where every address of the window begins: what is before it belongs to the API. */
export const BASE = '/app';

export const paths = {
  chats: '/chats',
  chat: (account: string, jid: string) => `/chats/${encodeURIComponent(account)}/${encodeURIComponent(jid)}`,
  bots: '/bots',
  bot: (id: number, tab?: string) => `/bots/${id}${tab === undefined ? '' : `/${tab}`}`,
  newBot: '/bots/new',
  health: '/health',
  settings: (page?: string) => `/settings${page === undefined ? '' : `/${page}`}`,
  welcome: '/welcome',
  /** For an account that is known, or is to be. */
  signIn: (jid: string) => `/welcome?account=${encodeURIComponent(jid)}`,
};
