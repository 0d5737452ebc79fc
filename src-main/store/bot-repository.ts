import type { Selectable } from 'kysely';
import type { BotId, TenantId } from '../../src-shared/ids.ts';
import type { BareJid } from '../../src-shared/jid.ts';
import type { SecretBox } from '../base/secret-box.ts';
import { changesOf, knownRows } from './known-rows.ts';
import type { Store, Tx } from './open.ts';
import { prepared, type Slots } from './prepared.ts';
import type { BotTable } from './schema-bots.ts';

export interface Bot {
  id: BotId;
  name: string;
  /** A dedicated bot's own address; empty for others. */
  jid: BareJid | '';
  owner: BareJid;
  mode: BotTable['mode'];
  status: BotTable['status'];
  description: string;
  /** Unix seconds. */
  createdAt: number;
  lastActive: number | undefined;
  /** Set while a webhook takes the updates. */
  webhookUrl: string | undefined;
  /** The update types that its program asks for, by webhook or by fetching; undefined: the default. */
  updateTypes: readonly string[] | undefined;
}

export interface Webhook {
  url: string;
  secret: string;
  /** The update types it takes; undefined: the default. */
  types: readonly string[] | undefined;
  isEnabled: boolean;
}

const secretPlace = (id: number) => ({ table: 'bot', row: id, column: 'webhook_secret' });

/** The row as the engine knows it. */
export function toBot(row: Selectable<BotTable>): Bot {
  return {
    id: row.id as BotId,
    name: row.name,
    // Written by `insert` alone, which takes prepared JIDs.
    jid: (row.jid ?? '') as BareJid | '',
    owner: row.owner_jid as BareJid,
    mode: row.mode,
    status: row.status,
    description: row.description,
    createdAt: row.created_at,
    lastActive: row.last_active ?? undefined,
    webhookUrl: row.webhook_enabled === 1 && row.webhook_url ? row.webhook_url : undefined,
    updateTypes: typesIn(row.webhook_enabled === 1 ? row.webhook_updates : row.polled_updates),
  };
}

// Written by `setWebhook` and `setPolledTypes` alone.
const typesIn = (column: string | null) => (column === null ? undefined : (JSON.parse(column) as string[]));

/** Bots of one tenant, with their webhook addresses; their tokens are in `bot-token-repository`. */
export function botRepository(store: Store, box: SecretBox, tenantId: TenantId) {
  const bots = (db: Tx['db'] = store.read) =>
    db.selectFrom('bot').selectAll().where('tenant_id', '=', tenantId);
  const rowsOf = prepared((slot: Slots<{ owner: BareJid }>) =>
    bots().where('owner_jid', '=', slot('owner')).orderBy('id'),
  );
  const rowByJid = prepared((slot: Slots<{ jid: string }>) =>
    store.read.selectFrom('bot').select('id').where('jid', '=', slot('jid')),
  );
  const rowById = prepared((slot: Slots<{ id: number }>) => bots().where('id', '=', slot('id')));
  const changes = changesOf(store, 'bot');
  const known = knownRows<BareJid, Bot>(changes);
  const knownById = knownRows<number, Bot>(changes);
  const knownByJid = knownRows<BareJid, Pick<Bot, 'id'>>(changes);
  /** Asked for with every message. */
  async function ofOwner(owner: BareJid, tx: Tx | undefined): Promise<Bot[]> {
    const load = async (db: Tx['db']) => rowsOf(db, { owner }).map(toBot);
    return [...(await known.of(owner, tx, (db) => load(db ?? store.read)))];
  }

  async function patch(tx: Tx, id: BotId, values: Partial<Selectable<BotTable>>): Promise<void> {
    changes.changeIn(tx);
    await tx.db
      .updateTable('bot')
      .set(values)
      .where('tenant_id', '=', tenantId)
      .where('id', '=', id)
      .execute();
  }

  return {
    async all(owner?: BareJid, tx?: Tx): Promise<Bot[]> {
      if (owner) return ofOwner(owner, tx);
      return (await bots(tx?.db).orderBy('id').execute()).map(toBot);
    },
    async byId(id: number, tx?: Tx): Promise<Bot | undefined> {
      const load = async (db: Tx['db']) => rowById(db, { id }).map(toBot);
      return (await knownById.of(id, tx, (db) => load(db ?? store.read)))[0];
    },
    /** True for the own address of a bot of this installation, whoever owns it. */
    async hasJid(jid: BareJid, tx?: Tx): Promise<boolean> {
      const load = async (db = store.read) => rowByJid(db, { jid }).map(({ id }) => ({ id: id as BotId }));
      return (await knownByJid.of(jid, tx, load)).length > 0;
    },
    async countOf(tx: Tx, owner: BareJid): Promise<number> {
      const { count } = await tx.db
        .selectFrom('bot')
        .select((e) => e.fn.countAll<number>().as('count'))
        .where('tenant_id', '=', tenantId)
        .where('owner_jid', '=', owner)
        .executeTakeFirstOrThrow();
      return count;
    },
    async countActive(): Promise<number> {
      const { count } = await store.read
        .selectFrom('bot')
        .select((e) => e.fn.countAll<number>().as('count'))
        .where('tenant_id', '=', tenantId)
        .where('status', '=', 'active')
        .executeTakeFirstOrThrow();
      return count;
    },
    async insert(
      tx: Tx,
      bot: {
        name: string;
        owner: BareJid;
        mode: BotTable['mode'];
        /** Of a dedicated one. */
        jid?: BareJid | undefined;
        createdAt: number;
      },
    ): Promise<BotId> {
      changes.changeIn(tx);
      const { id } = await tx.db
        .insertInto('bot')
        .values({
          tenant_id: tenantId,
          name: bot.name,
          jid: bot.jid ?? null,
          owner_jid: bot.owner,
          mode: bot.mode,
          status: 'active',
          description: '',
          permissions: 'all',
          created_at: bot.createdAt,
          webhook_enabled: 0,
          last_update_id: 0,
        })
        .returning('id')
        .executeTakeFirstOrThrow();
      return id as BotId;
    },
    /** Unix seconds. */
    async setLastActive(tx: Tx, id: BotId, at: number): Promise<void> {
      await patch(tx, id, { last_active: at });
    },
    async setStatus(tx: Tx, id: BotId, status: BotTable['status']): Promise<void> {
      await patch(tx, id, { status });
    },
    async setDescription(tx: Tx, id: BotId, description: string): Promise<void> {
      await patch(tx, id, { description });
    },
    /** Deletes a bot with everything that hangs on it. */
    async delete(tx: Tx, id: BotId): Promise<void> {
      changes.changeIn(tx);
      for (const table of ['account', 'ai_config'] as const) changesOf(store, table).changeIn(tx);
      await tx.db.deleteFrom('bot').where('tenant_id', '=', tenantId).where('id', '=', id).execute();
    },
    async setWebhook(
      tx: Tx,
      id: BotId,
      webhook: { url: string; secret: string; types: readonly string[] | undefined },
    ): Promise<void> {
      await patch(tx, id, {
        webhook_url: webhook.url,
        webhook_secret: box.seal(webhook.secret, secretPlace(id)),
        webhook_enabled: 1,
        webhook_updates: webhook.types ? JSON.stringify(webhook.types) : null,
      });
    },
    /** Undefined for a program that has never fetched any. */
    async polledTypes(id: BotId): Promise<readonly string[] | undefined> {
      const row = await bots().where('id', '=', id).executeTakeFirst();
      return typesIn(row?.polled_updates ?? null);
    },
    /** What the program asked for when it last fetched updates. */
    async setPolledTypes(tx: Tx, id: BotId, types: readonly string[]): Promise<void> {
      await patch(tx, id, { polled_updates: JSON.stringify(types) });
    },
    /**
     * The address and its secret stay known, so that setting the same address again keeps the secret. With `url` only
     * while that is the address.
     */
    async disableWebhook(tx: Tx, id: BotId, url?: string): Promise<void> {
      changes.changeIn(tx);
      let update = tx.db.updateTable('bot').set({ webhook_enabled: 0 }).where('tenant_id', '=', tenantId);
      if (url !== undefined) update = update.where('webhook_url', '=', url);
      await update.where('id', '=', id).execute();
    },
    /** The last webhook that was set, on or off. */
    async webhookOf(id: BotId, tx?: Tx): Promise<Webhook | undefined> {
      const row = await bots(tx?.db).where('id', '=', id).executeTakeFirst();
      if (!row?.webhook_url || !row.webhook_secret) return undefined;
      return {
        url: row.webhook_url,
        secret: box.open(row.webhook_secret, secretPlace(id)),
        types: typesIn(row.webhook_updates),
        isEnabled: row.webhook_enabled === 1,
      };
    },
    /** The bots whose webhook is on, whoever owns them. */
    async withWebhook(): Promise<BotId[]> {
      const rows = await bots().where('webhook_enabled', '=', 1).execute();
      return rows.map(({ id }) => id as BotId);
    },
  };
}
export type BotRepository = ReturnType<typeof botRepository>;
