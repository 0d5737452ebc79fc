import { execFile, execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { beforeAll, describe, expect, it } from 'vitest';
import { HOSTILE } from '../../support/ssrf/hostile-addresses.ts';
import { testFolder } from '../../support/test-folder.ts';

const run = promisify(execFile);
const PUBLIC = '93.184.216.34';
/** What a network would have and this namespace has on its loopback, so that a connection there would be seen. */
const ADDRESSES = [
  '10.0.0.1/32',
  '172.16.0.1/32',
  '192.168.1.1/32',
  '169.254.169.254/32',
  '100.64.0.1/32',
  '100.100.100.200/32',
  '168.63.129.16/32',
  '192.0.2.1/32',
  '198.18.0.1/32',
  `${PUBLIC}/32`,
  'fd00::1/128',
  'fd00:ec2::254/128',
  'fec0::1/128',
  '2001:db8::1/128',
  '4000::1/128',
  '64:ff9b::a00:1/128',
  '2002:a00:1::/128',
];

/** A namespace of its own needs rights that not every machine gives. */
function whyNot(): string | undefined {
  try {
    execFileSync('unshare', ['-n', '-m', 'ip', 'link', 'set', 'lo', 'up'], { stdio: 'pipe' });
    return undefined;
  } catch (error) {
    return error instanceof Error ? (error.message.split('\n').at(1) ?? error.message) : String(error);
  }
}
const reason = process.platform === 'linux' ? whyNot() : 'only Linux has network namespaces';
if (reason !== undefined)
  process.stderr.write(`Addresses given by others are not tried without a network: ${reason}\n`);

interface Outcome {
  url: string;
  outcome: string;
  reached: string[];
}
interface FileOutcome {
  url: string;
  status: number;
  description: string;
  reached: string[];
}
interface Probe {
  files: {
    refused: { send: FileOutcome[]; receive: FileOutcome[] };
    rebinding: { send: FileOutcome[]; receive: FileOutcome[]; home: FileOutcome[] };
    redirect: { send: FileOutcome; receive: FileOutcome };
  };
  webhooks: { url: string; status: number; description: string }[];
  literals: Outcome[];
  names: Outcome[];
  rebinding: Outcome[];
  lookUps: { rebind: number; back: number };
  redirect: Outcome;
  otherPort: Outcome;
  control: Outcome;
}

describe.skipIf(reason !== undefined)('addresses given by others, where nothing can leave', () => {
  let probe: Probe;

  beforeAll(async () => {
    const folder = testFolder((end) => process.once('exit', () => void end()));
    const resolv = join(folder, 'resolv.conf');
    writeFileSync(resolv, 'nameserver 127.0.0.1\noptions timeout:1 attempts:2\n');
    const script = [
      'set -e',
      'ip link set lo up',
      ...ADDRESSES.map((address) => `ip addr add ${address} dev lo`),
      `mount --bind ${resolv} /etc/resolv.conf`,
      `exec '${process.execPath}' '${join(import.meta.dirname, '../../support/ssrf/probe.ts')}'`,
    ].join('\n');
    const { stdout } = await run('unshare', ['-n', '-m', 'sh', '-c', script], { timeout: 110_000 });
    probe = JSON.parse(stdout) as Probe;
  }, 120_000);

  it('can be reached at all: what is excepted is', () => {
    expect(probe.control).toMatchObject({ outcome: '200', reached: ['10.0.0.1:80'] });
  });

  it('are refused as webhooks at once, however they are written', () => {
    const taken = probe.webhooks.filter(({ status }) => status !== 400);

    expect(taken).toEqual([]);
    expect(probe.webhooks).toHaveLength(HOSTILE.length);
    for (const { description } of probe.webhooks) expect(description).not.toBe('');
  });

  it('are connected to from nowhere, however they are written', () => {
    expect(probe.literals.filter(({ outcome }) => outcome !== 'AddressRefused')).toEqual([]);
    expect(probe.literals.flatMap(({ reached }) => reached)).toEqual([]);
  });

  it('are refused behind a name, also as one of several', () => {
    expect(probe.names.filter(({ outcome }) => outcome !== 'AddressRefused')).toEqual([]);
    expect(probe.names.flatMap(({ reached }) => reached)).toEqual([]);
  });

  it('are refused when a name changes its mind: what is connected to is what was checked', () => {
    const [first, second, hidden, shown] = probe.rebinding;

    // The trap speaks no TLS, so there is a connection and no answer.
    expect(first).toMatchObject({ outcome: 'NoAnswer', reached: [`${PUBLIC}:443`] });
    expect(second).toMatchObject({ outcome: 'AddressRefused', reached: [] });
    expect(hidden).toMatchObject({ outcome: 'AddressRefused', reached: [] });
    expect(shown).toMatchObject({ outcome: 'NoAnswer', reached: [`${PUBLIC}:443`] });
    // One look-up for each attempt: there is no second one that could say something else.
    expect(probe.lookUps).toEqual({ rebind: 2, back: 2 });
  });

  it('are not followed to from an address that is fine', () => {
    expect(probe.redirect).toMatchObject({ outcome: '302', reached: ['192.168.1.1:8080'] });
  });

  it('are excepted for the port that was named only', () => {
    expect(probe.otherPort).toMatchObject({ outcome: 'AddressRefused', reached: [] });
  });

  describe.each(['send', 'receive'] as const)('as the place of a file (%s), from a server at home', (way) => {
    it('are fetched from nowhere, however they are written, also not beside where that server keeps files', () => {
      const tried = probe.files.refused[way];

      expect(tried.length).toBeGreaterThan(HOSTILE.filter((url) => URL.canParse(url)).length);
      expect(tried.filter(({ status }) => status !== 502 && (way === 'receive' || status !== 400))).toEqual(
        [],
      );
      expect(tried.flatMap(({ url, reached }) => reached.map((at) => [url, at]))).toEqual([]);
    });

    it('are refused when a name changes its mind', () => {
      const [first, second] = probe.files.rebinding[way];

      expect(first).toMatchObject({ status: 502, reached: [`${PUBLIC}:443`] });
      expect(second).toMatchObject({ status: 502, reached: [] });
      expect(second?.description).toContain('is not a public address');
    });

    it('are not followed to', () => {
      const { status, description, reached } = probe.files.redirect[way];

      expect([status, reached]).toEqual([502, ['192.168.1.1:8080']]);
      expect(description).toContain('redirect');
    });
  });

  it('are fetched from where the server at home keeps files, as long as that is at home', () => {
    const [first, second] = probe.files.rebinding.home;

    expect(first).toMatchObject({ status: 502, reached: ['10.0.0.1:8443'] });
    expect(second).toMatchObject({ status: 502, reached: [] });
  });
});
