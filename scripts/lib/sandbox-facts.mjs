import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { SANDBOX } from './sandbox-folder.mjs';

const FACTS = join(SANDBOX, 'sandbox.json');

/**
 * Says in the folder of the sandbox what runs there, for engines on this machine that offer to sign in. Returns the
 * function that takes it away. Only this user can read it, and the passwords in it are no secret (see PEOPLE).
 * @param {import('./ejabberd.d.mts').Ejabberd} server
 * @param {{ jid: string, password: string }[]} people
 * @param {number | null} holder the process that it ends with
 */
export function tellSandbox(server, people, holder) {
  const facts = {
    pid: process.pid,
    holder,
    service: server.service,
    ca: readFileSync(server.caFile, 'utf8'),
    accounts: people.map(({ jid, password }) => ({ jid, password })),
    bot_accounts: {
      api_url: server.apiUrl,
      host: server.domain,
      admin_jid: server.provisionerJid,
      admin_password: server.provisionerPassword,
    },
  };
  writeFileSync(FACTS, JSON.stringify(facts, undefined, 2), { mode: 0o600 });
  return () => rmSync(FACTS, { force: true });
}
