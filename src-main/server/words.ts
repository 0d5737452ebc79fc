import { DomainError } from '../../src-shared/errors.ts';
import { redact } from '../base/logger.ts';
import { NewerDatabase } from '../store/open.ts';
import { BadConfig } from './config.ts';
import { DataFolderProblem } from './data-folder.ts';
import { KeyFileProblem } from './file-key-box.ts';
import { CannotStart } from './run-engine.ts';

const MEANT_FOR_PEOPLE = [
  DomainError,
  CannotStart,
  DataFolderProblem,
  KeyFileProblem,
  NewerDatabase,
  BadConfig,
];

/** What to tell a person about a failure: its own words where they were written for people, else one plain line. */
export function wordsFor(error: unknown): string {
  if (MEANT_FOR_PEOPLE.some((kind) => error instanceof kind)) return redact((error as Error).message);
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  if (code === 'SQLITE_NOTADB' || code === 'SQLITE_CORRUPT') {
    return 'The database is damaged. Copy the data folder to a safe place, then restore a backup from its backups folder.';
  }
  return 'Something went wrong on our side; the log has the details.';
}
