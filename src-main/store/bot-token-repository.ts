import { orderedScopes, TOKEN_SCOPES, type TokenScope } from '../../src-shared/api/token-scopes.ts';
import type { BotId, TenantId } from '../../src-shared/ids.ts';
import type { SecretBox } from '../base/secret-box.ts';
import { type Bot, toBot } from './bot-repository.ts';
import { changesOf, knownRows } from './known-rows.ts';
import type { Store, Tx } from './open.ts';
import { prepared, type Slots } from './prepared.ts';

/** A token of a bot: the current one, or the one before, which may be taken for a while. */
export type TokenSlot = 'current' | 'old';

/** Whose token it is and what it may do. */
export interface KnownToken {
  bot: Bot;
  slot: TokenSlot;
  scopes: readonly TokenScope[];
}

/** A token that is taken; instants are Unix seconds. */
export interface TokenUse {
  scopes: readonly TokenScope[];
  usedAt: number | undefined;
  /** Set for one that was replaced. */
  endsAt: number | undefined;
}

const tokenPlace = (id: number) => ({ table: 'bot', row: id, column: 'token_raw' });

/** Ours are shorter. */
const LONGEST_TOKEN = 100;

const ALL = 'all';
const stored = (scopes: readonly TokenScope[]) =>
  scopes.length === TOKEN_SCOPES.length ? ALL : orderedScopes(scopes).join(',');
/** What is not known any more grants nothing. */
const scopesIn = (column: string | null): TokenScope[] =>
  column === ALL ? [...TOKEN_SCOPES] : TOKEN_SCOPES.filter((scope) => column?.split(',').includes(scope));

/** The API tokens of the bots of one tenant: digests to find them by, a sealed copy of the current one. */
export function botTokenRepository(store: Store, box: SecretBox, tenantId: TenantId) {
  const bots = (db: Tx['db'] = store.read) =>
    db.selectFrom('bot').selectAll().where('tenant_id', '=', tenantId);
  const rowByToken = prepared((slot: Slots<{ hash: string }>) =>
    bots().where('token_hash', '=', slot('hash')),
  );
  const changes = changesOf(store, 'bot');
  /** By the token itself, for it is asked for with every call: this process holds the key to all of them anyway. */
  const known = knownRows<string, KnownToken>(changes);
  /** What is no token may be of any length. */
  const keyOf = (token: string) => (token.length > LONGEST_TOKEN ? box.nameOf(token) : token);
  const current = async (hash: string) => {
    const rows = rowByToken(store.read, { hash });
    return rows.map(
      (row): KnownToken => ({ bot: toBot(row), slot: 'current', scopes: scopesIn(row.permissions) }),
    );
  };
  const rowOf = (id: BotId, tx?: Tx) => bots(tx?.db).where('id', '=', id).executeTakeFirst();

  return {
    /** The bot of a token, or of one that was replaced and is still taken at `nowS`. */
    async find(token: string, nowS: number): Promise<KnownToken | undefined> {
      const [found] = await known.of(keyOf(token), undefined, () => current(box.digest(token)));
      if (found) return found;
      const old = await bots()
        .where('old_token_hash', '=', box.digest(token))
        .where('old_token_until', '>', nowS)
        .executeTakeFirst();
      return old && { bot: toBot(old), slot: 'old', scopes: scopesIn(old.old_token_permissions) };
    },
    /** The token in clear; empty when it was revoked. */
    async of(id: BotId, tx?: Tx): Promise<string> {
      const row = await rowOf(id, tx);
      return row?.token_raw ? box.open(row.token_raw, tokenPlace(id)) : '';
    },
    /** The tokens that are taken at `nowS`: the current one first. */
    async inUse(id: BotId, nowS: number, tx?: Tx): Promise<TokenUse[]> {
      const row = await rowOf(id, tx);
      if (!row) return [];
      const found: TokenUse[] = [];
      if (row.token_hash !== null) {
        const usedAt = row.token_used_at ?? undefined;
        found.push({ scopes: scopesIn(row.permissions), usedAt, endsAt: undefined });
      }
      if (row.old_token_hash !== null && (row.old_token_until ?? 0) > nowS) {
        found.push({
          scopes: scopesIn(row.old_token_permissions),
          usedAt: row.old_token_used_at ?? undefined,
          endsAt: row.old_token_until ?? undefined,
        });
      }
      return found;
    },
    /** Replaces the token; the one before is still taken until `oldUntil` (Unix seconds). */
    async set(
      tx: Tx,
      id: BotId,
      token: string,
      scopes: readonly TokenScope[],
      oldUntil?: number,
    ): Promise<void> {
      const before = oldUntil === undefined ? undefined : await rowOf(id, tx);
      const values = {
        token_hash: box.digest(token),
        token_raw: box.seal(token, tokenPlace(id)),
        permissions: stored(scopes),
        token_used_at: null,
        old_token_hash: before?.token_hash ?? null,
        old_token_until: oldUntil ?? null,
        old_token_permissions: before?.permissions ?? null,
        old_token_used_at: before?.token_used_at ?? null,
      };
      await patch(tx, id, values);
    },
    /** Takes both tokens away: the digests are null then, never an empty text. */
    async clear(tx: Tx, id: BotId): Promise<void> {
      await patch(tx, id, {
        token_hash: null,
        token_raw: null,
        permissions: ALL,
        token_used_at: null,
        old_token_hash: null,
        old_token_until: null,
        old_token_permissions: null,
        old_token_used_at: null,
      });
    },
    /** Unix seconds. */
    async setUsed(tx: Tx, id: BotId, slot: TokenSlot, at: number): Promise<void> {
      await patch(tx, id, slot === 'current' ? { token_used_at: at } : { old_token_used_at: at });
    },
  };

  async function patch(
    tx: Tx,
    id: BotId,
    values: Record<string, string | number | Buffer | null>,
  ): Promise<void> {
    changes.changeIn(tx);
    await tx.db
      .updateTable('bot')
      .set(values)
      .where('tenant_id', '=', tenantId)
      .where('id', '=', id)
      .execute();
  }
}
export type BotTokenRepository = ReturnType<typeof botTokenRepository>;
