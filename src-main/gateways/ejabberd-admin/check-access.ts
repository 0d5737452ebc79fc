import { ejabberdAccounts } from './accounts.ts';
import type { EjabberdAdmin } from './client.ts';

/** What the admin API lets us do, as far as dedicated bots need it. */
export interface AdminReach {
  /** The XMPP domains that this ejabberd serves. */
  hosts: string[];
}

/**
 * Finds out whether accounts can be made and removed, and does neither: `register` of the asking account itself, which
 * exists, is a conflict for those who may register, `unregister` of a name that nobody has is no error for those who may
 * unregister, and both are forbidden to others. Rejects with `AdminProblem`.
 */
export async function checkAccess(admin: EjabberdAdmin, adminJid: string): Promise<AdminReach> {
  const accounts = ejabberdAccounts(admin);
  const hosts = await accounts.hosts();
  const [user = '', host = ''] = adminJid.split('@');
  await accounts.register(user, host, crypto.randomUUID());
  await accounts.unregister(`nobody-${crypto.randomUUID()}`, host);
  return { hosts };
}
