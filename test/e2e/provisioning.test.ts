import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { systemClock } from '../../src-main/base/clock.ts';
import { silentLogger } from '../../src-main/base/logger.ts';
import { createDedicatedAccount } from '../../src-main/engine/bots/dedicated-name.ts';
import { LoginFailed, probeLogin } from '../../src-main/gateways/xmpp/probe-login.ts';
import { type BareJid, bareJid } from '../../src-shared/jid.ts';
import { lacks } from '../support/servers/ready.ts';
import {
  type Ejabberd,
  type Prosody,
  startEjabberd,
  startProsody,
  type Temporary,
} from '../support/servers/servers.ts';
import { failure, testEngine } from '../support/test-engine.ts';

type Server = Temporary<Ejabberd> | Temporary<Prosody>;
type Fields = Record<string, string>;

const ADMIN = { user: 'boss', password: 'boss-pw' };
const LOCAL = 'localhost';
const caOf = (server: Server) => readFileSync(server.caFile, 'utf8');
const placeOf = (server: Server) => ({ host: LOCAL, service: server.service, ca: caOf(server) });

/** What is set for each way, on a server of each kind. */
const WAYS = {
  admin_api: (server: Server): Fields => {
    if (server.kind !== 'ejabberd') throw new Error('Prosody has no admin API');
    const { httpsPort, provisionerJid: admin_jid, provisionerPassword: admin_password } = server;
    const api_url = `https://127.0.0.1:${httpsPort}/api`;
    return { host: LOCAL, api_url, admin_jid, admin_password, ca: caOf(server) };
  },
  xmpp_admin: (server: Server): Fields =>
    server.kind === 'ejabberd'
      ? { ...placeOf(server), admin_jid: server.adminJid, admin_password: server.adminPassword }
      : { ...placeOf(server), admin_jid: `${ADMIN.user}@${LOCAL}`, admin_password: ADMIN.password },
  in_band: (server: Server): Fields => placeOf(server),
};

async function signsIn(server: Server, jid: BareJid, password: string): Promise<boolean> {
  const config = { jid, password: () => password, service: server.service, ca: caOf(server) };
  try {
    await probeLogin(config, { clock: systemClock, logger: silentLogger });
    return true;
  } catch (error) {
    if (error instanceof LoginFailed && error.kind === 'credentials') return false;
    throw error;
  }
}

const servers = {
  ejabberd: () => startEjabberd({ settings: { inBandRegistration: true } }),
  prosody: async () => {
    const admins = [`${ADMIN.user}@${LOCAL}`];
    const server = await startProsody({ settings: { inBandRegistration: true, admins } });
    await server.register(ADMIN.user, ADMIN.password);
    return server;
  },
};

describe.skipIf(lacks('server', 'prosody')).each([
  ['ejabberd', 'admin_api'],
  ['ejabberd', 'xmpp_admin'],
  ['ejabberd', 'in_band'],
  ['prosody', 'xmpp_admin'],
  ['prosody', 'in_band'],
] as const)('accounts on %s by %s', (kind, way) => {
  let server: Server;
  let fields: Fields;
  beforeAll(async () => {
    server = await servers[kind]();
    await server.register('you', 'you-pw');
    fields = WAYS[way](server);
  }, 60_000);
  afterAll(async () => await server?.[Symbol.asyncDispose]());

  it('are made once, change their password, and are removed, twice if need be', async () => {
    const engine = await testEngine();
    const saved = await engine.call('POST', '/bot/ejabberd/settings', { body: fields });
    expect(saved.body).toMatchObject({ saved: true, configured: true });
    expect((await engine.call('GET', '/bot/ejabberd/settings')).body).toMatchObject({ way, host: LOCAL });
    expect(await engine.call('POST', '/bot/ejabberd/test')).toMatchObject({ status: 200 });
    const accounts = engine.engine.ejabberd.accounts();

    const random = () => Buffer.from([0x1a, 0x2b]);
    const { jid, password } = await createDedicatedAccount(accounts, 'Weather', { random });
    expect(jid).toBe(`bot_weather_1a2b@${LOCAL}`);
    expect(await signsIn(server, jid, password)).toBe(true);
    expect(await accounts.create('bot_weather_1a2b', 'another')).toBe('taken');
    expect(await accounts.create('Bot_Weather_1A2B', 'another')).toBe('taken');
    expect(await signsIn(server, jid, password)).toBe(true);

    expect(await accounts.exists(jid)).toBe(true);
    expect(await accounts.exists(bareJid(`nobody@${LOCAL}`))).toBe(false);
    expect(await server.hasAccount('nobody')).toBe(false);

    await accounts.changePassword(jid, { old: password, new: 'new-pw' });
    expect(await signsIn(server, jid, password)).toBe(false);
    expect(await signsIn(server, jid, 'new-pw')).toBe(true);

    if (way === 'in_band') {
      const refusal = { code: 'provisioning.password-changed' };
      await expect(accounts.remove(jid, password)).rejects.toMatchObject(refusal);
      expect(await server.hasAccount('bot_weather_1a2b')).toBe(true);
    }
    await accounts.remove(jid, 'new-pw');
    expect(await server.hasAccount('bot_weather_1a2b')).toBe(false);
    await accounts.remove(jid, 'new-pw');
    expect(await server.hasAccount('bot_weather_1a2b')).toBe(false);
    await expect(accounts.create('a b', 'x')).rejects.toMatchObject({ name: 'DomainError' });
    await accounts.close();
  }, 60_000);

  it('are not made where something is wrong, and the reason is told', async () => {
    const engine = await testEngine();
    const test = (change: Fields) =>
      engine.call('POST', '/bot/ejabberd/test', { body: { ...fields, ...change } });
    const overXmpp = [
      [{ service: `xmpp://127.0.0.1:9` }, 'xmpp_unreachable', '127.0.0.1:9 refused'],
      [{ ca: '' }, 'xmpp_unreachable', 'signed by nobody'],
    ] as const;
    const byAdmin = [
      [{ admin_password: 'wrong' }, 'ejabberd_credentials', 'this password'],
      [{ admin_jid: `you@${LOCAL}`, admin_password: 'you-pw' }, 'xmpp_no_rights', `you@${LOCAL}`],
    ] as const;
    const cases = {
      admin_api: [
        [{ ca: '' }, 'ejabberd_unreachable', 'certificate is not trusted'],
        [{ admin_password: 'wrong' }, 'ejabberd_credentials', 'this password'],
        [{ admin_jid: `you@${LOCAL}`, admin_password: 'you-pw' }, 'ejabberd_no_rights', `you@${LOCAL}`],
        [{ host: 'elsewhere.example' }, 'ejabberd_host_unknown', 'elsewhere.example'],
      ],
      xmpp_admin: [...overXmpp, ...byAdmin, [{ host: 'elsewhere.example' }, 'xmpp_', 'elsewhere.example']],
      in_band: [...overXmpp, [{ host: 'elsewhere.example' }, 'xmpp_unreachable', 'elsewhere.example']],
    } as const;

    for (const [change, error, words] of cases[way]) {
      const { status, body } = await test(change);
      expect({ change, status, ...body }).toMatchObject({
        change,
        status: 502,
        error: expect.stringContaining(error),
        description: expect.stringContaining(words),
      });
      expect(body.description).not.toMatch(/boss-pw|you-pw/);
    }
    expect(await test({ ca: '-----BEGIN CERTIFICATE-----\nno\n-----END CERTIFICATE-----' })).toMatchObject(
      failure(400, 'bad_request'),
    );
  }, 60_000);
});

describe.skipIf(lacks('server', 'prosody'))('a server where nobody may register', () => {
  it.each([
    ['ejabberd', () => startEjabberd()],
    ['prosody', () => startProsody()],
  ] as const)(
    'says so: %s',
    async (_kind, start) => {
      await using server = await start();
      const engine = await testEngine();
      await engine.call('POST', '/bot/ejabberd/settings', { body: placeOf(server) });
      const accounts = engine.engine.ejabberd.accounts();

      const refusal = { code: 'provisioning.no-registration' };
      await expect(accounts.create('bot_1a2b', 'pw')).rejects.toMatchObject(refusal);
      await accounts.close();
    },
    60_000,
  );
});
