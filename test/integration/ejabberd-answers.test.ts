import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, it, onTestFinished } from 'vitest';
import { ejabberdAccounts } from '../../src-main/gateways/ejabberd-admin/accounts.ts';
import { ejabberdAdmin } from '../../src-main/gateways/ejabberd-admin/client.ts';

/** What a healthy ejabberd never says. */
async function saying(status: number, body: string) {
  const server = createServer((_request, response) => response.writeHead(status).end(body));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const apiUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}/api`;
  const admin = ejabberdAdmin({ apiUrl, adminJid: 'admin@localhost', password: 'x' }, []);
  onTestFinished(async () => {
    await admin.close();
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });
  return ejabberdAccounts(admin);
}

it.each([
  [500, '{"status":"error","code":32000,"message":"<b>secret</b>"}', { kind: 'failed', code: 32_000 }],
  [500, '{"status":"error"}', { kind: 'failed', code: undefined }],
  [500, '<h1>proxy</h1>', { kind: 'foreign' }],
  [502, '{"error":"no upstream"}', { kind: 'foreign' }],
  [404, '{"status":"error","code":44,"message":""}', { kind: 'foreign' }],
  [302, '', { kind: 'foreign' }],
  [200, '"0"', { kind: 'foreign' }],
])('an answer %i %s is no account', async (status, body, problem) => {
  const accounts = await saying(status, body);

  const error: unknown = await accounts.exists('bot', 'localhost').catch((reason: unknown) => reason);

  expect(error).toMatchObject({ name: 'AdminProblem', ...problem });
  expect(String(error)).not.toMatch(/secret|upstream|proxy/);
});

it('a password that ejabberd did not change is a failure', async () => {
  const accounts = await saying(200, '1');

  expect(await accounts.exists('bot', 'localhost')).toBe(false);
  await expect(accounts.changePassword('bot', 'localhost', 'x')).rejects.toMatchObject({ kind: 'failed' });
});
