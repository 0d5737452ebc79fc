import { randomUUID } from 'node:crypto';
import { afterAll } from 'vitest';
import type { Temporary, XmppServer } from './servers/servers.ts';

/** One server for all tests of a file, started by the first that needs it. */
export function shared<Server extends XmppServer>(start: () => Promise<Temporary<Server>>) {
  let server: Promise<Temporary<Server>> | undefined;
  afterAll(async () => (await server)?.[Symbol.asyncDispose]());
  return () => {
    server ??= start();
    return server;
  };
}

export interface NewAccount {
  jid: string;
  password: string;
}

/** An account that nobody has used yet, as tests that share a server need it. */
export async function newAccount(server: Pick<XmppServer, 'register'>, name = 'you'): Promise<NewAccount> {
  const user = `${name}-${randomUUID().slice(0, 8)}`;
  const password = `${user}-pw`;
  await server.register(user, password);
  return { jid: `${user}@localhost`, password };
}
