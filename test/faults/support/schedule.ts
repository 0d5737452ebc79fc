import type { CutKind, Flow } from '../../support/fault-proxy.ts';
import type { Random } from '../../support/random.ts';

/** Whose connection goes through the proxy. */
export type Side = 'sender' | 'receiver';

export type Step =
  | { do: 'send'; count: number }
  | { do: 'cut'; how: CutKind }
  | { do: 'cut-after'; how: CutKind; bytes: number }
  | { do: 'half-open' }
  | { do: 'flow'; flow: Flow }
  | { do: 'refuse'; isRefusing: boolean }
  /** How long the receiver takes to commit a message. */
  | { do: 'commit-time'; ms: number }
  /** The receiver cannot store the next message, nor what it has taken behind it. */
  | { do: 'reject' }
  /** The receiving program dies with what it had not committed, and starts again. */
  | { do: 'crash' }
  | { do: 'online' }
  /** Lets other things happen: so many turns of the event loop. */
  | { do: 'turns'; count: number }
  /** Waits until some more messages have arrived, or the line is down. */
  | { do: 'arrivals'; count: number };

export interface Schedule {
  seed: number;
  side: Side;
  /** Without: STARTTLS through the proxy, which then slices TLS. With: direct TLS that ends in the proxy. */
  endsTls: boolean;
  steps: Step[];
}

const cutKind = (random: Random): CutKind => (random.next() < 0.5 ? 'rst' : 'fin');

/** Draws a schedule: a dozen or two of sends, faults and waits, in any order. */
export function drawSchedule(seed: number, random: Random): Schedule {
  const side: Side = random.next() < 0.5 ? 'sender' : 'receiver';
  const length = random.between(8, 24);
  const steps = Array.from({ length }, () => drawStep(random));
  return { seed, side, endsTls: random.next() < 0.5, steps };
}

function drawStep(random: Random): Step {
  const draw = random.weighted<() => Step>([
    [30, () => ({ do: 'send', count: random.between(1, 12) })],
    [8, () => ({ do: 'cut', how: cutKind(random) })],
    [12, () => ({ do: 'cut-after', how: cutKind(random), bytes: random.between(1, 3_000) })],
    [3, () => ({ do: 'half-open' })],
    [5, () => ({ do: 'flow', flow: { kind: 'blackhole' } })],
    [3, () => ({ do: 'flow', flow: { kind: 'slices', bytes: 1 } })],
    [4, () => ({ do: 'flow', flow: { kind: 'slices', bytes: random.between(2, 60) } })],
    [8, () => ({ do: 'flow', flow: { kind: 'late', ms: random.between(1, 30) } })],
    [14, () => ({ do: 'flow', flow: { kind: 'normal' } })],
    [5, () => ({ do: 'refuse', isRefusing: true })],
    [6, () => ({ do: 'refuse', isRefusing: false })],
    [8, () => ({ do: 'commit-time', ms: random.between(0, 60) })],
    [9, () => ({ do: 'reject' })],
    [7, () => ({ do: 'crash' })],
    [10, () => ({ do: 'online' })],
    [14, () => ({ do: 'turns', count: random.between(1, 40) })],
    [8, () => ({ do: 'arrivals', count: random.between(1, 10) })],
  ]);
  return draw();
}

/** One line a step, for the report of a failure. */
export const describeSchedule = ({ seed, side, endsTls, steps }: Schedule): string =>
  [
    `seed ${seed}: the ${side} through the proxy, ${endsTls ? 'direct TLS that ends there' : 'STARTTLS'}`,
    ...steps.map((step) => `  ${JSON.stringify(step)}`),
  ].join('\n');
