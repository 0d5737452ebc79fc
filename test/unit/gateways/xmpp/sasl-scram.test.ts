import { describe, expect, it } from 'vitest';
import type { Binding } from '../../../../src-main/gateways/xmpp/channel-binding.ts';
import {
  ScramClient,
  ScramKeyCache,
  type ScramMechanism,
} from '../../../../src-main/gateways/xmpp/sasl-scram.ts';

const client = (
  mechanism: ScramMechanism,
  nonce: string,
  changes: { username?: string; password?: string; binding?: Binding } = {},
) =>
  new ScramClient({
    mechanism,
    nonce,
    username: 'user',
    password: 'pencil',
    owner: 'user@example.org',
    cache: new ScramKeyCache(),
    ...changes,
  });
const NONCE = 'fyko+d2lbbFgONRv9qkxdawL';
const FIRST = `r=${NONCE}3rfcNHYJY1ZVvWVs7j,s=QSXCR+Q6sek8bf92,i=4096`;

describe('the exchange', () => {
  it('is that of RFC 5802, section 5, with SHA-1', async () => {
    const scram = client('SCRAM-SHA-1', NONCE);

    expect(scram.first()).toBe(`n,,n=user,r=${NONCE}`);
    expect(await scram.answer(FIRST)).toBe(
      `c=biws,r=${NONCE}3rfcNHYJY1ZVvWVs7j,p=v0X8v3Bz2T0CJGbJQyF0X+HI4Ts=`,
    );
    scram.verify('v=rmF9pqV8S7suAoZWja4dJRkFsKQ=');
    expect(scram.isVerified).toBe(true);
  });

  it('is that of RFC 7677, section 3, with SHA-256', async () => {
    const scram = client('SCRAM-SHA-256', 'rOprNGfwEbeRWgbNEkqO');
    const nonce = 'rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0';

    const proof = await scram.answer(`r=${nonce},s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096`);

    expect(proof).toBe(`c=biws,r=${nonce},p=dHzbZapWIk4jUhN+Ute9ytag9zjfMHgsqmmiz7AndVQ=`);
    expect(await scram.answer('v=6rriTRBi23WpRR/wtup+mMhUZUn/dB5nLTJRsjl95G4=')).toBe('');
    expect(scram.isVerified).toBe(true);
  });

  it('escapes a comma and an equals sign in the user name', () => {
    expect(client('SCRAM-SHA-1', 'x', { username: 'a=b,c' }).first()).toBe('n,,n=a=3Db=2Cc,r=x');
  });

  it('takes equivalent passwords for the same', async () => {
    const one = await client('SCRAM-SHA-1', NONCE, { password: '\u00AApass\u00A0word' }).answer(FIRST);
    const two = await client('SCRAM-SHA-1', NONCE, { password: 'ap\u00ADass word' }).answer(FIRST);

    expect(one).toBe(two);
  });
});

describe('what is said of channel binding', () => {
  const data = Buffer.from([1, 2, 3, 250]);
  it.each<[string, Binding, string, string]>([
    ['a binding', { type: 'tls-exporter', data }, 'p=tls-exporter,,', 'cD10bHMtZXhwb3J0ZXIsLAECA/o='],
    [
      'a binding to the certificate',
      { type: 'tls-server-end-point', data },
      'p=tls-server-end-point,,',
      'cD10bHMtc2VydmVyLWVuZC1wb2ludCwsAQID+g==',
    ],
    ['could, but the server has none', 'not-offered', 'y,,', 'eSws'],
    ['no type in common', 'unsupported', 'n,,', 'biws'],
  ])('%s', async (_, binding, header, c) => {
    const scram = client('SCRAM-SHA-256', NONCE, { binding });

    expect(scram.first()).toBe(`${header}n=user,r=${NONCE}`);
    expect(await scram.answer(FIRST)).toMatch(`c=${c},r=${NONCE}3rfcNHYJY1ZVvWVs7j,p=`);
  });
});

describe('a server that is refused', () => {
  it.each([
    ['asks for too few iterations', `r=${NONCE}x,s=QSXCR+Q6sek8bf92,i=4095`],
    ['asks for too many iterations', `r=${NONCE}x,s=QSXCR+Q6sek8bf92,i=10000001`],
    ['asks for 2^31 iterations', `r=${NONCE}x,s=QSXCR+Q6sek8bf92,i=2147483648`],
    ['has another nonce', 'r=other,s=QSXCR+Q6sek8bf92,i=4096'],
    ['adds nothing to the nonce', `r=${NONCE},s=QSXCR+Q6sek8bf92,i=4096`],
    ['asks for an extension', `m=x,${FIRST}`],
    ['leaves out the salt', `r=${NONCE}x,s=,i=4096`],
    ['says nothing', ''],
  ])('%s', async (_, challenge) => {
    await expect(client('SCRAM-SHA-1', NONCE).answer(challenge)).rejects.toThrow('server');
  });

  it.each(['v=amF9pqV8S7suAoZWja4dJRkFsKQ=', 'v=', '', 'e=other-error'])(
    'proves nothing: %s',
    async (final) => {
      const scram = client('SCRAM-SHA-1', NONCE);
      await scram.answer(FIRST);

      expect(() => scram.verify(final)).toThrow('could not prove');
      expect(scram.isVerified).toBe(false);
    },
  );

  it('proves nothing before it was asked', () => {
    expect(() => client('SCRAM-SHA-1', NONCE).verify('v=')).toThrow('could not prove');
  });
});

describe('the key cache', () => {
  const salt = Buffer.from('salt');

  it('derives again when anything changed, and only then', async () => {
    const cache = new ScramKeyCache();
    const derive = (password: string, iterations = 4096, owner = 'a@x') =>
      cache.derive(owner, 'SCRAM-SHA-1', password, salt, iterations);

    const first = await derive('one');
    expect(await derive('one')).toBe(first);
    expect(await derive('two')).not.toEqual(first);
    expect(await derive('one', 4097)).not.toEqual(first);
    await derive('one', 4096, 'b@x');
    expect(cache.size).toBe(4);
  });

  it('forgets what was not used for longest', async () => {
    const cache = new ScramKeyCache(2);
    const derive = (owner: string) => cache.derive(owner, 'SCRAM-SHA-1', 'p', salt, 4096);
    const first = await derive('a@x');
    const second = await derive('b@x');
    await derive('a@x');
    await derive('c@x');

    expect(cache.size).toBe(2);
    expect(await derive('a@x')).toBe(first);
    expect(await derive('b@x')).not.toBe(second);
  });
});
