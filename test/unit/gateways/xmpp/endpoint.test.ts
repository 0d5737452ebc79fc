import { describe, expect, it } from 'vitest';
import { findEndpoints } from '../../../../src-main/gateways/xmpp/endpoint.ts';

const none = async () => [];
const record = (name: string, port: number, priority: number, weight = 1) => ({
  name,
  port,
  priority,
  weight,
});

describe('a given service', () => {
  it.each([
    ['xmpp://host.example:15222', { kind: 'starttls', host: 'host.example', port: 15222 }],
    ['xmpp://host.example', { kind: 'starttls', host: 'host.example', port: 5222 }],
    ['xmpps://[::1]', { kind: 'tls', host: '::1', port: 5223 }],
    ['wss://host.example/ws', { kind: 'websocket', url: 'wss://host.example/ws' }],
  ])('%s', async (service, endpoint) => {
    expect(await findEndpoints('example.org', service, none)).toEqual([endpoint]);
  });

  it.each(['ws://host/ws', 'https://host', 'host:5222', 'xmpp:', 'xmpp://host/path', ''])(
    'refuses %s',
    async (service) => {
      await expect(findEndpoints('example.org', service, none)).rejects.toMatchObject({ kind: 'config' });
    },
  );
});

describe('discovery', () => {
  it('falls back on the domain', async () => {
    const failing = () => Promise.reject(new Error('ENOTFOUND'));
    expect(await findEndpoints('example.org', undefined, failing)).toEqual([
      { kind: 'starttls', host: 'example.org', port: 5222 },
    ]);
  });

  it('orders direct TLS and STARTTLS together, by priority', async () => {
    const resolve = async (name: string) =>
      name === '_xmpps-client._tcp.example.org'
        ? [record('a', 443, 20)]
        : [record('b', 5222, 10), record('c', 5222, 30)];

    expect(await findEndpoints('example.org', undefined, resolve)).toEqual([
      { kind: 'starttls', host: 'b', port: 5222 },
      { kind: 'tls', host: 'a', port: 443 },
      { kind: 'starttls', host: 'c', port: 5222 },
    ]);
  });

  it('believes a domain that says it has no service', async () => {
    await expect(findEndpoints('example.org', undefined, async () => [record('', 0, 0)])).rejects.toThrow(
      'has no XMPP service',
    );
  });
});
