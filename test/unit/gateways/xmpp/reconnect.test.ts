import { beforeEach, describe, expect, it } from 'vitest';
import { Scope } from '../../../../src-main/base/scope.ts';
import { ConnectionProblem, type ProblemKind } from '../../../../src-main/gateways/xmpp/problem.ts';
import { RETURN_WITHIN_MS, Reconnect } from '../../../../src-main/gateways/xmpp/reconnect.ts';
import { ServerReturns } from '../../../../src-main/gateways/xmpp/server-returns.ts';
import { ManualClock } from '../../../support/manual-clock.ts';

let clock: ManualClock;
let returns: ServerReturns;
beforeEach(() => {
  clock = new ManualClock();
  returns = new ServerReturns();
});

function account(server = 'x.org') {
  const attempts: number[] = [];
  const startMs = clock.now();
  const reconnect = new Reconnect({
    clock,
    scope: new Scope(),
    random: () => 1,
    server,
    returns,
    connect: () => attempts.push(clock.now() - startMs),
  });
  const fail = (kind: ProblemKind = 'unreachable') => reconnect.plan(new ConnectionProblem(kind, ''));
  /** As after a long outage: the next wait takes a minute. */
  const failOften = (kind?: ProblemKind) => {
    for (let failures = 0; failures < 10; failures += 1) fail(kind);
  };
  return { reconnect, attempts, fail, failOften };
}

describe('an account whose connection was lost', () => {
  it('connects after its wait, once, though it planned anew meanwhile', () => {
    const one = account();
    one.failOften();
    clock.advance(300_000);
    expect(one.attempts).toEqual([60_000]);
  });

  it('does not when that cannot help', () => {
    const one = account();
    expect(one.fail('config')).toBeUndefined();
    clock.advance(300_000);
    expect(one.attempts).toEqual([]);
  });

  it('connects at once when it is told to, and not again', () => {
    const one = account();
    one.failOften();
    one.reconnect.now();
    clock.advance(300_000);
    expect(one.attempts).toEqual([0]);
  });

  it('waits little again after it was online for some time', () => {
    const one = account();
    one.failOften();
    one.reconnect.stable();
    expect(one.fail()).toBe(1_000);
  });
});

describe('a session that was replaced', () => {
  it('comes back once after a while, and gives in when it is replaced again soon', () => {
    const one = account();
    expect(one.fail('replaced')).toBe(120_000);
    clock.advance(120_000);
    expect(one.attempts).toEqual([120_000]);
    expect(one.fail('replaced')).toBeUndefined();
    clock.advance(3_600_000);
    expect(one.fail('replaced')).toBe(120_000);
  });
});

describe('accounts of one server', () => {
  it('all try soon when one of them is back', () => {
    const [first, second] = [account(), account()];
    first.failOften();
    second.failOften('closed');
    clock.advance(10_000);
    first.reconnect.now();
    first.reconnect.online();
    clock.advance(300_000);
    expect(second.attempts).toEqual([10_000 + RETURN_WITHIN_MS]);
  });

  it('are hurried once in an outage', () => {
    const [first, second] = [account(), account()];
    second.failOften();
    first.reconnect.online();
    clock.advance(RETURN_WITHIN_MS);
    expect(second.fail()).toBe(60_000);
    first.reconnect.online();
    clock.advance(59_999);
    expect(second.attempts).toEqual([RETURN_WITHIN_MS]);

    second.reconnect.stable();
    second.failOften();
    first.reconnect.online();
    clock.advance(RETURN_WITHIN_MS);
    expect(second.attempts).toHaveLength(2);
  });

  it('are not hurried when the server is another, or the account has trouble of its own', () => {
    const [other, own] = [account('y.org'), account()];
    other.failOften();
    own.failOften('insecure');
    account().reconnect.online();
    clock.advance(10_000);
    expect([...other.attempts, ...own.attempts]).toEqual([]);
  });
});
