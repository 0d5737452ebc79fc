import { expect, it } from 'vitest';
import { fingerprintOf } from '../../../src-main/engine/omemo/omemo-devices.ts';
import { grouped8, scanned } from '../../../src-renderer/ui/fingerprint.ts';

it('a fingerprint of the engine is shown in groups of eight, and scanned as plain hex', () => {
  const key = Buffer.from('0123456789abcdef'.repeat(4), 'hex');

  expect(grouped8(fingerprintOf(key))).toBe('01234567 89abcdef '.repeat(4).trim());
  expect(grouped8(key.toString('hex'))).toBe(grouped8(fingerprintOf(key)));
  expect(scanned('you@localhost', 7, fingerprintOf(key))).toBe(
    `xmpp:you@localhost?omemo-sid-7=${key.toString('hex')}`,
  );
});
