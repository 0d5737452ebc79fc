import type { Caller } from '../../../src-shared/access.ts';
import {
  isSettingKey,
  MASK,
  type SettingKey,
  type SettingValue,
  settingKeys,
  settings,
} from '../../../src-shared/api/settings.ts';
import { refuse } from '../../../src-shared/errors.ts';
import type { EngineEvents } from '../../../src-shared/events.ts';
import type { Emitter } from '../../base/emitter.ts';
import type { Tx } from '../../store/open.ts';
import type { SettingRepository } from '../../store/setting-repository.ts';
import type { AuditTrail } from '../audit/audit-trail.ts';

interface SettingServiceDeps {
  repository: SettingRepository;
  audit: AuditTrail;
  events: Emitter<EngineEvents>;
}

/** Settings with their types. They are kept in memory, so reading one costs nothing; a change is stored first. */
export async function settingService({ repository, audit, events }: SettingServiceDeps) {
  const values = new Map<SettingKey, unknown>();
  for (const [key, text] of await repository.all()) {
    if (!isSettingKey(key)) continue;
    const parsed = settings[key].schema.safeParse(text);
    if (parsed.success) values.set(key, parsed.data);
  }

  const get = <K extends SettingKey>(key: K): SettingValue<K> =>
    // Stored values went through the schema of the same key, in `set` or above.
    (values.has(key) ? values.get(key) : settings[key].default) as SettingValue<K>;

  const known = (key: string): SettingKey => {
    if (!isSettingKey(key)) throw refuse('setting.unknown', { key });
    return key;
  };
  const isSecret = (key: SettingKey) => 'isSecret' in settings[key];

  return {
    get,
    /** Stores a value read by the setting's own schema; has effect, and is announced, after the commit. */
    async set(tx: Tx, name: string, input: unknown, caller: Caller): Promise<void> {
      const key = known(name);
      const parsed = settings[key].schema.safeParse(input);
      if (!parsed.success) {
        throw refuse('setting.invalid', {
          key,
          reason: parsed.error.issues[0]?.message ?? 'not a valid value',
        });
      }
      await repository.set(tx, key, String(parsed.data), isSecret(key));
      await audit.note(tx, caller, { action: 'setting.set', details: key });
      tx.afterCommit(() => {
        values.set(key, parsed.data);
        events.emit('setting.changed', { key });
      });
    },
    /** As shown to people: secrets masked. */
    show(name: string) {
      const key = known(name);
      const value = isSecret(key) && get(key) !== '' ? MASK : get(key);
      return { key, value, default: settings[key].default, summary: settings[key].summary };
    },
    list() {
      return settingKeys.map((key) => this.show(key));
    },
  };
}
export type SettingService = Awaited<ReturnType<typeof settingService>>;
