import type { Entry } from './entry.ts';

/** Making and removing the accounts of dedicated bots. */
export const provisioningErrors = {
  'ejabberd.not-configured': {
    kind: 'invalid',
    slug: 'not_configured',
    text: 'How accounts are made on the XMPP server is not set. Set it with: botmother ejabberd set',
  },
  'ejabberd.incomplete': {
    kind: 'invalid',
    slug: 'not_configured',
    text: '`{field}` is neither given nor saved, and this way of making accounts needs it.',
  },
  'ejabberd.password-needed': {
    kind: 'invalid',
    slug: 'bad_request',
    text: '`admin_password` is needed: the saved one is used only with the saved `api_url`, `admin_jid`, `service` and `ca`.',
  },
  'ejabberd.unreachable': {
    kind: 'upstream',
    slug: 'ejabberd_unreachable',
    text: 'There is no answer from {url}: {reason}. Check `api_url`, and `ca` when it is about the certificate.',
  },
  'ejabberd.foreign': {
    kind: 'upstream',
    slug: 'not_ejabberd',
    text: 'What answers at {url} is not the admin API of ejabberd. It is where mod_http_api is in its configuration, such as http://localhost:5443/api.',
  },
  'ejabberd.credentials': {
    kind: 'upstream',
    slug: 'ejabberd_credentials',
    text: 'The server does not take {jid} with this password. Check `admin_jid` and `admin_password`.',
  },
  'ejabberd.rights': {
    kind: 'upstream',
    slug: 'ejabberd_no_rights',
    text: '{jid} may not make accounts. Allow it registered_vhosts, register and unregister in api_permissions of ejabberd.',
  },
  'ejabberd.host-unknown': {
    kind: 'upstream',
    slug: 'ejabberd_host_unknown',
    text: 'This ejabberd does not serve {host}. Check `host`.',
  },
  'ejabberd.failed': {
    kind: 'upstream',
    slug: 'ejabberd_failed',
    text: 'ejabberd could not do it ({reason}). Its log has the details.',
  },
  'ejabberd.no-command': {
    kind: 'upstream',
    slug: 'ejabberd_no_command',
    text: 'This ejabberd has no command {command}. Switch on mod_admin_extra in its configuration.',
  },
  'provisioning.unreachable': {
    kind: 'upstream',
    slug: 'xmpp_unreachable',
    text: '{host} cannot be reached over XMPP. {reason} Check `host`, `service` and `ca`.',
  },
  'provisioning.rights': {
    kind: 'upstream',
    slug: 'xmpp_no_rights',
    text: '{jid} may not manage accounts of {host} over XMPP. In Prosody, enable admin_adhoc and list it in `admins`; in ejabberd, use mod_configure and the access rule `configure`, or set `api_url`.',
  },
  'provisioning.no-registration': {
    kind: 'upstream',
    slug: 'registration_closed',
    text: '{host} lets nobody register over XMPP. {reason} Allow it there, or set `admin_jid` and `admin_password` of an administrator.',
  },
  'provisioning.too-fast': {
    kind: 'upstream',
    slug: 'registration_limited',
    text: '{host} makes no more accounts at the moment: too many came in a short time. Try again later.',
  },
  'provisioning.password-changed': {
    kind: 'upstream',
    slug: 'account_password_changed',
    text: '{jid} is still on the server, and its saved password is no longer right. Remove the account there.',
  },
  'provisioning.names-taken': {
    kind: 'conflict',
    slug: 'conflict',
    text: 'No free account name was found for this bot on {host} in {tries} tries. Try again, or use another name.',
  },
  'provisioning.failed': {
    kind: 'upstream',
    slug: 'xmpp_failed',
    text: '{host} could not do it ({reason}). Its log has the details.',
  },
} as const satisfies Record<string, Entry>;
