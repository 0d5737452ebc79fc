import BetterSqlite3 from 'better-sqlite3';

/**
 * Tables that stay behind, empty in the copy: state that must never be used twice. Sessions of end-to-end encryption
 * belong here, because a ratchet that is turned back would use its keys again.
 */
const LEFT_BEHIND: readonly string[] = [
  'omemo_session',
  // One that was used since would open a second session.
  'omemo_prekey',
  // Somebody may have approved it since, or taken it back.
  'waiting_command',
];
/** Numbers of prekeys that may have been given out after the copy was made: none is given out twice. */
const PREKEYS_AHEAD = 100_000;

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
  leaveBehind(target);
}

/** Makes a file a copy to go back to: without what must not come twice. It may be of an older layout. */
export function leaveBehind(target: string): void {
  const copy = new BetterSqlite3(target);
  try {
    copy.pragma('secure_delete = ON');
    const tables = new Set(copy.prepare("SELECT name FROM sqlite_master WHERE type = 'table'").pluck().all());
    for (const table of LEFT_BEHIND) if (tables.has(table)) copy.exec(`DELETE FROM ${table}`);
    if (tables.has('omemo_identity'))
      copy.prepare('UPDATE omemo_identity SET last_prekey_id = last_prekey_id + ?').run(PREKEYS_AHEAD);
    // One file, without a journal beside it.
    copy.pragma('journal_mode = DELETE');
  } finally {
    copy.close();
  }
}
