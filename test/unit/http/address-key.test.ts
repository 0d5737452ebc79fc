import { expect, it } from 'vitest';
import { addressKey } from '../../../src-main/http/address-key.ts';

it.each([
  ['192.0.2.1', '192.0.2.2', false],
  ['192.0.2.1', '::ffff:192.0.2.1', true],
  ['2001:db8::1', '2001:db8::2', true],
  ['2001:db8:0:1::1', '2001:db8:0:2::1', false],
  ['', '192.0.2.1', false],
])('counts %j and %j together: %s', (one, other, isSame) => {
  expect(addressKey(one) === addressKey(other)).toBe(isSame);
});
