import { beforeEach, expect, it } from 'vitest';
import type { Scope } from '../../../../src-main/base/scope.ts';
import { TICK_MS, WakeUpWatch } from '../../../../src-main/gateways/xmpp/wake-up.ts';
import { ManualClock } from '../../../support/manual-clock.ts';

/** A clock whose wall time can go on alone, as during a sleep. */
class SleepyClock extends ManualClock {
  sleptMs = 0;
  override now = () => this.monotonic() + this.sleptMs;
  lateMs = 0;
  override after(scope: Scope, delayMs: number, task: () => void): () => void {
    return super.after(scope, delayMs + this.lateMs, task);
  }
}

let clock: SleepyClock;
let network: string;
let woken: number;
let stop: () => void;
beforeEach(() => {
  clock = new SleepyClock();
  network = '10.0.0.2';
  woken = 0;
  stop = new WakeUpWatch({ clock, network: () => network }).on(() => {
    woken += 1;
  });
});

it('says nothing while time goes on evenly', () => {
  clock.advance(100 * TICK_MS);
  expect(woken).toBe(0);
});

it('notices a sleep during which the monotonic clock stood still, once', () => {
  clock.sleptMs = 60_000;
  clock.advance(5 * TICK_MS);
  expect(woken).toBe(1);
});

it('notices a sleep during which it went on', () => {
  clock.lateMs = 60_000;
  clock.advance(TICK_MS);
  clock.advance(TICK_MS + 60_000);
  expect(woken).toBe(1);
});

it('does not mind a small correction of the wall clock', () => {
  clock.sleptMs = 20_000;
  clock.advance(TICK_MS);
  expect(woken).toBe(0);
});

it('notices another network', () => {
  network = '192.168.1.7';
  clock.advance(2 * TICK_MS);
  expect(woken).toBe(1);
});

it('has no timer when nobody listens', () => {
  stop();
  expect(clock.waits).toEqual([]);
});
