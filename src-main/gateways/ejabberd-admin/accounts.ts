import { AdminProblem, type EjabberdAdmin } from './client.ts';

/** Results of commands that answer with a number: 0 is yes or done. */
const DONE = 0;

/**
 * Accounts over ejabberd's admin API. All reject with `AdminProblem`. `check_account` and `change_password` are commands of
 * `mod_admin_extra`, the others of ejabberd itself.
 */
export function ejabberdAccounts(admin: EjabberdAdmin) {
  const number = async (command: string, args: Record<string, string>): Promise<number> => {
    const answer = await admin.call(command, args);
    if (typeof answer === 'number') return answer;
    throw new AdminProblem('foreign', `${command} gave no number`);
  };
  return {
    /**
     * Makes an account; `false` means that the name is taken (its case does not matter). Code 10001 stands for a
     * host that is not served, a name that is none, and an empty password alike.
     */
    async register(user: string, host: string, password: string): Promise<boolean> {
      try {
        await admin.call('register', { user, host, password });
        return true;
      } catch (error) {
        if (error instanceof AdminProblem && error.kind === 'conflict') return false;
        throw error;
      }
    },
    /** Removes an account with all that it stored; ejabberd says the same when there was none. */
    async unregister(user: string, host: string): Promise<void> {
      await admin.call('unregister', { user, host });
    },
    exists: async (user: string, host: string) => (await number('check_account', { user, host })) === DONE,
    async changePassword(user: string, host: string, newpass: string): Promise<void> {
      const result = await number('change_password', { user, host, newpass });
      if (result !== DONE) throw new AdminProblem('failed', `change_password gave ${result}`);
    },
    /** What ejabberd says about itself. */
    async status(): Promise<string> {
      const answer = await admin.call('status');
      if (typeof answer === 'string') return answer;
      throw new AdminProblem('foreign', 'status gave no text');
    },
    /** The XMPP domains that this ejabberd serves. */
    async hosts(): Promise<string[]> {
      const hosts = await admin.call('registered_vhosts');
      if (Array.isArray(hosts) && hosts.every((host) => typeof host === 'string')) return hosts;
      throw new AdminProblem('foreign', 'no list of hosts');
    },
  };
}
export type EjabberdAccounts = ReturnType<typeof ejabberdAccounts>;
