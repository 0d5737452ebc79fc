import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { freePort } from '../../scripts/lib/ports.mjs';
import { ejabberdAccounts } from '../../src-main/gateways/ejabberd-admin/accounts.ts';
import { checkAccess } from '../../src-main/gateways/ejabberd-admin/check-access.ts';
import { type EjabberdAdmin, ejabberdAdmin } from '../../src-main/gateways/ejabberd-admin/client.ts';
import { lacks } from '../support/servers/ready.ts';
import { type Ejabberd, startEjabberd, type Temporary } from '../support/servers/servers.ts';

const PAGE = new URL('../../docs/dedicated-bots.md', import.meta.url);
/** The account that the page tells to use, on the domain of this server. */
const BOTMOTHER = 'botmother@localhost';

/** What the page says to paste, sorted by the key that it goes below; each account and port is that of the test. */
function documentedYaml(port: number) {
  const [, yaml = ''] = /```yaml\n([\s\S]*?)```/.exec(readFileSync(PAGE, 'utf8')) ?? [];
  const mine = yaml.replaceAll('server.example', 'localhost').replace('port: 5281', `port: ${port}`);
  const below = (key: string) => new RegExp(`^${key}:\\n((?: .*\\n)+)`, 'm').exec(mine)?.[1];
  const [acl, apiPermissions, listen] = [below('acl'), below('api_permissions'), below('listen')];
  if (!acl || !apiPermissions || !listen) throw new Error('the page says nothing of that');
  return { acl, apiPermissions, listen };
}

describe.skipIf(lacks('server'))('the account that docs/dedicated-bots.md recommends', () => {
  let server: Temporary<Ejabberd>;
  let admin: EjabberdAdmin;
  let port: number;
  const access = (adminJid: string, password: string) =>
    ejabberdAdmin({ apiUrl: `http://127.0.0.1:${port}/api`, adminJid, password }, []);

  beforeAll(async () => {
    port = await freePort();
    server = await startEjabberd({ settings: { extra: documentedYaml(port) } });
    await server.register('botmother', 'botmother-pw');
    await server.register('you', 'you-pw');
    admin = access(BOTMOTHER, 'botmother-pw');
  }, 60_000);
  afterAll(async () => {
    await admin?.close();
    await server?.[Symbol.asyncDispose]();
  });

  it('manages accounts', async () => {
    const accounts = ejabberdAccounts(admin);

    expect(await checkAccess(admin, BOTMOTHER)).toEqual({ hosts: ['localhost'] });
    expect(await accounts.status()).toContain('running in that node');
    expect(await accounts.exists('bot_a', 'localhost')).toBe(false);
    expect(await accounts.register('bot_a', 'localhost', 'pw')).toBe(true);
    expect(await accounts.register('Bot_A', 'localhost', 'pw')).toBe(false);
    expect(await accounts.exists('bot_a', 'localhost')).toBe(true);
    await accounts.changePassword('bot_a', 'localhost', 'other');
    const isOther = { user: 'bot_a', host: 'localhost', password: 'other' };
    expect(await server.api('check_password', isOther)).toBe(0);
    await accounts.unregister('bot_a', 'localhost');
    await accounts.unregister('bot_a', 'localhost');
    expect(await server.hasAccount('bot_a')).toBe(false);
  });

  it.each([
    ['stop', {}],
    ['connected_users', {}],
    ['registered_users', { host: 'localhost' }],
    ['get_roster', { user: 'you', server: 'localhost' }],
    ['ban_account', { user: 'you', host: 'localhost', reason: 'none' }],
  ])('may not %s', async (command, args) => {
    await expect(admin.call(command, args)).rejects.toMatchObject({ kind: 'rights', code: 32 });
    expect(server.isRunning()).toBe(true);
  });

  it('is told each refusal apart, with the number that ejabberd gives it', async () => {
    const accounts = ejabberdAccounts(admin);
    const raw = admin.call('register', { user: 'you', host: 'localhost', password: 'x' });
    await expect(raw).rejects.toMatchObject({ kind: 'conflict', code: 10_090 });
    for (const [user, host, password] of [
      ['bot_b', 'elsewhere.example', 'pw'],
      ['a b@c', 'localhost', 'pw'],
      ['bot_b', 'localhost', ''],
    ] as const) {
      const made = accounts.register(user, host, password);
      await expect(made).rejects.toMatchObject({ kind: 'failed', code: 10_001 });
    }
    await expect(admin.call('register', { user: 'bot_b' })).rejects.toMatchObject({ kind: 'failed' });
    await expect(admin.call('no_such_command')).rejects.toMatchObject({ kind: 'no-command', code: 40 });

    const wrong = access(BOTMOTHER, 'wrong');
    await expect(wrong.call('status')).rejects.toMatchObject({ kind: 'credentials', code: 10 });
    await wrong.close();
    const nobody = access('you@localhost', 'you-pw');
    await expect(checkAccess(nobody, 'you@localhost')).rejects.toMatchObject({ kind: 'rights', code: 32 });
    await nobody.close();
  });

  it('is verified over TLS: by a CA, by the very certificate, else not at all', async () => {
    const apiUrl = `https://127.0.0.1:${server.httpsPort}/api`;
    const ask = async (ca: string | undefined) => {
      const client = ejabberdAdmin({ apiUrl, adminJid: BOTMOTHER, password: 'botmother-pw', ca }, []);
      return client.call('status').finally(() => client.close());
    };

    expect(await ask(readFileSync(server.caFile, 'utf8'))).toContain('running');
    expect(await ask(readFileSync(`${server.dir}/tls/server.crt`, 'utf8'))).toContain('running');
    await expect(ask(undefined)).rejects.toMatchObject({ kind: 'unreachable' });
    expect(() =>
      ejabberdAdmin(
        { apiUrl, adminJid: BOTMOTHER, password: 'x', ca: 'nonsense-----BEGIN CERTIFICATE-----' },
        [],
      ),
    ).toThrow('PEM');
  });
});
