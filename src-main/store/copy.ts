import BetterSqlite3 from 'better-sqlite3';

/**
 * Tables that stay behind, empty in the copy: state that must never be used twice. Sessions of end-to-end encryption
 * belong here, because a ratchet that is turned back would use its keys again.
 */
const LEFT_BEHIND: readonly string[] = ['omemo_session'];

/** Copies a database that is in use into one new file, as it was at the moment of the call. */
export async function copyDatabase(file: string, target: string): Promise<void> {
  const source = new BetterSqlite3(file, { readonly: true });
  try {
    // Pins what is read to one moment; else each commit meanwhile would make the copy begin anew.
    source.exec('BEGIN');
    source.prepare('SELECT count(*) FROM sqlite_master').get();
    await source.backup(target);
  } finally {
    source.close();
  }
  const copy = new BetterSqlite3(target);
  try {
    copy.pragma('secure_delete = ON');
    for (const table of LEFT_BEHIND) copy.exec(`DELETE FROM ${table}`);
    // One file, without a journal beside it.
    copy.pragma('journal_mode = DELETE');
  } finally {
    copy.close();
  }
}
