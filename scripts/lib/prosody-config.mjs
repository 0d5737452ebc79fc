/** @typedef {import('./prosody.d.mts').ProsodySettings} ProsodySettings */

/**
 * @typedef {object} ProsodyFacts
 * @property {string} dir
 * @property {string[]} domains
 * @property {{ c2s: number, tls: number, http: number, https: number }} ports
 * @property {{ pemFile: string, certFile: string, keyFile: string }} certificates
 * @property {ProsodySettings} settings
 */

/**
 * prosody.cfg.lua for a server on loopback, without federation. Strings are written as JSON, which Lua reads for
 * what stands here: paths, names and addresses.
 * @param {ProsodyFacts} facts
 * @returns {string}
 */
export function prosodyConfig({ dir, domains, ports, certificates, settings }) {
  const {
    logLevel = 'info',
    resumeSeconds = 60,
    maxStanzaBytes = 262_144,
    inBandRegistration = false,
    passwordHash = 'SHA-256',
    disabledSasl = ['DIGEST-MD5'],
    admins = [],
  } = settings;
  const text = JSON.stringify;
  /** @param {string[]} names */
  const list = (names) => `{ ${names.map((name) => text(name)).join(', ')} }`;
  const loopback = '{ "127.0.0.1" }';
  return `-- Only matters when root starts it; any user will do.
run_as_root = true
pidfile = ${text(`${dir}/prosody.pid`)}
data_path = ${text(`${dir}/data`)}
plugin_paths = {}
log = { ${logLevel} = ${text(`${dir}/log/prosody.log`)} }
interfaces = ${loopback}
local_interfaces = ${loopback}
http_interfaces = ${loopback}
https_interfaces = ${loopback}
certificates = ${text(`${dir}/tls`)}
ssl = { certificate = ${text(certificates.certFile)}, key = ${text(certificates.keyFile)} }
https_certificate = ${text(certificates.pemFile)}
c2s_direct_tls_certificate = ${text(certificates.pemFile)}
c2s_ports = { ${ports.c2s} }
c2s_direct_tls_ports = { ${ports.tls} }
http_ports = { ${ports.http} }
https_ports = { ${ports.https} }
component_ports = {}
-- The default is one path for all instances.
admin_socket = ${text(`${dir}/admin.sock`)}
-- One address for all HTTP of all domains; without it a request for 127.0.0.1 is not found.
http_host = "127.0.0.1"
http_default_host = "127.0.0.1"
http_external_url = "https://127.0.0.1:${ports.https}/"
http_paths = { bosh = "/bosh", websocket = "/ws", file_share = "/upload" }
http_cors_override = { bosh = { enabled = true }, websocket = { enabled = true }, file_share = { enabled = true } }
consider_bosh_secure = true
consider_websocket_secure = true
c2s_require_encryption = true
authentication = "internal_hashed"
password_hash = ${text(passwordHash)}
disable_sasl_mechanisms = ${list(disabledSasl)}
admins = ${list(admins)}
storage = "internal"
archive_expires_after = "never"
default_archive_policy = true
c2s_stanza_size_limit = ${maxStanzaBytes}
smacks_hibernation_time = ${resumeSeconds}
smacks_max_old_sessions = 20
pep_max_items = 1000
min_seconds_between_registrations = 0

modules_enabled = {
  "roster", "saslauth", "tls", "disco", "presence", "message", "iq",
  "pep", "private", "blocklist", "bookmarks", "vcard4", "vcard_legacy",
  "carbons", "mam", "offline", "smacks", "csi_simple", "cloud_notify",
  "ping", "time", "version", "uptime", "lastactivity",
  "user_account_management", "bosh", "websocket", "http",
  "admin_adhoc", "admin_socket", "admin_shell", "posix",${inBandRegistration ? ' "register_ibr",' : ''}
}
modules_disabled = { "s2s", "s2s_auth_certs", "s2s_bidi" }
${domains.map(host).join('')}`;
}

/** @param {string} domain */
const host = (domain) => `
VirtualHost "${domain}"
-- What OMEMO needs of a room: real addresses visible, members only.
Component "conference.${domain}" "muc"
  modules_enabled = { "muc_mam" }
  restrict_room_creation = "local"
  muc_room_default_public = false
  muc_room_default_persistent = true
  muc_room_default_members_only = true
  muc_room_default_public_jids = true
  muc_log_by_default = true
Component "upload.${domain}" "http_file_share"
  http_file_share_size_limit = 100*1024*1024
  http_file_share_daily_quota = 10*1024*1024*1024
Component "pubsub.${domain}" "pubsub"
`;
