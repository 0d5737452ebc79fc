import type { BareJid } from '../../../src-shared/jid.ts';
import type { FieldValue } from './data-form.ts';
import { type Session, StanzaError } from './session.ts';
import { discoverItems } from './xep-0030-disco-query.ts';
import { NS_COMMANDS } from './xep-0050-ad-hoc.ts';
import { CommandFailed, runCommand } from './xep-0050-ad-hoc-client.ts';

const NS_ADMIN = 'http://jabber.org/protocol/admin';

export const ADD_USER = `${NS_ADMIN}#add-user`;
export const DELETE_USER = `${NS_ADMIN}#delete-user`;
const CHANGE_PASSWORD = `${NS_ADMIN}#change-user-password`;
const USER_STATS = `${NS_ADMIN}#user-stats`;
const LIST_USERS = `${NS_ADMIN}#get-registered-users-list`;

/**
 * XEP-0133: Service Administration, as far as accounts of one domain need it, by an account that may. Rejects with
 * `StanzaError` (no right, no such command), `CommandFailed` (could not be done) and what the session rejects with.
 */
export function administration(session: Pick<Session, 'request'>, host: string) {
  const run = (node: string, fields: Record<string, FieldValue>) =>
    runCommand(session, { to: host, node, formType: NS_ADMIN, fields });

  /** The commands that the asking account may use. */
  async function offered(): Promise<ReadonlySet<string>> {
    const items = await discoverItems(session, { jid: host, node: NS_COMMANDS });
    return new Set(items.map(({ node }) => node).filter((node) => node !== undefined));
  }

  /** Whether there is such an account. */
  async function exists(jid: BareJid): Promise<boolean> {
    // ejabberd has statistics of accounts that there are not, and Prosody has no list.
    if ((await offered()).has(LIST_USERS)) {
      const forms = await run(LIST_USERS, {});
      return forms.some(({ fields }) => fields.get('registereduserjids')?.includes(jid));
    }
    try {
      await run(USER_STATS, { accountjid: jid });
      return true;
    } catch (error) {
      if (isNoSuchAccount(error)) return false;
      if (error instanceof CommandFailed && error.kind === 'note') return false;
      throw error;
    }
  }

  return {
    offered,
    exists,
    /** Resolves with whether the account was made; `false` means that the name is taken. */
    async add(jid: BareJid, password: string): Promise<boolean> {
      const fields = { accountjid: jid, password, 'password-verify': password };
      try {
        await run(ADD_USER, fields);
        return true;
      } catch (error) {
        if (error instanceof StanzaError && error.condition === 'conflict') return false;
        // Whether the name is taken stands in no code everywhere, and words are no code.
        const couldNot = error instanceof CommandFailed || error instanceof StanzaError;
        if (couldNot && (await exists(jid).catch(() => false))) return false;
        throw error;
      }
    },
    /** Resolves when there is no such account any more, also when there was none. */
    async delete(jid: BareJid): Promise<void> {
      await run(DELETE_USER, { accountjids: [jid] }).catch((error: unknown) => {
        if (!isNoSuchAccount(error)) throw error;
      });
      // In Prosody a command that could not do it ends as well as one that could; ejabberd tells them apart.
      const tellsAlways = (await offered()).has(LIST_USERS);
      if (!tellsAlways && (await exists(jid))) throw new CommandFailed('note', 'The account is still there');
    },
    async changePassword(jid: BareJid, password: string): Promise<void> {
      await run(CHANGE_PASSWORD, { accountjid: jid, password });
    },
  };
}
export type Administration = ReturnType<typeof administration>;

const isNoSuchAccount = (error: unknown) =>
  error instanceof StanzaError && error.condition === 'item-not-found';
