import type { Kysely } from 'kysely';
import { registry } from './0001-registry.ts';
import { omemo } from './0002-omemo.ts';
import { rooms } from './0003-rooms.ts';
import { files } from './0004-files.ts';

/** One forward step. Frozen once released; the version of a database is the number of steps it has taken. */
export type Migration = (db: Kysely<unknown>) => Promise<void>;

export const migrations: readonly Migration[] = [registry, omemo, rooms, files];
