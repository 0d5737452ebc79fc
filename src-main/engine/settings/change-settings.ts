import type { Caller } from '../../../src-shared/access.ts';
import type { Store } from '../../store/open.ts';
import type { SettingService } from './setting-service.ts';

interface ChangeSettingsDeps {
  store: Store;
  settings: SettingService;
}

/**
 * The one way to change settings of the installation, from every entrance: what depends on the world outside is tried
 * first, then all are stored or none. Resolves when they are in effect, or cannot be.
 */
export const changeSettings =
  ({ store, settings }: ChangeSettingsDeps) =>
  async (inputs: Readonly<Record<string, unknown>>, caller: Caller): Promise<void> => {
    await settings.tryOut(inputs);
    await store.write((tx) => settings.setAll(tx, inputs, caller));
    await settings.settle(Object.keys(inputs));
  };
export type ChangeSettings = ReturnType<typeof changeSettings>;
