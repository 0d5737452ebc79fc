import { randomBytes } from 'node:crypto';
import type { Caller } from '../../../src-shared/access.ts';
import type { Way } from '../../../src-shared/api/ejabberd.ts';
import { settings as declared, MASK, type SettingKey } from '../../../src-shared/api/settings.ts';
import { refuse } from '../../../src-shared/errors.ts';
import { type BareJid, bareJid } from '../../../src-shared/jid.ts';
import type { Clock } from '../../base/clock.ts';
import type { Tx } from '../../store/open.ts';
import { placeOf, type SettingService } from '../settings/setting-service.ts';
import type { AccountProvider } from './account-provider.ts';
import { adminApiAccounts } from './admin-api-accounts.ts';
import { botPlace, type Place } from './bot-place.ts';
import { inBandAccounts } from './in-band-accounts.ts';
import { xmppAdminAccounts } from './xmpp-admin-accounts.ts';

interface EjabberdServiceDeps {
  settings: SettingService;
  ownPorts: () => readonly number[];
  clock: Clock;
}

const KEYS = {
  api_url: 'ejabberd_api_url',
  host: 'ejabberd_host',
  admin_jid: 'ejabberd_admin_jid',
  admin_password: 'ejabberd_admin_password',
  service: 'ejabberd_service',
  ca: 'ejabberd_ca',
} as const satisfies Record<string, SettingKey>;
type Field = keyof typeof KEYS;
const FIELDS = Object.keys(KEYS) as Field[]; // its keys are that type
/** A secret goes where these say, and nowhere else. */
const BOUND: readonly Field[] = ['api_url', 'admin_jid', 'service', 'ca'];

/** The members by which programs know these settings; one that is left out stays as it is. */
export type AdminFields = Partial<Record<Field, string | undefined>>;
type Values = Record<Field, string>;

/** By which way accounts are made, and which field that way still lacks. */
function wayOf(values: Values): { way: Way; missing?: Field } {
  const isSet = (field: Field) => values[field] !== '';
  if (!(['api_url', 'host', 'admin_jid', 'admin_password'] as const).some(isSet)) return { way: 'none' };
  const isAdmin = isSet('admin_jid') || isSet('admin_password');
  const way = isSet('api_url') ? 'admin_api' : isAdmin ? 'xmpp_admin' : 'in_band';
  const needed: readonly Field[] = way === 'in_band' ? ['host'] : ['host', 'admin_jid', 'admin_password'];
  const missing = needed.find((field) => !isSet(field));
  return missing ? { way, missing } : { way };
}

/**
 * How dedicated bots get their accounts: by ejabberd's admin API where `api_url` is set, else by an administrator over XMPP
 * where one is set (XEP-0133), else by registration as any client does it (XEP-0077).
 */
export function ejabberdService({ settings, ownPorts, clock }: EjabberdServiceDeps) {
  const saved = (): Values => ({
    api_url: settings.get('ejabberd_api_url'),
    host: settings.get('ejabberd_host'),
    admin_jid: settings.get('ejabberd_admin_jid'),
    admin_password: settings.get('ejabberd_admin_password'),
    service: settings.get('ejabberd_service'),
    ca: settings.get('ejabberd_ca'),
  });
  const isConfigured = () => {
    const { way, missing } = wayOf(saved());
    return way !== 'none' && missing === undefined;
  };

  /** Given values as the settings would store them, saved ones for the rest. */
  function complete(given: AdminFields): Values {
    const values = saved();
    for (const field of FIELDS) {
      if (given[field] === undefined || given[field] === MASK) continue;
      const parsed = declared[KEYS[field]].schema.safeParse(given[field]);
      const reason = parsed.error?.issues[0]?.message ?? 'is not valid';
      if (!parsed.success) throw refuse('request.invalid', { reason: `\`${field}\`: ${reason}` });
      values[field] = parsed.data;
    }
    const isSavedPassword = given.admin_password === undefined || given.admin_password === MASK;
    if (isSavedPassword && values.admin_password !== '') {
      const before = saved();
      const isElsewhere = BOUND.some((field) => placeOf(values[field]) !== placeOf(before[field]));
      if (isElsewhere) throw refuse('ejabberd.password-needed', {});
    }
    return values;
  }

  function open(values: Values): AccountProvider {
    const { way, missing } = wayOf(values);
    if (way === 'none') throw refuse('ejabberd.not-configured', {});
    if (missing) throw refuse('ejabberd.incomplete', { field: missing });
    const { api_url: apiUrl, host, admin_jid: adminJid, admin_password: password } = values;
    const { service, ca } = placeIn(values);
    if (way === 'admin_api') {
      return adminApiAccounts({ apiUrl, adminJid, password, ca }, { host, ownPorts: ownPorts() });
    }
    // One of its own, so that no other session of the account is ended by it.
    const resource = `botmother-${randomBytes(4).toString('hex')}`;
    if (way === 'in_band') return inBandAccounts({ host, service, ca, resource, clock });
    const administrator = { jid: bareJid(adminJid), resource, password: () => password, service, ca };
    return xmppAdminAccounts(administrator, { host, clock });
  }

  return {
    isConfigured,
    /** As shown to people: the password masked. */
    show: () => {
      const values = saved();
      const admin_password = values.admin_password === '' ? '' : MASK;
      return { ...values, admin_password, configured: isConfigured(), way: wayOf(values).way };
    },
    /** Stores what is given; the mask keeps the password, an empty text clears. */
    async save(tx: Tx, given: AdminFields, caller: Caller): Promise<void> {
      const changes = FIELDS.filter((field) => given[field] !== undefined);
      await settings.setAll(
        tx,
        Object.fromEntries(changes.map((field) => [KEYS[field], given[field]])),
        caller,
      );
    },
    /** Resolves when accounts can be made with the given settings, completed by the saved ones; refuses with the reason. */
    async test(given: AdminFields): Promise<void> {
      const provider = open(complete(given));
      try {
        await provider.check();
      } finally {
        await provider.close();
      }
    },
    /** Makes and removes accounts with the saved settings; refuses when they are not complete. To be closed. */
    accounts: (): AccountProvider => open(saved()),
    /** Where the session of a bot on this domain connects; see `botPlace`. */
    placeFor: (domain: string, owner: (Place & { jid: BareJid }) | undefined): Place =>
      botPlace(domain, domain === settings.get('ejabberd_host') ? placeIn(saved()) : NOWHERE, owner),
  };
}
export type EjabberdService = ReturnType<typeof ejabberdService>;

const NOWHERE: Place = { service: undefined, ca: undefined };
const placeIn = ({ service, ca }: Values): Place => ({
  service: service || undefined,
  ca: ca.trim() || undefined,
});
