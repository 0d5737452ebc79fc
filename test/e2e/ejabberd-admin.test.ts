import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, it, onTestFinished } from 'vitest';
import { lacks } from '../support/servers/ready.ts';
import { startEjabberd } from '../support/servers/servers.ts';
import { failure, testEngine } from '../support/test-engine.ts';

/** Something on loopback that is no ejabberd. */
async function anotherProgram(answer: string): Promise<string> {
  const server = createServer((_request, response) => response.end(answer));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => new Promise<void>((resolve) => void server.close(() => resolve())));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/api`;
}

describe.skipIf(lacks('server'))('/bot/ejabberd/test on a real ejabberd', () => {
  it('tells whether accounts can be made, and each reason why not', async () => {
    await using server = await startEjabberd({ domains: ['localhost', 'chat.example.com'] });
    await server.register('you', 'you-pw');
    const engine = await testEngine();
    const test = (body?: object) => engine.call('POST', '/bot/ejabberd/test', { body });
    const save = (body: object) => engine.call('POST', '/bot/ejabberd/settings', { body });
    const saved = {
      api_url: server.apiUrl,
      host: 'chat.example.com',
      admin_jid: server.adminJid,
      admin_password: server.adminPassword,
    };

    expect(await test()).toMatchObject(failure(400, 'not_configured'));
    expect(await test({ ...saved, admin_password: undefined })).toMatchObject(failure(400, 'not_configured'));
    const result = { connected: true, response: 'ok' };
    expect(await test(saved)).toMatchObject({ status: 200, body: { ...result, ok: true, result } });
    const provisioner = { admin_jid: server.provisionerJid, admin_password: server.provisionerPassword };
    expect((await test({ ...saved, ...provisioner })).status).toBe(200);
    // Nothing was changed by it: the administrator's password is the same, nobody is new.
    expect((await test(saved)).status).toBe(200);
    expect(await server.api('registered_users', { host: 'chat.example.com' })).toEqual([]);

    const cases = [
      [{ admin_password: 'wrong' }, 'ejabberd_credentials', 'admin@localhost'],
      [{ admin_jid: 'who@localhost' }, 'ejabberd_credentials', 'who@localhost'],
      [{ admin_jid: 'you@localhost', admin_password: 'you-pw' }, 'ejabberd_no_rights', 'you@localhost'],
      [{ host: 'elsewhere.example' }, 'ejabberd_host_unknown', 'elsewhere.example'],
      [{ api_url: server.apiUrl.replace('/api', '') }, 'not_ejabberd', 'mod_http_api'],
      [{ api_url: server.apiUrl.replace('/api', '/ws') }, 'not_ejabberd', 'mod_http_api'],
      [{ api_url: await anotherProgram('<h1>hello</h1>') }, 'not_ejabberd', 'mod_http_api'],
      [{ api_url: await anotherProgram('{}') }, 'not_ejabberd', 'mod_http_api'],
      [{ api_url: `http://127.0.0.1:${server.c2sPort}/api` }, 'ejabberd_unreachable', '127.0.0.1'],
      [{ api_url: 'http://127.0.0.1:9/api' }, 'ejabberd_unreachable', 'nothing listens there'],
      [{ api_url: 'http://no-such-host.invalid/api' }, 'ejabberd_unreachable', 'host name'],
      [{ api_url: `https://127.0.0.1:${server.httpsPort}/api` }, 'ejabberd_unreachable', 'certificate'],
    ] as const;
    for (const [change, error, words] of cases) {
      const answer = await test({ ...saved, ...change });
      expect({ change, status: answer.status, ...answer.body }).toMatchObject({ change, status: 502, error });
      expect(answer.body.description).toContain(words);
      expect(answer.body.description).not.toContain(server.adminPassword);
    }

    expect((await save(saved)).body).toMatchObject({ saved: true, configured: true });
    expect((await test()).status).toBe(200);
    expect((await test({ admin_password: '********', host: 'localhost' })).status).toBe(200);
    // The saved password goes to the saved address, in the name of the saved account, and nowhere else.
    for (const elsewhere of [{ api_url: await anotherProgram('[]') }, { admin_jid: 'you@localhost' }]) {
      expect(await test(elsewhere)).toMatchObject(failure(400, 'bad_request'));
      expect(await save(elsewhere)).toMatchObject(failure(400, 'bad_request'));
    }
    engine.ports.push(Number(new URL(server.apiUrl).port));
    expect(await test()).toMatchObject(failure(502, 'ejabberd_unreachable'));
  }, 60_000);
});
