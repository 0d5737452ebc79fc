import type { SecretBox } from '../base/secret-box.ts';
import type { Store, Tx } from './open.ts';
import type { ChatFileTable } from './schema-chat.ts';

/** A message's file as it lies in our folder. */
export interface ChatFileCopy {
  /** Its name in the folder. */
  id: string;
  sizeBytes: number;
  name: string;
  type: string;
  width: number | null;
  height: number | null;
  /** Hex. */
  key: string;
  iv: string;
}

const place = (storedAs: string) => ({ table: 'chat_file', row: storedAs, column: 'stored' });

/** Copies of the files of messages. They go with their message. */
export function chatFileRepository(store: Store, box: SecretBox) {
  const toCopy = (row: ChatFileTable): ChatFileCopy => ({
    ...(JSON.parse(box.open(row.stored, place(row.stored_as))) as Omit<ChatFileCopy, 'id'>),
    id: row.stored_as,
  });

  return {
    async find(message: number, number: number): Promise<ChatFileCopy | undefined> {
      const row = await store.read
        .selectFrom('chat_file')
        .selectAll()
        .where('message', '=', message)
        .where('number', '=', number)
        .executeTakeFirst();
      return row && toCopy(row);
    },
    /** By message and number. */
    async of(messages: readonly number[]): Promise<Map<string, ChatFileCopy>> {
      if (messages.length === 0) return new Map();
      const rows = await store.read
        .selectFrom('chat_file')
        .selectAll()
        .where('message', 'in', [...messages])
        .execute();
      return new Map(rows.map((row) => [`${row.message}/${row.number}`, toCopy(row)]));
    },
    async save(
      tx: Tx,
      { message, number }: { message: number; number: number },
      { id, ...copy }: ChatFileCopy,
      at: number,
    ): Promise<void> {
      const values = {
        stored_as: id,
        stored: box.seal(JSON.stringify(copy), place(id)),
        stored_at: at,
        stored_bytes: copy.sizeBytes,
      };
      await tx.db
        .insertInto('chat_file')
        .values({ message, number, ...values })
        .onConflict((c) => c.columns(['message', 'number']).doUpdateSet(values))
        .execute();
    },
    /** Their names in our folder, the newest first. */
    names: (tx?: Tx): Promise<{ id: string; bytes: number }[]> =>
      (tx?.db ?? store.read)
        .selectFrom('chat_file')
        .select(['stored_as as id', 'stored_bytes as bytes'])
        .orderBy('stored_at', 'desc')
        .execute(),
    async forget(tx: Tx, ids: readonly string[]): Promise<void> {
      if (ids.length === 0) return;
      await tx.db
        .deleteFrom('chat_file')
        .where('stored_as', 'in', [...ids])
        .execute();
    },
  };
}
export type ChatFileRepository = ReturnType<typeof chatFileRepository>;
