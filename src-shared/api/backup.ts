import { z } from 'zod';
import { text } from './common.ts';

/** Shorter ones are found by trying. */
export const SHORTEST_PASSPHRASE = 8;

export const MakeBackup = z.object({
  passphrase: text(1_000).min(SHORTEST_PASSPHRASE, `must be at least ${SHORTEST_PASSPHRASE} characters long`),
});

/** The bytes of the file. */
export const BackupFile = { content: { 'application/octet-stream': { schema: z.unknown() } } };
