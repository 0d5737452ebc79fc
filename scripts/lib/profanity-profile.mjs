import { copyFileSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { capture } from './processes.mjs';
import { findBinary } from './system.mjs';

/**
 * Writes folders with which the profanity client signs in as one account and trusts one CA, apart from the user's own
 * settings. Start it with the returned environment as `profanity -a JID`.
 * @param {string} dir
 * @param {import('./profanity-profile.d.mts').ProfanityAccount} account
 */
export async function writeProfanityProfile(
  dir,
  { jid, password, host, port, caFile, isDirectTls = false, resource = 'profanity' },
) {
  const env = { XDG_CONFIG_HOME: join(dir, 'config'), XDG_DATA_HOME: join(dir, 'data') };
  const certificates = join(dir, 'ca');
  // A folder left by another CA would keep its hashes.
  rmSync(certificates, { recursive: true, force: true });
  for (const folder of [
    certificates,
    join(env.XDG_CONFIG_HOME, 'profanity'),
    join(env.XDG_DATA_HOME, 'profanity'),
  ]) {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
  }
  // profanity takes a folder of certificates with their hashes as names.
  copyFileSync(caFile, join(certificates, 'ca.pem'));
  const { code, stderr } = await capture(findBinary('openssl') ?? 'openssl', ['rehash', certificates]);
  if (code !== 0) throw new Error(`openssl rehash failed: ${stderr}`);

  const accountFile = {
    [jid]: {
      enabled: 'true',
      jid,
      password,
      server: host,
      port,
      'tls.policy': isDirectTls ? 'legacy' : 'force',
      'auth.policy': 'default',
      resource,
      'presence.last': 'online',
      'presence.login': 'online',
      'priority.online': 0,
    },
  };
  const settings = {
    connection: { account: jid, 'tls.certpath': certificates, reconnect: 5, autoping: 0 },
    logging: { chlog: 'true', history: 'true' },
    omemo: { log: 'on', trustmode: 'blind' },
    ui: { splash: 'false' },
    notifications: { message: 'false' },
    presence: { 'autoaway.mode': 'off' },
  };
  writeFileSync(join(env.XDG_DATA_HOME, 'profanity', 'accounts'), keyFile(accountFile), { mode: 0o600 });
  writeFileSync(join(env.XDG_CONFIG_HOME, 'profanity', 'profrc'), keyFile(settings), { mode: 0o600 });
  return env;
}

/**
 * The format of GLib's key files.
 * @param {Record<string, Record<string, string | number>>} groups
 */
function keyFile(groups) {
  return Object.entries(groups)
    .map(([name, members]) =>
      [`[${name}]`, ...Object.entries(members).map(([key, value]) => `${key}=${value}`), ''].join('\n'),
    )
    .join('\n');
}
