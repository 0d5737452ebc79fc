import { Agent as HttpAgent, request as httpRequest } from 'node:http';
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https';
import { describe, expect, it, onTestFinished } from 'vitest';
import { freePorts } from '../../../scripts/lib/ports.mjs';
import { publicApi } from '../../support/public-api.ts';
import { aBot, signIn } from '../../support/test-engine.ts';
import { until } from '../../support/until.ts';

interface Client {
  agent: HttpAgent | HttpsAgent;
  request: typeof httpRequest;
  scheme: 'http' | 'https';
}

/** Over TLS and without, on connections that are kept and on new ones. */
const clients = (): Client[] => {
  const made: Client[] = [true, false].flatMap((keepAlive) => [
    { agent: new HttpAgent({ keepAlive }), request: httpRequest, scheme: 'http' as const },
    {
      agent: new HttpsAgent({ keepAlive, rejectUnauthorized: false }),
      request: httpsRequest,
      scheme: 'https' as const,
    },
  ]);
  onTestFinished(() => {
    for (const { agent } of made) agent.destroy();
  });
  return made;
};

/** Resolves with the status once the whole answer is there; 0 without one. */
const post = ({ agent, request, scheme }: Client, port: number, path: string, token: string, body: unknown) =>
  new Promise<number>((resolve) => {
    const sent = request(
      `${scheme}://127.0.0.1:${port}${path}`,
      {
        agent,
        method: 'POST',
        headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      },
      (response) => {
        response.on('end', () => resolve(response.statusCode ?? 0)).on('error', () => resolve(0));
        response.resume();
      },
    );
    sent.on('error', () => resolve(0));
    sent.end(JSON.stringify(body));
  });

describe('a switch under load', () => {
  it('answers every request that had an effect', async () => {
    const api = await publicApi({ rate_limit_ip: 1_000_000, rate_limit_bot: 1_000_000 });
    const ports = [api.port, ...(await freePorts(1))];
    const token = api.engine.adminToken.show();
    let isOver = false;
    let answered = 0;
    const byScheme = { http: 0, https: 0 };
    const work = async (client: Client) => {
      while (!isOver) {
        const port = api.ports[0] ?? 0;
        const status = await post(client, port, '/bot/settings', token, { language: 'de' });
        if (status === 200) {
          answered += 1;
          byScheme[client.scheme] += 1;
        } else await new Promise((resolve) => setImmediate(resolve));
      }
    };
    const workers = clients().flatMap((client) => [work(client), work(client)]);
    const enough = async (scheme: 'http' | 'https') => {
      const until30 = byScheme[scheme] + 30;
      await until(`answers over ${scheme}`, () => byScheme[scheme] >= until30);
    };

    await enough('http');
    for (const change of [
      { api_mode: 'network' },
      { api_port: ports[1] },
      { api_mode: 'local' },
      { api_mode: 'network', api_port: ports[0] },
      { api_mode: 'local' },
    ]) {
      expect(await api.set(change)).toMatchObject({ status: 200 });
      await until('the change', () => {
        const { mode, port } = api.live.wanted();
        return api.live.door.mode() === mode && api.ports[0] === port;
      });
      if (change.api_mode === 'network') {
        await api.call('POST', '/api/v1/certificate/renew');
        await enough('https');
      } else await enough(api.live.door.mode() === 'local' ? 'http' : 'https');
    }
    isOver = true;
    await Promise.all(workers);

    let changed = 0;
    for (let before: number | undefined; ; ) {
      const rows = await api.engine.audit.page({ limit: 100, ...(before !== undefined && { before }) });
      changed += rows.filter(({ details }) => details === 'language').length;
      before = rows.at(-1)?.id;
      if (before === undefined) break;
    }
    expect(changed).toBe(answered);
    expect(answered).toBeGreaterThan(150);
  }, 90_000);

  it('lets a long poll go, whose program calls again on the new listener', async () => {
    const api = await publicApi();
    await signIn(api);
    const { token } = await aBot(api);
    const [next = 0] = await freePorts(1);
    const poll = fetch(`http://127.0.0.1:${api.port}/bot/getUpdates?timeout=50`, {
      headers: { authorization: `Bearer ${token}` },
    }).then(
      () => 'answered',
      () => 'cut',
    );
    await until('the poll to be there', async () => {
      const asked = await fetch(`http://127.0.0.1:${api.port}/bot/getInfo`, {
        headers: { authorization: `Bearer ${token}` },
      });
      return asked.ok;
    });

    expect(await api.set({ api_port: next })).toMatchObject({ status: 200 });

    expect(await poll).toBe('cut');
    const again = await fetch(`http://127.0.0.1:${next}/bot/getUpdates`, {
      headers: { authorization: `Bearer ${token}` },
    });
    expect(again.status).toBe(200);
  });
});
