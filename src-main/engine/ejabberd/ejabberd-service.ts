import type { Caller } from '../../../src-shared/access.ts';
import { settings as declared, MASK, type SettingKey } from '../../../src-shared/api/settings.ts';
import { type DomainError, refuse } from '../../../src-shared/errors.ts';
import { checkAccess } from '../../gateways/ejabberd-admin/check-access.ts';
import { type AdminAccess, AdminProblem, ejabberdAdmin } from '../../gateways/ejabberd-admin/client.ts';
import type { Tx } from '../../store/open.ts';
import { placeOf, type SettingService } from '../settings/setting-service.ts';

interface EjabberdServiceDeps {
  settings: SettingService;
  ownPorts: () => readonly number[];
}

/** The members by which programs know the admin API's settings; one that is left out stays as it is. */
export interface AdminFields {
  api_url?: string | undefined;
  host?: string | undefined;
  admin_jid?: string | undefined;
  admin_password?: string | undefined;
}

const KEYS = {
  api_url: 'ejabberd_api_url',
  host: 'ejabberd_host',
  admin_jid: 'ejabberd_admin_jid',
  admin_password: 'ejabberd_admin_password',
} as const satisfies Record<keyof AdminFields, SettingKey>;
const FIELDS = Object.keys(KEYS) as (keyof AdminFields)[];

/** The admin API of the XMPP server, by which dedicated bots get their accounts. */
export function ejabberdService({ settings, ownPorts }: EjabberdServiceDeps) {
  const isConfigured = () => FIELDS.every((field) => settings.get(KEYS[field]) !== '');

  /** Given values as the settings would store them, saved ones for the rest. */
  function complete(given: AdminFields): Required<Record<keyof AdminFields, string>> {
    const isGiven = (field: keyof AdminFields) => given[field] !== undefined && given[field] !== MASK;
    const chosen = (field: keyof AdminFields): string => {
      if (!isGiven(field)) return settings.get(KEYS[field]);
      const parsed = declared[KEYS[field]].schema.safeParse(given[field]);
      if (parsed.success) return parsed.data;
      const reason = parsed.error.issues[0]?.message ?? 'is not valid';
      throw refuse('request.invalid', { reason: `\`${field}\`: ${reason}` });
    };
    const values = {
      api_url: chosen('api_url'),
      host: chosen('host'),
      admin_jid: chosen('admin_jid'),
      admin_password: chosen('admin_password'),
    };
    // The saved password goes nowhere but where it was given for.
    if (!isGiven('admin_password') && values.admin_password !== '') {
      const isElsewhere =
        placeOf(values.api_url) !== placeOf(settings.get('ejabberd_api_url')) ||
        values.admin_jid !== settings.get('ejabberd_admin_jid');
      if (isElsewhere) throw refuse('ejabberd.password-needed', {});
    }
    if (FIELDS.every((field) => values[field] === '')) throw refuse('ejabberd.not-configured', {});
    const missing = FIELDS.find((field) => values[field] === '');
    if (missing) throw refuse('ejabberd.incomplete', { field: missing });
    return values;
  }

  return {
    isConfigured,
    /** As shown to people: the password masked. */
    show: () => ({
      api_url: settings.get('ejabberd_api_url'),
      admin_jid: settings.get('ejabberd_admin_jid'),
      admin_password: settings.get('ejabberd_admin_password') === '' ? '' : MASK,
      host: settings.get('ejabberd_host'),
      configured: isConfigured(),
    }),
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
      const { api_url: apiUrl, host, admin_jid: adminJid, admin_password: password } = complete(given);
      const access: AdminAccess = { apiUrl, adminJid, password };
      const admin = ejabberdAdmin(access, ownPorts());
      try {
        const { hosts } = await checkAccess(admin, adminJid);
        if (!hosts.includes(host)) throw refuse('ejabberd.host-unknown', { host });
      } catch (error) {
        throw error instanceof AdminProblem ? explain(error, access) : error;
      } finally {
        await admin.close();
      }
    },
  };
}
export type EjabberdService = ReturnType<typeof ejabberdService>;

function explain({ kind, message }: AdminProblem, { apiUrl, adminJid }: AdminAccess): DomainError {
  if (kind === 'unreachable') return refuse('ejabberd.unreachable', { url: apiUrl, reason: message });
  if (kind === 'foreign') return refuse('ejabberd.foreign', { url: apiUrl });
  if (kind === 'credentials') return refuse('ejabberd.credentials', { jid: adminJid });
  if (kind === 'rights') return refuse('ejabberd.rights', { jid: adminJid });
  return refuse('ejabberd.failed', { reason: message });
}
