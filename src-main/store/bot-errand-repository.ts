import type { Selectable } from 'kysely';
import type { TenantId } from '../../src-shared/ids.ts';
import type { BareJid } from '../../src-shared/jid.ts';
import type { SecretBox } from '../base/secret-box.ts';
import type { Store, Tx } from './open.ts';
import type { BotErrandTable } from './schema-bots.ts';

/** What is still to be done at a server about a dedicated bot's account. */
export interface BotErrand {
  id: number;
  kind: BotErrandTable['kind'];
  jid: BareJid;
  owner: BareJid;
  password: string;
  attempts: number;
  /** Why it could not be done yet; undefined before the first attempt. */
  reason: string | undefined;
  dueAt: number;
}

const place = (jid: string) => ({ table: 'bot_errand', row: jid, column: 'password' });

/** Errands of one tenant. */
export function botErrandRepository(store: Store, box: SecretBox, tenantId: TenantId) {
  const toErrand = (row: Selectable<BotErrandTable>): BotErrand => ({
    id: row.id,
    kind: row.kind,
    // Written by `insert` alone, which takes prepared JIDs.
    jid: row.jid as BareJid,
    owner: row.owner_jid as BareJid,
    password: box.open(row.password, place(row.jid)),
    attempts: row.attempts,
    reason: row.reason ?? undefined,
    dueAt: row.due_at,
  });

  return {
    async insert(
      tx: Tx,
      errand: Pick<BotErrand, 'kind' | 'jid' | 'owner' | 'password' | 'dueAt'>,
    ): Promise<number> {
      const { id } = await tx.db
        .insertInto('bot_errand')
        .values({
          tenant_id: tenantId,
          kind: errand.kind,
          jid: errand.jid,
          owner_jid: errand.owner,
          password: box.seal(errand.password, place(errand.jid)),
          due_at: errand.dueAt,
          created_at: errand.dueAt,
        })
        .returning('id')
        .executeTakeFirstOrThrow();
      return id;
    },
    /** By the time they are due. */
    async all(tx?: Tx): Promise<BotErrand[]> {
      const rows = await (tx?.db ?? store.read)
        .selectFrom('bot_errand')
        .selectAll()
        .where('tenant_id', '=', tenantId)
        .orderBy('due_at')
        .execute();
      return rows.map(toErrand);
    },
    async postpone(
      tx: Tx,
      id: number,
      { attempts, reason, dueAt }: { attempts: number; reason: string; dueAt: number },
    ): Promise<void> {
      await tx.db
        .updateTable('bot_errand')
        .set({ attempts, reason, due_at: dueAt })
        .where('id', '=', id)
        .execute();
    },
    async delete(tx: Tx, id: number): Promise<void> {
      await tx.db.deleteFrom('bot_errand').where('id', '=', id).execute();
    },
  };
}
export type BotErrandRepository = ReturnType<typeof botErrandRepository>;
