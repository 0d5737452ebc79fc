import type { Entry } from './entry.ts';

/** Settings of the installation and of bots. */
export const settingErrors = {
  'setting.unknown': { kind: 'not-found', slug: 'not_found', text: 'There is no setting called {key}.' },
  'setting.invalid': { kind: 'invalid', slug: 'bad_request', text: '{key}: {reason}' },
  'setting.port-taken': {
    kind: 'conflict',
    slug: 'conflict',
    text: 'Port {port} is used by another program. Choose another port, or stop that program first.',
  },
  'setting.port-forbidden': {
    kind: 'invalid',
    slug: 'bad_request',
    text: 'This machine does not let port {port} be used. Choose another port.',
  },
  'setting.secret-bound': {
    kind: 'invalid',
    slug: 'bad_request',
    text: '{key} was given for the address and account that are saved. Give it again together with the new ones, or clear it.',
  },
} as const satisfies Record<string, Entry>;
