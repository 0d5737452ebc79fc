import { DomainError, refuse } from '../../src-shared/errors.ts';

const REASONS: Record<string, string> = {
  SQLITE_FULL: 'the disk is full',
  SQLITE_READONLY: 'the data folder is read-only',
  SQLITE_IOERR: 'the disk reported an error',
  SQLITE_CORRUPT: 'the database file is damaged',
  SQLITE_BUSY: 'another program holds the database',
};
const DISK_REASONS: Record<string, string> = {
  ENOSPC: 'the disk is full',
  EDQUOT: 'the disk is full',
  EROFS: 'the data folder is read-only',
  LOG_DAMAGED: 'the database file is damaged',
};

const codeOf = (error: unknown) => (error instanceof Error && 'code' in error ? String(error.code) : '');

/** A failure of the disk is something to tell people about; everything else stays what it is. */
export function asRefusal(error: unknown): unknown {
  if (error instanceof DomainError) return error;
  const code = codeOf(error);
  const known = Object.entries(REASONS).find(([prefix]) => code.startsWith(prefix));
  return known ? refuse('storage.failed', { reason: known[1] }) : error;
}

const reasonOf = (error: unknown) => DISK_REASONS[codeOf(error)] ?? 'the disk reported an error';

/** What is told to a unit that did not run, because the disk does not take what was committed before. */
export const notWritten = (error: unknown) => refuse('storage.failed', { reason: reasonOf(error) });

/** What is told of a flush that failed: the commit stands, and a power cut may still take it away. */
export const notFlushed = (error: unknown) => refuse('storage.not-flushed', { reason: reasonOf(error) });
