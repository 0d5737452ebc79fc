import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { freePort } from '../../scripts/lib/ports.mjs';
import { lacks } from '../support/servers/ready.ts';
import { startEjabberd } from '../support/servers/servers.ts';
import { failure, testEngine } from '../support/test-engine.ts';

describe.skipIf(lacks('server'))('what a server shows before anybody signs in', () => {
  let server: Awaited<ReturnType<typeof startEjabberd>>;
  beforeAll(async () => {
    server = await startEjabberd();
  }, 120_000);
  afterAll(async () => void (await server?.[Symbol.asyncDispose]()));

  async function look(body: Record<string, unknown>) {
    const engine = await testEngine();
    return engine.call('POST', '/api/v1/discover', { body });
  }

  it('is where it is, that it can be trusted, and how one signs in', async () => {
    const ca = readFileSync(server.caFile, 'utf8');
    const { status, body } = await look({ jid: 'you@localhost', service: server.service, ca });

    expect(status).toBe(200);
    const { host } = new URL(server.service);
    expect(body.result).toMatchObject({
      domain: 'localhost',
      places: [{ kind: 'starttls', place: host }],
      reached: { kind: 'starttls', place: host },
      mechanisms: expect.arrayContaining([expect.stringMatching(/^SCRAM-SHA/)]),
      can_sign_in: true,
      problem: null,
    });
  });

  it('is told apart from a server that cannot be trusted, and from none', async () => {
    expect((await look({ jid: 'you@localhost', service: server.service })).body.result).toMatchObject({
      reached: null,
      mechanisms: [],
      can_sign_in: false,
      problem: { kind: 'insecure', reason: expect.stringMatching(/certificate/i) },
    });
    const nowhere = `xmpp://127.0.0.1:${await freePort()}`;
    expect((await look({ jid: 'you@localhost', service: nowhere })).body.result).toMatchObject({
      problem: { kind: 'unreachable' },
    });
    expect((await look({ jid: 'you@localhost', service: 'xmpp://a/b' })).body.result).toMatchObject({
      problem: { kind: 'config' },
    });
    expect(await look({ jid: 'no address' })).toMatchObject(failure(400, 'bad_request'));
  });
});
