import { z } from 'zod';
import { answer, text } from './common.ts';

/** Shorter ones are found by trying. */
export const SHORTEST_PASSPHRASE = 8;

export const MakeBackup = z.object({
  passphrase: text(1_000).min(SHORTEST_PASSPHRASE, `must be at least ${SHORTEST_PASSPHRASE} characters long`),
});

/** The bytes of the file. */
export const BackupFile = { content: { 'application/octet-stream': { schema: z.unknown() } } };

/** A form; the order of its fields does not matter. */
export const RestoreForm = z.object({
  file: z.string({ error: 'is missing' }).meta({ format: 'binary' }),
  passphrase: text(1_000).min(1, 'must not be empty'),
});
export const Restored = answer(
  z.object({
    created_at: z.number().describe('When the backup was made. Unix seconds.'),
    version: z.string().describe('Of the Botmother that made it.'),
    restarting: z.literal(true).describe('The engine starts anew with it now; sessions and streams end.'),
  }),
);
