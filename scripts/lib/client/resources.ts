import type { Route } from './function-text.ts';

/** A module of the client that others import: what stands in it, file by file. */
interface Entry {
  isHome: (route: Route) => boolean;
  /** Under which name of a file, without its ending. */
  resourceOf: (words: readonly string[]) => string;
}

const kebab = (name: string) => name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);

/** Routes whose path does not say what they are about. */
const ABOUT: Readonly<Record<string, readonly string[]>> = {
  bot: ['getMe', 'getInfo', 'health'],
  commands: ['setCommands', 'getCommands'],
  messages: ['sendMessage', 'getMessageState', 'sendChatState', 'deleteMessage', 'sendReaction'],
  rooms: ['joinRoom', 'leaveRoom'],
  files: ['sendFile', 'file'],
  updates: ['getUpdates', 'events'],
  webhook: ['setWebhook', 'deleteWebhook', 'getWebhookInfo'],
};
const OF_MANAGEMENT: Readonly<Record<string, readonly string[]>> = {
  bots: ['create', 'list', 'delete', 'activate'],
  tokens: ['token', 'revoke'],
};

const aboutIn = (table: typeof ABOUT, word: string) =>
  Object.entries(table).find(([, words]) => words.includes(word))?.[0] ?? kebab(word);

const ENTRIES: Readonly<Record<string, Entry>> = {
  programs: {
    isHome: ({ operation }) => ['bot', 'anybody'].includes(operation['x-caller']),
    resourceOf: ([first = '', second = first]) => aboutIn(ABOUT, second),
  },
  management: {
    isHome: ({ operation, path }) => operation['x-caller'] === 'admin' && !path.startsWith('/api/'),
    resourceOf: ([, second = '']) => aboutIn(OF_MANAGEMENT, second),
  },
  window: {
    isHome: ({ path }) => path.startsWith('/api/'),
    // What belongs to one bot has a file of its own: /api/v1/bots/{id}/rooms is bot-rooms.
    resourceOf: ([, , resource = '', of]) =>
      resource === 'bots' && of !== undefined ? `bot-${of}` : resource,
  },
};

/** The words of a path that name something; what is in braces is a value. */
const wordsOf = (path: string) => path.split('/').filter((word) => word !== '' && !word.startsWith('{'));

/** Routes by file, and the files by the module that gives them on. Throws for a route that none takes. */
export function byResource(routes: readonly Route[]): Map<string, Map<string, Route[]>> {
  const homeless = routes.find((route) => !Object.values(ENTRIES).some(({ isHome }) => isHome(route)));
  if (homeless) throw new Error(`no module of the client takes ${homeless.method} ${homeless.path}`);
  return new Map(
    Object.entries(ENTRIES).map(([entry, { isHome, resourceOf }]) => [
      entry,
      Map.groupBy(routes.filter(isHome), ({ path }) => resourceOf(wordsOf(path))),
    ]),
  );
}
