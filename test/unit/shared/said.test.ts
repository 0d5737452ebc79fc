import { expect, it } from 'vitest';
import { took } from '../../../src-shared/text/said.ts';

it.each([
  [0.4, '0 ms', '0 ms'],
  [12, '12 ms', '12 ms'],
  [999.4, '999 ms', '999 ms'],
  [999.6, '1 s', '1 s'],
  [1_430, '1.4 s', '1,4 s'],
  [61_000, '61 s', '61 s'],
])('says that %d ms have passed as each language writes it', (ms, en, de) => {
  expect([took(ms)('en'), took(ms)('de')]).toEqual([en, de]);
});
