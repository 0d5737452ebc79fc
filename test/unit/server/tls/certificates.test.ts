import { chmodSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { certificates } from '../../../../src-main/server/tls/certificates.ts';
import { lanAddresses, machineNames } from '../../../../src-main/server/tls/machine-names.ts';
import { namesOf } from '../../../../src-main/server/tls/self-signed.ts';
import { testFolder } from '../../../support/test-folder.ts';

const NONE = { cert: '', key: '' };
const DAY_MS = 86_400_000;
const START = Date.UTC(2026, 0, 1);

/** A machine whose clock and addresses the test sets. */
function machine() {
  const dir = testFolder();
  const state = { nowMs: START, addresses: ['127.0.0.1', '192.168.1.5', 'fd00:1::5'] };
  const certs = certificates({
    dir,
    now: () => state.nowMs,
    names: () => ({ hosts: ['localhost', 'box'], addresses: state.addresses }),
  });
  return { dir, state, load: () => certs.load(NONE), certs };
}

describe('the self-made certificate', () => {
  it('is made once, kept, and good for at most 398 days', async () => {
    const { dir, load } = machine();

    const [first, second] = await Promise.all([load(), load()]);

    expect(second.cert).toBe(first.cert);
    expect((await load()).cert).toBe(first.cert);
    expect(readFileSync(join(dir, 'server.crt'), 'utf8')).toBe(first.cert);
    const { leaf } = first;
    expect(namesOf(leaf)).toEqual(['localhost', 'box', '127.0.0.1', '192.168.1.5', 'fd00:1::5']);
    const days = (Date.parse(leaf.validTo) - Date.parse(leaf.validFrom)) / DAY_MS;
    expect(days).toBeLessThanOrEqual(398);
    expect(leaf.ca).toBe(false);
    for (const name of ['server.crt', 'server.key'])
      expect(statSync(join(dir, name)).mode & 0o777).toBe(0o600);
  });

  it.each<[string, (state: { nowMs: number; addresses: string[] }) => void, boolean]>([
    ['an address came', ({ addresses }) => addresses.push('10.0.0.7'), true],
    ['an IPv6 network came', ({ addresses }) => addresses.push('fd00:2::7'), true],
    ['another address of the same IPv6 network came', ({ addresses }) => addresses.push('fd00:1::9'), false],
    ['an address went', ({ addresses }) => addresses.pop(), false],
    ['a year went by', (state) => (state.nowMs += 370 * DAY_MS), true],
    ['half a year went by', (state) => (state.nowMs += 180 * DAY_MS), false],
    ['the clock went back', (state) => (state.nowMs -= 10 * DAY_MS), true],
  ])('is looked at after %s', async (_what, change, isNew) => {
    const { state, load } = machine();
    const before = await load();

    change(state);
    const after = await load();

    expect(after.cert !== before.cert).toBe(isNew);
    expect((await load()).cert).toBe(after.cert);
  });

  it('is made anew when its files do not belong together or are damaged', async () => {
    const { dir, load } = machine();
    const first = await load();
    const otherKey = (await machine().load()).key;
    writeFileSync(join(dir, 'server.key'), otherKey);

    const second = await load();
    expect(second.cert).not.toBe(first.cert);
    chmodSync(join(dir, 'server.crt'), 0o600);
    writeFileSync(join(dir, 'server.crt'), 'nonsense');
    expect((await load()).cert).not.toBe(second.cert);
  });

  it('is only looked at where nobody asked for one', async () => {
    const { certs } = machine();
    await expect(certs.peek(NONE)).rejects.toThrow('There is no certificate yet');
    const made = await certs.load(NONE);
    expect((await certs.peek(NONE)).cert).toBe(made.cert);
    expect((await certs.renew()).key).not.toBe(made.key);
  });
});

describe('the names of this machine', () => {
  const at = (address: string, internal = false) =>
    ({ address, internal, family: address.includes(':') ? 'IPv6' : 'IPv4' }) as never;
  const interfaces = {
    lo: [at('127.0.0.1', true), at('::1', true)],
    docker0: [at('172.17.0.1')],
    wlan0: [at('192.168.1.5'), at('fe80::1'), at('169.254.3.3'), at('2001:db8::5')],
  };

  it('are its addresses that others can use, those of containers last', () => {
    expect(lanAddresses(interfaces)).toEqual(['192.168.1.5', '2001:db8::5', '172.17.0.1']);
  });

  it('leave out a host name that no certificate can have', () => {
    expect(machineNames(interfaces, 'Box').hosts).toEqual(['localhost', 'box']);
    expect(machineNames(interfaces, 'häuschen').hosts).toEqual(['localhost']);
  });
});
