import type { Caller } from '../../../src-shared/access.ts';
import {
  isSettingKey,
  MASK,
  type SettingDeclaration,
  type SettingKey,
  type SettingValue,
  settingKeys,
  settings,
} from '../../../src-shared/api/settings.ts';
import { refuse } from '../../../src-shared/errors.ts';
import type { EngineEvents } from '../../../src-shared/events.ts';
import type { Emitter } from '../../base/emitter.ts';
import type { Account } from '../../store/account-repository.ts';
import type { Tx } from '../../store/open.ts';
import type { SettingRepository } from '../../store/setting-repository.ts';
import type { AuditTrail } from '../audit/audit-trail.ts';
import { OPERATOR_SETTINGS, type SensitiveChanges } from '../notices/sensitive-changes.ts';
import type { ApiDoor } from './api-door.ts';
import { checkRole } from './setting-roles.ts';

interface SettingServiceDeps {
  repository: SettingRepository;
  audit: AuditTrail;
  events: Emitter<EngineEvents>;
  apiDoor: Pick<ApiDoor, 'tryOut' | 'settle'>;
  /** Who runs this installation. */
  operator: (tx?: Tx) => Promise<Account | undefined>;
  /** Tells the operator what was changed. */
  tell: SensitiveChanges['operatorSettings'];
}

/** What says how the API is reached. */
export const API_KEYS = ['api_mode', 'api_port', 'api_tls_cert', 'api_tls_key'] as const;
type ApiKey = (typeof API_KEYS)[number];

/** Settings with their types. They are kept in memory, so reading one costs nothing; a change is stored first. */
export async function settingService({
  repository,
  audit,
  events,
  apiDoor,
  operator,
  tell,
}: SettingServiceDeps) {
  const values = new Map<SettingKey, unknown>();
  for (const [key, text] of await repository.all()) {
    if (!isSettingKey(key)) continue;
    const parsed = settings[key].schema.safeParse(text);
    if (parsed.success) values.set(key, parsed.data);
  }

  const get = <K extends SettingKey>(key: K): SettingValue<K> =>
    // Stored values went through the schema of the same key, in `setAll` or above.
    (values.has(key) ? values.get(key) : settings[key].default) as SettingValue<K>;
  const declarationOf = (key: SettingKey): SettingDeclaration => settings[key];
  /** What counts in the chats of an account: some values are others, until they are set, where it has OMEMO. */
  const getFor = <K extends SettingKey>(
    key: K,
    account: Pick<Account, 'hasOmemo'> | undefined,
  ): SettingValue<K> =>
    // As for the default: the table holds only values that its own schema knows.
    (values.has(key) || !account?.hasOmemo ? get(key) : defaultFor(key, account)) as SettingValue<K>;
  function defaultFor(key: SettingKey, account: Pick<Account, 'hasOmemo'> | undefined) {
    const { default: usual, defaultWithOmemo = usual } = declarationOf(key);
    return account?.hasOmemo ? defaultWithOmemo : usual;
  }
  const isSecret = (key: SettingKey) => declarationOf(key).isSecret === true;

  const known = (key: string): SettingKey => {
    if (!isSettingKey(key)) throw refuse('setting.unknown', { key });
    return key;
  };

  /** Reads the given values by their schemas; the mask of a secret means that it stays. */
  function read(inputs: Record<string, unknown>): Map<SettingKey, unknown> {
    const given = new Map<SettingKey, unknown>();
    for (const [name, input] of Object.entries(inputs)) {
      const key = known(name);
      if (isSecret(key) && input === MASK) continue;
      const parsed = settings[key].schema.safeParse(input);
      if (!parsed.success) {
        const reason = parsed.error.issues[0]?.message ?? 'not a valid value';
        throw refuse('setting.invalid', { key, reason });
      }
      given.set(key, parsed.data);
    }
    return given;
  }

  /** A secret must not travel to an address that it was not given for (contract, section 7). */
  function checkSecrets(given: Map<SettingKey, unknown>): void {
    for (const secret of settingKeys) {
      if (get(secret) === '' || given.has(secret)) continue;
      const { givenFor } = declarationOf(secret);
      // Without an account it opens nothing yet, so that each can be set by itself.
      if (!givenFor || get(known(givenFor.account)) === '') continue;
      const moved = [givenFor.account, ...givenFor.places].some((name) => {
        const key = known(name);
        return given.has(key) && placeOf(given.get(key)) !== placeOf(get(key));
      });
      if (moved) throw refuse('setting.secret-bound', { key: secret });
    }
  }

  function shownOf(key: SettingKey, account: Account | undefined) {
    const value = isSecret(key) && get(key) !== '' ? MASK : getFor(key, account);
    // Values and defaults went through the same schemas.
    const usual = defaultFor(key, account) as SettingValue<SettingKey>;
    return { key, value, default: usual, summary: settings[key].summary };
  }

  /** As a notice shows it: of an address where it leads, of a secret that it is there. */
  const told = (key: SettingKey, value: unknown) =>
    isSecret(key) && value !== '' ? MASK : String(placeOf(value)) || '-';

  return {
    get,
    getFor,
    /** False while the default stands in for a value. */
    isSet: (key: SettingKey): boolean => values.has(key),
    /**
     * Resolves when settings that were stored under these names are in effect, also those that take a moment: how the
     * API is reached.
     */
    async settle(names: readonly string[]): Promise<void> {
      if (names.some((name) => API_KEYS.some((key) => key === name))) await apiDoor.settle();
    },
    /**
     * To be asked before the unit that stores the values: tries what depends on the world outside, and refuses what
     * would have no effect there.
     */
    async tryOut(inputs: Record<string, unknown>): Promise<void> {
      const given = read(inputs);
      const changed = new Set(API_KEYS.filter((key) => given.has(key)));
      if (changed.size === 0) return;
      // Read by the schema of the same key, above.
      const wished = <K extends ApiKey>(key: K) =>
        (given.has(key) ? given.get(key) : get(key)) as SettingValue<K>;
      await apiDoor.tryOut(
        {
          mode: wished('api_mode'),
          port: wished('api_port'),
          cert: wished('api_tls_cert'),
          key: wished('api_tls_key'),
        },
        changed,
      );
    },
    /** Stores one value, as `setAll`. */
    set(tx: Tx, name: string, input: unknown, caller: Caller): Promise<void> {
      return this.setAll(tx, { [name]: input }, caller);
    },
    /**
     * Stores values read by the settings' own schemas, all or none; they have effect, and are announced, after the
     * commit.
     */
    async setAll(tx: Tx, inputs: Record<string, unknown>, caller: Caller): Promise<void> {
      const given = read(inputs);
      const runs = { operator: await operator(tx) };
      for (const key of given.keys()) checkRole(declarationOf(key).role, caller, runs);
      checkSecrets(given);
      const changed = [...given].filter(([key, value]) => OPERATOR_SETTINGS.has(key) && value !== get(key));
      await tell(tx, Object.fromEntries(changed.map(([key, value]) => [key, told(key, value)])), caller);
      for (const [key, value] of given) {
        await repository.set(tx, key, String(value), isSecret(key));
        await audit.note(tx, caller, { action: 'setting.set', details: key });
        tx.afterCommit(() => {
          values.set(key, value);
          events.emit('setting.changed', { key });
        });
      }
    },
    /** As shown to people: what counts now, secrets masked. */
    async show(name: string) {
      return shownOf(known(name), await operator());
    },
    async list() {
      const account = await operator();
      return settingKeys.map((key) => shownOf(key, account));
    },
  };
}
export type SettingService = Awaited<ReturnType<typeof settingService>>;

/** Where a secret may go: of an address only the origin counts, another path is the same server. */
export const placeOf = (value: unknown) => {
  const text = String(value);
  return URL.canParse(text) && /^https?:/.test(text) ? new URL(text).origin : text;
};
