import type { TenantId } from '../../src-shared/ids.ts';
import type { SecretBox } from '../base/secret-box.ts';
import type { Store, Tx } from './open.ts';

const valuePlace = (key: string) => ({ table: 'settings', row: key, column: 'sealed' });

/** Settings as texts; what a key means and which are secret is decided above. */
export function settingRepository(store: Store, box: SecretBox, tenantId: TenantId) {
  return {
    async all(): Promise<Map<string, string>> {
      const rows = await store.read
        .selectFrom('settings')
        .selectAll()
        .where('tenant_id', '=', tenantId)
        .execute();
      return new Map(
        rows.map(({ key, value, sealed }) => [
          key,
          sealed ? box.open(sealed, valuePlace(key)) : (value ?? ''),
        ]),
      );
    },
    async set(tx: Tx, key: string, value: string, isSecret: boolean): Promise<void> {
      const columns = isSecret
        ? { value: null, sealed: box.seal(value, valuePlace(key)) }
        : { value, sealed: null };
      await tx.db
        .insertInto('settings')
        .values({ tenant_id: tenantId, key, ...columns })
        .onConflict((c) => c.columns(['tenant_id', 'key']).doUpdateSet(columns))
        .execute();
    },
    async delete(tx: Tx, key: string): Promise<void> {
      await tx.db.deleteFrom('settings').where('tenant_id', '=', tenantId).where('key', '=', key).execute();
    },
  };
}
export type SettingRepository = ReturnType<typeof settingRepository>;
