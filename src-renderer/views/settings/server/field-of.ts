import type { CARDS } from '../pages.ts';

type Field = (typeof CARDS.server)[number];

/** Which field a refusal of the engine is about, by its name. */
const FIELDS: Readonly<Record<string, Field>> = {
  ejabberd_unreachable: 'ejabberd_api_url',
  not_ejabberd: 'ejabberd_api_url',
  ejabberd_no_command: 'ejabberd_api_url',
  ejabberd_credentials: 'ejabberd_admin_password',
  ejabberd_no_rights: 'ejabberd_admin_jid',
  ejabberd_host_unknown: 'ejabberd_host',
  xmpp_unreachable: 'ejabberd_service',
  xmpp_no_rights: 'ejabberd_admin_jid',
  registration_closed: 'ejabberd_host',
};
const NAMES: Readonly<Record<string, Field>> = {
  admin_password: 'ejabberd_admin_password',
  admin_jid: 'ejabberd_admin_jid',
  api_url: 'ejabberd_api_url',
  host: 'ejabberd_host',
  service: 'ejabberd_service',
  ca: 'ejabberd_ca',
};

/** The field to show a refusal at; undefined where it is about none of them. `words` name the field when the code does not. */
export function fieldOf(code: string | undefined, words: string): Field | undefined {
  const known = code === undefined ? undefined : FIELDS[code];
  if (known) return known;
  const [, named = ''] = /`(\w+)`/.exec(words) ?? /^(?:ejabberd_)(\w+):/.exec(words) ?? [];
  return NAMES[named.replace(/^ejabberd_/, '')];
}
