import { randomBytes } from 'node:crypto';
import type { Store } from '../store/open.ts';
import type { SettingRepository } from '../store/setting-repository.ts';

/** Rows of the settings table that are no settings: the engine's own. */
const RESOURCE_KEY = 'engine_resource';
const KEY_CHECK_KEY = 'engine_key_check';

/**
 * The resource of this data folder (contract, section 3), made at the first start. A sealed row beside it shows at
 * every start that the data key belongs to the database: `SealBroken` otherwise.
 */
export async function ownResource(store: Store, settings: SettingRepository): Promise<string> {
  const known = (await settings.all()).get(RESOURCE_KEY);
  if (known !== undefined) return known;
  const resource = `botmother-${randomBytes(4).toString('hex')}`;
  await store.write(async (tx) => {
    await settings.set(tx, RESOURCE_KEY, resource, false);
    await settings.set(tx, KEY_CHECK_KEY, 'ok', true);
  });
  return resource;
}
