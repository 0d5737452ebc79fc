import { networkInterfaces } from 'node:os';
import { describe, expect, it } from 'vitest';
import { type AddressPolicy, checkResolved, checkUrl } from '../../../src-main/base/address-guard.ts';

const policy: AddressPolicy = { allowLoopback: true, allowPrivate: [], ownPorts: [7842] };

describe('addresses given by others', () => {
  it.each([
    'https://hooks.example.org/bot',
    'https://93.184.216.34/',
    'http://127.0.0.1:5000/webhook',
    'http://localhost:5000/webhook',
    'http://[::1]:5000/',
    'http://127.8.9.1/',
  ])('takes %s', (url) => {
    expect(checkUrl(url, policy).href).toContain('://');
  });

  it.each([
    ['http://hooks.example.org/', 'https'],
    ['ftp://hooks.example.org/', 'https'],
    ['hooks.example.org', 'complete address'],
    ['https://you:secret@hooks.example.org/', 'user name'],
    ['https://10.0.0.1/', 'not a public address'],
    ['https://192.168.1.1/', 'not a public address'],
    ['https://172.16.3.4/', 'not a public address'],
    ['https://100.64.0.1/', 'not a public address'],
    ['https://169.254.169.254/latest/meta-data', 'not a public address'],
    ['https://224.0.0.1/', 'not a public address'],
    ['https://0.0.0.0/', 'not a public address'],
    ['https://[fd00:ec2::254]/', 'not a public address'],
    ['https://[fe80::1]/', 'not a public address'],
    ['https://[::ffff:10.0.0.1]/', 'not a public address'],
    ['https://[64:ff9b::a00:1]/', 'not a public address'],
    ['https://0x0a000001/', 'not a public address'],
    ['https://012.0.0.1/', 'not a public address'],
    ['https://167772161/', 'not a public address'],
    ['https://10.1/', 'not a public address'],
    ['http://127.0.0.1:7842/bot/create', 'Botmother itself'],
    ['http://[::1]:7842/', 'Botmother itself'],
    ['http://[::ffff:127.0.0.1]:7842/', 'Botmother itself'],
    ['http://0.0.0.0:7842/', 'Botmother itself'],
    ['http://localhost:7842/bot/create', 'Botmother itself'],
    ['https://LOCALHOST:7842/', 'Botmother itself'],
    ['http://localhost.:7842/', 'Botmother itself'],
    ['http://bots.localhost:7842/', 'Botmother itself'],
    ['http://localhost:0/', 'port 0'],
    ['https://hooks.example.org:0/', 'port 0'],
    ['http://[::]:7842/', 'Botmother itself'],
    ['https://[::127.0.0.1]/', 'not a public address'],
    ['https://[4000::1]/', 'not a public address'],
    ['https://168.63.129.16/', 'not a public address'],
  ])('refuses %s: %s', (url, reason) => {
    expect(() => checkUrl(url, policy)).toThrow(reason);
  });

  it('refuses this machine outside local mode', () => {
    expect(() => checkUrl('http://127.0.0.1:5000/', { ...policy, allowLoopback: false })).toThrow(
      'not a public address',
    );
  });

  it('checks what a name resolved to', () => {
    const url = new URL('https://hooks.example.org/');

    expect(() => checkResolved(url, '10.0.0.1', policy)).toThrow('not a public address');
    expect(() => checkResolved(url, '93.184.216.34', policy)).not.toThrow();
    expect(() => checkResolved(new URL('http://localhost:1/'), '93.184.216.34', policy)).toThrow('https');
  });

  it('makes the exceptions that the operator names, by name, address and network', () => {
    const open = { ...policy, allowPrivate: ['10.1.0.0/16', 'intranet', '192.168.1.5'] };

    expect(() => checkUrl('http://10.1.2.3/', open)).not.toThrow();
    expect(() => checkUrl('http://192.168.1.5/', open)).not.toThrow();
    expect(() => checkUrl('http://intranet/hook', open)).not.toThrow();
    expect(() => checkResolved(new URL('http://intranet/hook'), '10.9.9.9', open)).not.toThrow();
    expect(() => checkUrl('http://10.2.0.1/', open)).toThrow('not a public address');
    // Where a name leads is known when it is looked up.
    const name = checkUrl('http://nas.lan/hook', open);
    expect(() => checkResolved(name, '10.1.0.9', open)).not.toThrow();
    expect(() => checkResolved(name, '10.9.9.9', open)).toThrow('not a public address');
    expect(() => checkResolved(name, '93.184.216.34', open)).toThrow('https');
  });

  it('makes an exception with a port for that port only', () => {
    const open = {
      ...policy,
      allowPrivate: ['10.1.0.0/16:8080', 'nas.lan:443', '[fd00::1]:81', 'fd00:2::/64'],
    };

    for (const url of [
      'http://10.1.2.3:8080/',
      'https://nas.lan/',
      'https://NAS.lan./',
      'http://[fd00::1]:81/',
      'http://[fd00:2::9]:99/',
    ]) {
      expect(() => checkUrl(url, open)).not.toThrow();
    }
    expect(() => checkResolved(new URL('https://nas.lan/'), '192.168.1.9', open)).not.toThrow();
    for (const url of [
      'http://10.1.2.3/',
      'http://10.1.2.3:8081/',
      'http://[fd00::1]/',
      'http://localhost.:7842/',
    ]) {
      expect(() => checkUrl(url, open)).toThrow();
    }
    expect(() => checkResolved(new URL('http://nas.lan:80/'), '192.168.1.9', open)).toThrow();
    expect(() => checkResolved(new URL('https://nas.lan:444/'), '192.168.1.9', open)).toThrow();
  });

  it('never takes an exception for our own ports, under any address of this machine', () => {
    const own = Object.values(networkInterfaces()).flatMap((all) => all ?? []);
    const open = { ...policy, allowPrivate: ['0.0.0.0/0', '::/0', 'localhost'] };

    for (const { address, family } of own) {
      const host = family === 'IPv6' ? `[${address.split('%')[0]}]` : address;
      expect(() => checkUrl(`https://${host}:7842/`, open)).toThrow('Botmother itself');
      expect(() =>
        checkResolved(new URL('https://a.example:7842/'), address.split('%')[0] ?? '', open),
      ).toThrow('Botmother itself');
    }
  });
});

describe('addresses near to a trusted one', () => {
  const near = (trusted: string | undefined): AddressPolicy => ({
    allowLoopback: false,
    allowPrivate: [],
    ownPorts: [7842],
    near: trusted,
  });
  const takes = (trusted: string | undefined, url: string, address?: string) => {
    try {
      const checked = checkUrl(url, near(trusted));
      if (address !== undefined) checkResolved(checked, address, near(trusted));
      return true;
    } catch {
      return false;
    }
  };

  it('may be as private as that one is', () => {
    for (const home of ['192.168.1.1', '10.0.0.1', 'fd12::1', '::ffff:172.16.0.1', '100.64.0.1']) {
      expect([home, takes(home, 'https://10.9.8.7/'), takes(home, 'https://[fd00::1]:8443/')]).toEqual([
        home,
        true,
        true,
      ]);
      expect([home, takes(home, 'https://upload.home/', '192.168.7.7')]).toEqual([home, true]);
      expect([home, takes(home, 'https://127.0.0.1/'), takes(home, 'https://x.example/', '::1')]).toEqual([
        home,
        false,
        false,
      ]);
    }
    for (const here of ['127.0.0.1', '::1', '::ffff:127.0.0.1'])
      expect([here, takes(here, 'https://127.0.0.1:5443/'), takes(here, 'https://192.168.1.1/')]).toEqual([
        here,
        true,
        true,
      ]);
  });

  it('are public where that one is, or is not known', () => {
    for (const trusted of ['93.184.216.34', '2606:4700::1', undefined, 'nonsense', '169.254.1.1'])
      for (const url of [
        'https://10.0.0.1/',
        'https://127.0.0.1/',
        'https://[fd00::1]/',
        'https://[fe80::1]/',
      ])
        expect([trusted, url, takes(trusted, url)]).toEqual([trusted, url, false]);
    expect(takes('93.184.216.34', 'https://93.184.216.35/')).toBe(true);
  });

  it('are never reached over http, at our own ports, nor at addresses of one link or of a cloud', () => {
    for (const url of [
      'http://10.0.0.1/',
      'http://127.0.0.1/',
      'https://127.0.0.1:7842/',
      'https://169.254.169.254/',
      'https://[fe80::1]/',
      'https://100.100.100.200/',
      'https://[fd00:ec2::254]/',
      'https://224.0.0.1/',
      'https://0.0.0.0/',
    ])
      for (const trusted of ['127.0.0.1', '10.0.0.1'])
        expect([url, takes(trusted, url)]).toEqual([url, false]);
  });
});

describe("addresses of one's own servers", () => {
  const atHome: AddressPolicy = { allowLoopback: false, allowPrivate: [], ownPorts: [7842], atHome: true };
  const takes = (url: string, address?: string) => {
    try {
      const checked = checkUrl(url, atHome);
      if (address !== undefined) checkResolved(checked, address, atHome);
      return true;
    } catch {
      return false;
    }
  };

  it.each([
    ['http://127.0.0.1:11434/', undefined],
    ['http://localhost:11434/', '::1'],
    ['http://192.168.1.7:11434/', undefined],
    ['https://[fd12::7]:11434/', undefined],
    ['http://models.home:11434/', '10.0.0.7'],
    ['http://models.tail:11434/', '100.64.0.7'],
    ['https://models.example/v1', '93.184.216.34'],
  ])('are %s (%s)', (url, address) => {
    expect(takes(url, address)).toBe(true);
  });

  it.each([
    ['http://127.0.0.1:7842/', undefined],
    ['http://localhost:7842/', undefined],
    ['http://models.example/v1', '93.184.216.34'],
    ['http://93.184.216.34/v1', undefined],
    ['http://169.254.169.254/', undefined],
    ['http://metadata.example/', '169.254.169.254'],
    ['http://metadata.example/', 'fd00:ec2::254'],
    ['http://metadata.example/', '100.100.100.200'],
    ['http://224.0.0.1/', undefined],
    ['http://0.0.0.0:11434/', undefined],
  ])('are not %s (%s)', (url, address) => {
    expect(takes(url, address)).toBe(false);
  });
});
