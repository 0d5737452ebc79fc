/** @typedef {import('./ejabberd.d.mts').EjabberdSettings} EjabberdSettings */

/**
 * @typedef {object} EjabberdFacts
 * @property {string} dir
 * @property {string[]} domains
 * @property {{ c2s: number, tls: number, http: number, https: number }} ports
 * @property {{ pemFile: string, caFile: string }} certificates
 * @property {string} adminJid
 * @property {string} provisionerJid
 * @property {EjabberdSettings} settings
 */

const OPEN_OMEMO_NODES =
  '{"eu.siacs.conversations.axolotl.*": {access_model: open}, "storage:bookmarks": {access_model: whitelist}}';

// XEP-0156 wants it over TLS only.
const HOST_META = `
      /.well-known/host-meta: mod_host_meta
      /.well-known/host-meta.json: mod_host_meta`;

/**
 * ejabberd.yml for a server on loopback, without federation and without limits on speed. Strings are written as
 * JSON, which YAML reads.
 * @param {EjabberdFacts} facts
 * @returns {string}
 */
export function ejabberdConfig({ dir, domains, ports, certificates, adminJid, provisionerJid, settings }) {
  const {
    logLevel = 'info',
    resumeSeconds = 60,
    archive = true,
    maxStanzaBytes = 262_144,
    inBandRegistration = false,
    openOmemoNodes = false,
    scramHash = 'sha256',
    disabledSasl = ['digest-md5'],
    extra = {},
  } = settings;
  const text = JSON.stringify;
  /** @param {{ port: number, tls: boolean }} listener */
  const c2s = ({ port, tls }) => `
  - port: ${port}
    ip: "127.0.0.1"
    module: ejabberd_c2s
    ${tls ? 'tls: true' : 'starttls_required: true'}
    backlog: 128
    max_stanza_size: ${maxStanzaBytes}
    shaper: none
    access: c2s`;
  /** @param {{ port: number, tls: boolean }} listener */
  const http = ({ port, tls }) => `
  - port: ${port}
    ip: "127.0.0.1"
    module: ejabberd_http
    tls: ${tls}
    request_handlers:
      /api: mod_http_api
      /ws: ejabberd_http_ws
      /bosh: mod_bosh
      /upload: mod_http_upload${tls ? HOST_META : ''}`;
  // Upload links go to an address that resolves everywhere; ejabberd replaces @HOST@ and needs it with several domains.
  const upload = text(`https://127.0.0.1:${ports.https}/upload/@HOST@`);

  return `hosts: ${text(domains)}
loglevel: ${logLevel}
log_rotate_count: 0
language: en
certfiles: [${text(certificates.pemFile)}]
ca_file: ${text(certificates.caFile)}
acme: {auto: false}
s2s_access: none
default_db: mnesia
auth_method: internal
auth_password_format: scram
auth_scram_hash: ${scramHash}
disable_sasl_mechanisms: ${text(disabledSasl)}
registration_timeout: infinity
websocket_origin: []
shaper_rules: {max_user_sessions: 100, max_user_offline_messages: 5000}

acl:
  local: {user_regexp: ""}
  loopback: {ip: [127.0.0.0/8, "::1/128"]}
  admin: {user: [${text(adminJid)}]}
  provisioner: {user: [${text(provisionerJid)}]}
${extra.acl ?? ''}
access_rules:
  c2s: {allow: all}
  configure: {allow: admin}
  local: {allow: local}
  loopback: {allow: loopback}
  register: ${inBandRegistration ? '{allow: all}' : '{deny: all}'}

# Nothing without a password, not even from this machine.
api_permissions:
  "the administrator may do everything":
    from: [mod_http_api]
    who: {access: {allow: [{acl: admin}]}}
    what: "*"
  "the provisioner may only manage accounts":
    from: [mod_http_api]
    who: {access: {allow: [{acl: provisioner}]}}
    what:
      [status, registered_vhosts, registered_users, check_account, check_password, register, unregister,
       change_password, ban_account, kick_user, kick_session]
${extra.apiPermissions ?? ''}
listen:${c2s({ port: ports.c2s, tls: false })}${c2s({ port: ports.tls, tls: true })}${http({ port: ports.http, tls: false })}${http({ port: ports.https, tls: true })}
${extra.listen ?? ''}
modules:
  mod_adhoc: {}
  mod_admin_extra: {}
  mod_avatar: {}
  mod_blocking: {}
  mod_bosh: {}
  mod_caps: {}
  mod_carboncopy: {}
  mod_client_state: {}
  mod_configure: {}
  mod_disco: {}
  mod_host_meta:
    bosh_service_url: "https://127.0.0.1:${ports.https}/bosh"
    websocket_url: "wss://127.0.0.1:${ports.https}/ws"
  mod_http_api: {}
  mod_http_upload:
    put_url: ${upload}
    get_url: ${upload}
    docroot: ${text(`${dir}/upload/@HOST@`)}
    secret_length: 40
    max_size: 104857600
    custom_headers:
      "Access-Control-Allow-Origin": "*"
      "Access-Control-Allow-Methods": "GET,HEAD,PUT,OPTIONS"
      "Access-Control-Allow-Headers": "Content-Type"
  mod_last: {}
  mod_mam: {default: ${archive ? 'always' : 'never'}, compress_xml: false, request_activates_archiving: false}
  mod_muc:
    access: all
    access_admin: configure
    access_create: local
    access_persistent: local
    access_mam: all
    min_message_interval: 0
    min_presence_interval: 0
    # What OMEMO needs of a room: real addresses visible, members only.
    default_room_options:
      anonymous: false
      members_only: true
      persistent: true
      public: false
      mam: true
      allow_subscription: true
  mod_muc_admin: {}
  mod_offline: {access_max_user_messages: max_user_offline_messages}
  mod_ping: {send_pings: false}
  mod_privacy: {}
  mod_private: {}
  mod_pubsub:
    access_createnode: local
    plugins: [flat, pep]
    ignore_pep_from_offline: false
    last_item_cache: false
    max_items_node: 1000
    default_node_config: {max_items: 1000}
    force_node_config: ${openOmemoNodes ? OPEN_OMEMO_NODES : '{}'}
  mod_push: {}
  mod_register: {ip_access: loopback, access: register}
  mod_roster: {versioning: true}
  mod_stream_mgmt: {resend_on_timeout: if_offline, resume_timeout: ${resumeSeconds}}
  mod_vcard: {search: false}
  mod_vcard_xupdate: {}
  mod_version: {show_os: false}
`;
}
