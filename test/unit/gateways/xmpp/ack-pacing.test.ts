import { beforeEach, expect, it } from 'vitest';
import { Scope } from '../../../../src-main/base/scope.ts';
import {
  ACK_AFTER_MS,
  ACK_EVERY,
  ACK_PAUSE_MS,
  AckPacer,
} from '../../../../src-main/gateways/xmpp/ack-pacing.ts';
import { ManualClock } from '../../../support/manual-clock.ts';

let clock: ManualClock;
let asked: number;
let pacer: AckPacer;
beforeEach(() => {
  clock = new ManualClock();
  asked = 0;
  pacer = new AckPacer(clock, new Scope(), () => {
    asked += 1;
  });
});

it('asks at once on a quiet line', () => {
  pacer.sent();
  expect(asked).toBe(1);
});

it('asks after a pause for what was sent while a question was under way', () => {
  pacer.sent();
  pacer.sent();
  pacer.answered(true);
  expect(asked).toBe(1);
  clock.advance(ACK_PAUSE_MS);
  expect(asked).toBe(2);
});

it('asks at the latest after so many stanzas', () => {
  for (let n = 0; n < 1 + ACK_EVERY; n += 1) pacer.sent();
  expect(asked).toBe(2);
});

it('asks again after a second when no answer came', () => {
  pacer.sent();
  pacer.sent();
  clock.advance(ACK_AFTER_MS - 1);
  expect(asked).toBe(1);
  clock.advance(1);
  expect(asked).toBe(2);
});

it('leaves no timer when everything is acknowledged', () => {
  pacer.sent();
  pacer.answered(false);
  expect(clock.waits).toEqual([]);
});
