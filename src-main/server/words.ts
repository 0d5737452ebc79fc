import { DomainError } from '../../src-shared/errors.ts';
import { reason } from '../../src-shared/text/reasons.ts';
import { BackupProblem } from '../base/backup-header.ts';
import { redact } from '../base/redact.ts';
import { SealBroken } from '../base/secret-box.ts';
import { EmptyDatabase, NewerDatabase } from '../store/open.ts';
import { RestoreProblem } from './backup/restore.ts';
import { SwapProblem } from './backup/swap-in.ts';
import { BadConfig } from './config.ts';
import { DataFolderProblem } from './data-folder.ts';
import { KeyFileProblem } from './file-key-box.ts';
import { CannotStart } from './public-doors.ts';

const MEANT_FOR_PEOPLE = [
  DomainError,
  CannotStart,
  DataFolderProblem,
  KeyFileProblem,
  NewerDatabase,
  EmptyDatabase,
  BadConfig,
  BackupProblem,
  RestoreProblem,
  SwapProblem,
];

/** What to tell a person about a failure: its own words where they were written for people, else one plain line. */
export function wordsFor(error: unknown): string {
  if (error instanceof SealBroken) {
    return reason('key.other', {});
  }
  if (MEANT_FOR_PEOPLE.some((kind) => error instanceof kind)) return redact((error as Error).message);
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  if (
    code.startsWith('SQLITE_NOTADB') ||
    code.startsWith('SQLITE_CORRUPT') ||
    code.startsWith('SQLITE_CANTOPEN')
  ) {
    return reason('database.damaged', {});
  }
  return reason('start.wrong', {});
}
