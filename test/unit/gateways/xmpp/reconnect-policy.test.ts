import { expect, it } from 'vitest';
import { ConnectionProblem, type ProblemKind } from '../../../../src-main/gateways/xmpp/problem.ts';
import { reconnectDelayMs } from '../../../../src-main/gateways/xmpp/reconnect-policy.ts';

const delay = (kind: ProblemKind, failures: number, random = 1) =>
  reconnectDelayMs(new ConnectionProblem(kind, ''), failures, () => random);

it('waits a random time that doubles up to a minute', () => {
  expect([0, 1, 5, 6, 1_000].map((failures) => delay('unreachable', failures))).toEqual([
    1_000, 2_000, 32_000, 60_000, 60_000,
  ]);
  expect(delay('closed', 10, 0)).toBe(0);
});

it('tries seldom what only people can mend on the server', () => {
  expect([delay('insecure', 0, 0), delay('insecure', 100)]).toEqual([30_000, 300_000]);
});

it('tries once in an hour whether a password that was refused is accepted', () => {
  expect([delay('credentials', 0, 0), delay('credentials', 100)]).toEqual([60 * 60_000, 65 * 60_000]);
});

it.each<ProblemKind>(['config'])('does not try again after %s', (kind) => {
  expect(delay(kind, 0)).toBeUndefined();
});
