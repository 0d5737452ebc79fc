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
  'storage.not-flushed': {
    kind: 'unavailable',
    slug: 'storage_failed',
    text:
      'It was taken in, but the disk did not confirm it ({reason}). It may get lost when the power fails: look whether it ' +
      'is there before you repeat it.',
  },
  'engine.stopping': {
    kind: 'unavailable',
    slug: 'stopping',
    text: 'The engine is stopping. Try again soon.',
  },
  internal: { kind: 'internal', slug: 'internal', text: 'Something went wrong on our side.' },
  'restore.running': {
    kind: 'conflict',
    slug: 'conflict',
    text: 'Another backup is being brought in. Try again when that is done.',
  },
  'restore.refused': { kind: 'invalid', slug: 'bad_request', text: '{reason} Nothing was changed.' },
  'restore.not-here': {
    kind: 'conflict',
    slug: 'conflict',
    text: 'No engine runs here. Bring the backup in with: botmother restore FILE',
  },
  'sandbox.not-here': {
    kind: 'conflict',
    slug: 'conflict',
    text: 'What starts a sandbox is not part of this installation. In the folder of the project: npm run sandbox',
  },
} as const satisfies Record<string, Entry>;
