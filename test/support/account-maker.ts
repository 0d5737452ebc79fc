import { vi } from 'vitest';
import type { AccountProvider } from '../../src-main/engine/provisioning/account-provider.ts';
import type { TestEngine } from './test-engine.ts';

/** What stands in for the server on which accounts of dedicated bots are made. */
export interface AccountMaker {
  /** The accounts that are there, by localpart. */
  accounts: Set<string>;
  /** What the server does with a request, instead of what it should. */
  answer: { create?: () => 'taken'; remove?: () => never };
}

/** Lets dedicated bots be made without a server: no session of theirs ever comes online. */
export function accountMaker({ engine }: Pick<TestEngine, 'engine'>, host = 'localhost'): AccountMaker {
  const accounts = new Set<string>();
  const answer: AccountMaker['answer'] = {};
  const provider: AccountProvider = {
    host,
    check: async () => undefined,
    async create(localpart) {
      if (answer.create) return answer.create();
      accounts.add(localpart);
      return 'created';
    },
    async remove(jid) {
      answer.remove?.();
      accounts.delete(jid.split('@')[0] ?? '');
    },
    exists: async (jid) => accounts.has(jid.split('@')[0] ?? ''),
    changePassword: async () => undefined,
    close: async () => undefined,
  };
  vi.spyOn(engine.ejabberd, 'accounts').mockReturnValue(provider);
  return { accounts, answer };
}

/** Makes a dedicated bot over HTTP. */
export async function aDedicatedBot(engine: TestEngine, name = 'Weather', account = 'you@localhost') {
  const { status, body } = await engine.call('POST', '/bot/create', {
    body: { name, account, mode: 'dedicated' },
  });
  if (status !== 200) throw new Error(`create gave ${status}: ${String(body.description)}`);
  return { id: Number(body.id), token: String(body.token), jid: String(body.jid) };
}
