import type { BotId } from '../../src-shared/ids.ts';
import type { SecretBox } from '../base/secret-box.ts';
import type { Store, Tx } from './open.ts';
import type { ReceivedFileTable } from './schema-files.ts';

/** Where a file lies that somebody sent, and what opens it there. */
export interface FileSource {
  url: string;
  name: string;
  /** Hex. */
  key?: string | undefined;
  iv?: string | undefined;
}

/** A file as it lies in our folder. */
export interface FileCopy {
  /** Its name in the folder. */
  id: string;
  sizeBytes: number;
  name: string;
  type: string;
  /** Hex. */
  key: string;
  iv: string;
}

export interface ReceivedFile {
  token: string;
  botId: BotId;
  expiresAt: number;
  source: FileSource;
  copy: FileCopy | undefined;
}

const place = (token: string, column: 'source' | 'stored') => ({
  table: 'received_file',
  row: token,
  column,
});

/** Files that bots were told of. Who has the token of one can get it, so only a digest of that is stored. */
export function receivedFileRepository(store: Store, box: SecretBox) {
  const digestOf = (token: string) => box.digest(`file|${token}`);

  function toFile(row: ReceivedFileTable): ReceivedFile {
    const copy =
      row.stored && row.stored_as !== null
        ? { ...JSON.parse(box.open(row.stored, place(row.token, 'stored'))), id: row.stored_as }
        : undefined;
    return {
      token: row.token,
      botId: row.bot_id as BotId,
      expiresAt: row.expires_at,
      source: JSON.parse(box.open(row.source, place(row.token, 'source'))),
      copy,
    };
  }

  return {
    async insert(
      tx: Tx,
      token: string,
      { botId, source, expiresAt }: Pick<ReceivedFile, 'botId' | 'source' | 'expiresAt'>,
    ): Promise<void> {
      const digest = digestOf(token);
      await tx.db
        .insertInto('received_file')
        .values({
          token: digest,
          bot_id: botId,
          source: box.seal(JSON.stringify(source), place(digest, 'source')),
          expires_at: expiresAt,
          stored_as: null,
          stored: null,
          stored_at: null,
          stored_bytes: null,
        })
        .execute();
    },
    /** The file of a token, as somebody shows it. */
    async find(token: string): Promise<ReceivedFile | undefined> {
      const row = await store.read
        .selectFrom('received_file')
        .selectAll()
        .where('token', '=', digestOf(token))
        .executeTakeFirst();
      return row && toFile(row);
    },
    /** Notes the copy of a file. False when the file itself is gone meanwhile. */
    async noteCopy(
      tx: Tx,
      { token }: Pick<ReceivedFile, 'token'>,
      { id, ...copy }: FileCopy,
      at: number,
    ): Promise<boolean> {
      const { numUpdatedRows } = await tx.db
        .updateTable('received_file')
        .set({
          stored_as: id,
          stored: box.seal(JSON.stringify(copy), place(token, 'stored')),
          stored_at: at,
          stored_bytes: copy.sizeBytes,
        })
        .where('token', '=', token)
        .executeTakeFirst();
      return numUpdatedRows === 1n;
    },
    /** The copies that there are, the newest first. */
    copies: (tx: Tx): Promise<{ token: string; id: string; storedAt: number; bytes: number }[]> =>
      tx.db
        .selectFrom('received_file')
        .select(['token', 'stored_as as id', 'stored_at as storedAt', 'stored_bytes as bytes'])
        .where('stored_as', 'is not', null)
        .orderBy('stored_at', 'desc')
        .$narrowType<{ id: string; storedAt: number; bytes: number }>()
        .execute(),
    async forgetCopies(tx: Tx, tokens: readonly string[]): Promise<void> {
      if (tokens.length === 0) return;
      await tx.db
        .updateTable('received_file')
        .set({ stored_as: null, stored: null, stored_at: null, stored_bytes: null })
        .where('token', 'in', tokens)
        .execute();
    },
    async forgetBefore(tx: Tx, expiresAt: number): Promise<void> {
      await tx.db.deleteFrom('received_file').where('expires_at', '<', expiresAt).execute();
    },
  };
}
export type ReceivedFileRepository = ReturnType<typeof receivedFileRepository>;
