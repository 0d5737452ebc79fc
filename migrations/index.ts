import type { Kysely } from 'kysely';
import { registry } from './0001-registry.ts';
import { omemo } from './0002-omemo.ts';
import { rooms } from './0003-rooms.ts';
import { files } from './0004-files.ts';
import { deliveries } from './0005-deliveries.ts';
import { chats } from './0006-chats.ts';
import { ai } from './0007-ai.ts';
import { telegram } from './0008-telegram.ts';
import { leanQueue } from './0009-lean-queue.ts';
import { aiEstimates } from './0010-ai-estimates.ts';
import { telegramSides } from './0011-telegram-sides.ts';
import { sealedNotices } from './0012-sealed-notices.ts';

/** One forward step. Frozen once released; the version of a database is the number of steps it has taken. */
export type Migration = (db: Kysely<unknown>) => Promise<void>;

export const migrations: readonly Migration[] = [
  registry,
  omemo,
  rooms,
  files,
  deliveries,
  chats,
  ai,
  telegram,
  leanQueue,
  aiEstimates,
  telegramSides,
  sealedNotices,
];
