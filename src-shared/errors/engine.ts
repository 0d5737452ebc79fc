import type { Entry } from './entry.ts';

/** What keeps the engine itself from doing it. */
export const engineErrors = {
  'backup.running': {
    kind: 'conflict',
    slug: 'conflict',
    text: 'Another backup is being made at the moment. Try again when it is done.',
  },
  'storage.failed': {
    kind: 'unavailable',
    slug: 'storage_failed',
    text: 'The data could not be stored ({reason}). Nothing was changed.',
  },
  'engine.stopping': {
    kind: 'unavailable',
    slug: 'stopping',
    text: 'The engine is stopping. Try again soon.',
  },
  internal: { kind: 'internal', slug: 'internal', text: 'Something went wrong on our side.' },
} as const satisfies Record<string, Entry>;
