import type { ProviderName } from '../../src-shared/api/ai.ts';
import type { BotId } from '../../src-shared/ids.ts';
import type { SecretBox } from '../base/secret-box.ts';
import { changesOf, knownRows } from './known-rows.ts';
import type { Store, Tx } from './open.ts';

/** What the AI of a bot is set up with, apart from its providers. */
export interface AiConfig {
  isEnabled: boolean;
  /** Undefined: none was chosen yet. */
  provider: ProviderName | undefined;
  /** What the model is told about itself; undefined: the usual. */
  system: string | undefined;
}

/** One provider of a bot, as it is remembered. */
export interface AiProviderRow {
  provider: ProviderName;
  model: string;
  /** '' = the provider's own. */
  baseUrl: string;
  key: string | undefined;
  headers: Readonly<Record<string, string>>;
  /** Where key and headers may go, and nowhere else; undefined where there are none. */
  origin: string | undefined;
}

const NOTHING: AiConfig = { isEnabled: false, provider: undefined, system: undefined };

const systemPlace = (botId: number) => ({ table: 'ai_config', row: botId, column: 'system_sealed' });
const providerPlace = (botId: number, provider: string, column: string) => ({
  table: 'ai_provider',
  row: `${botId}/${provider}`,
  column,
});

/** What the AI of each bot is set up with. Prompt, keys and headers are sealed. */
export function aiConfigRepository(store: Store, box: SecretBox) {
  // Asked for some times with every question.
  const changes = changesOf(store, 'ai_config');
  const known = knownRows<BotId, AiConfig>(changes);
  const knownProviders = knownRows<BotId, AiProviderRow>(changes);

  async function load(botId: BotId, db: Tx['db'] = store.read): Promise<AiConfig[]> {
    const rows = await db.selectFrom('ai_config').selectAll().where('bot_id', '=', botId).execute();
    return rows.map((row) => ({
      isEnabled: row.is_enabled === 1,
      // Written by `save` alone.
      provider: (row.provider ?? undefined) as ProviderName | undefined,
      system: row.system_sealed ? box.open(row.system_sealed, systemPlace(botId)) : undefined,
    }));
  }

  async function loadProviders(botId: BotId, db: Tx['db'] = store.read): Promise<AiProviderRow[]> {
    const rows = await db
      .selectFrom('ai_provider')
      .selectAll()
      .where('bot_id', '=', botId)
      .orderBy('provider')
      .execute();
    return rows.map((row) => {
      const opened = (sealed: Buffer | null, column: string) =>
        sealed ? box.open(sealed, providerPlace(botId, row.provider, column)) : undefined;
      return {
        provider: row.provider as ProviderName,
        model: row.model,
        baseUrl: row.base_url,
        key: opened(row.key_sealed, 'key_sealed'),
        // Written by `saveProvider` alone.
        headers: JSON.parse(opened(row.headers_sealed, 'headers_sealed') ?? '{}') as Record<string, string>,
        origin: row.key_origin ?? undefined,
      };
    });
  }

  return {
    /** Of all bots that have anything set up. */
    async bots(tx?: Tx): Promise<BotId[]> {
      const rows = await (tx?.db ?? store.read).selectFrom('ai_config').select('bot_id').execute();
      return rows.map(({ bot_id }) => bot_id as BotId);
    },
    async of(botId: BotId, tx?: Tx): Promise<AiConfig> {
      const [config = NOTHING] = await known.of(botId, tx, (db) => load(botId, db));
      return config;
    },
    async save(tx: Tx, botId: BotId, { isEnabled, provider, system }: AiConfig): Promise<void> {
      changes.changeIn(tx);
      const values = {
        is_enabled: isEnabled ? 1 : 0,
        provider: provider ?? null,
        system_sealed: system === undefined ? null : box.seal(system, systemPlace(botId)),
      };
      await tx.db
        .insertInto('ai_config')
        .values({ bot_id: botId, ...values })
        .onConflict((c) => c.column('bot_id').doUpdateSet(values))
        .execute();
    },
    /** Every provider that was set up for a bot, by name. */
    async providers(botId: BotId, tx?: Tx): Promise<readonly AiProviderRow[]> {
      return knownProviders.of(botId, tx, (db) => loadProviders(botId, db));
    },
    async saveProvider(tx: Tx, botId: BotId, row: AiProviderRow): Promise<void> {
      changes.changeIn(tx);
      const { provider, key, headers } = row;
      const place = (column: string) => providerPlace(botId, provider, column);
      const hasHeaders = Object.keys(headers).length > 0;
      const values = {
        model: row.model,
        base_url: row.baseUrl,
        key_sealed: key === undefined ? null : box.seal(key, place('key_sealed')),
        key_origin: row.origin ?? null,
        headers_sealed: hasHeaders ? box.seal(JSON.stringify(headers), place('headers_sealed')) : null,
      };
      await tx.db
        .insertInto('ai_provider')
        .values({ bot_id: botId, provider, ...values })
        .onConflict((c) => c.columns(['bot_id', 'provider']).doUpdateSet(values))
        .execute();
    },
    async forget(tx: Tx, botId: BotId): Promise<void> {
      changes.changeIn(tx);
      await tx.db.deleteFrom('ai_provider').where('bot_id', '=', botId).execute();
      await tx.db.deleteFrom('ai_config').where('bot_id', '=', botId).execute();
    },
  };
}
export type AiConfigRepository = ReturnType<typeof aiConfigRepository>;
