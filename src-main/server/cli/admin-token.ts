import type { Verb } from './verb.ts';

const ROUTE = '/api/v1/admin-token';

export const adminTokenVerbs: Record<string, Verb> = {
  'admin-token show': {
    usage: 'admin-token show',
    summary: 'The token for admin routes (Authorization: Bearer bma_...)',
    words: [0, 0],
    async run({ api, print }) {
      const { token } = await (await api()).call<{ token: string }>('GET', ROUTE);
      print({ token }, token);
      return 0;
    },
  },
  'admin-token rotate': {
    usage: 'admin-token rotate',
    summary: 'Make another one; the old one and all browser sessions end',
    words: [0, 0],
    async run({ api, print }) {
      const { token } = await (await api()).call<{ token: string }>('POST', `${ROUTE}/rotate`);
      print({ token }, token);
      return 0;
    },
  },
};
