import { AdminProblem, type EjabberdAdmin } from './client.ts';

/** What the admin API lets us do, as far as dedicated bots need it. */
export interface AdminReach {
  /** The XMPP domains that this ejabberd serves. */
  hosts: string[];
}

/**
 * Finds out whether accounts can be made, without making one: `register` of the asking account itself, which exists, is
 * a conflict for those who may register, and forbidden to others. Rejects with `AdminProblem`.
 */
export async function checkAccess(admin: EjabberdAdmin, adminJid: string): Promise<AdminReach> {
  const hosts = await admin.call('registered_vhosts');
  if (!Array.isArray(hosts) || !hosts.every((host) => typeof host === 'string')) {
    throw new AdminProblem('foreign', 'no list of hosts');
  }
  const [user, host] = adminJid.split('@');
  const password = crypto.randomUUID();
  await admin.call('register', { user, host, password }).catch((error: unknown) => {
    if (!(error instanceof AdminProblem) || error.kind !== 'conflict') throw error;
  });
  return { hosts };
}
