import { expect, it } from 'vitest';
import { retryAfterMs } from '../../../../src-main/gateways/ai/retry-after.ts';

const NOW = Date.parse('Sun, 22 Nov 2026 08:00:00 GMT');
const asked = (headers: Record<string, string>, inBody?: string) =>
  retryAfterMs((name) => headers[name], inBody, NOW);

it.each([
  ['seconds', { 'retry-after': '30' }, undefined, 30_000],
  ['parts of seconds', { 'retry-after': '0.5' }, undefined, 500],
  ['a date', { 'retry-after': 'Sun, 22 Nov 2026 08:00:10 GMT' }, undefined, 10_000],
  ['a date that has passed', { 'retry-after': 'Sun, 22 Nov 2026 07:00:00 GMT' }, undefined, 0],
  ['milliseconds', { 'retry-after-ms': '1500', 'retry-after': '2' }, undefined, 1_500],
  ['a delay in the body', {}, '34.5s', 34_500],
  ['years', { 'retry-after': '1000000000' }, undefined, 3_600_000],
  ['a date in years', { 'retry-after': 'Sun, 22 Nov 2099 08:00:00 GMT' }, undefined, 3_600_000],
  ['less than nothing', { 'retry-after': '-5' }, undefined, undefined],
  ['no number', { 'retry-after': 'soon', 'retry-after-ms': 'NaN' }, 'later', undefined],
  ['nothing', {}, undefined, undefined],
])('%s', (_name, headers, inBody, ms) => {
  const found = asked(headers as Record<string, string>, inBody);

  if (ms === undefined) expect([undefined, 0]).toContain(found);
  else expect(found).toBe(ms);
});
