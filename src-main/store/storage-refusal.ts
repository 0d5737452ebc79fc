import { DomainError, refuse } from '../../src-shared/errors.ts';
import { type BareReason, reason } from '../../src-shared/text/reasons.ts';

/** By the beginnings of their codes: of SQLite, and of the file system. */
const REASONS: Record<string, BareReason> = {
  SQLITE_FULL: 'disk.full',
  SQLITE_READONLY: 'disk.read-only',
  SQLITE_IOERR: 'disk.error',
  SQLITE_CORRUPT: 'disk.damaged',
  SQLITE_BUSY: 'disk.held',
  ENOSPC: 'disk.full',
  EDQUOT: 'disk.full',
  EROFS: 'disk.read-only',
  EIO: 'disk.error',
  LOG_DAMAGED: 'disk.damaged',
};

const codeOf = (error: unknown) => (error instanceof Error && 'code' in error ? String(error.code) : '');

function knownReason(error: unknown): string | undefined {
  const code = codeOf(error);
  const known = Object.entries(REASONS).find(([prefix]) => code.startsWith(prefix));
  return known && reason(known[1], {});
}

/** A failure of the disk is something to tell people about; everything else stays what it is. */
export function asRefusal(error: unknown): unknown {
  if (error instanceof DomainError) return error;
  const known = knownReason(error);
  return known === undefined ? error : refuse('storage.failed', { reason: known });
}

const reasonOf = (error: unknown) => knownReason(error) ?? reason('disk.error', {});

/** What is told to a unit that did not run, because the disk does not take what was committed before. */
export const notWritten = (error: unknown) => refuse('storage.failed', { reason: reasonOf(error) });

/** What is told of a flush that failed: the commit stands, and a power cut may still take it away. */
export const notFlushed = (error: unknown) => refuse('storage.not-flushed', { reason: reasonOf(error) });
