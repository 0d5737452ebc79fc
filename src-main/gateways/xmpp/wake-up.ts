import { networkInterfaces } from 'node:os';
import type { Clock } from '../../base/clock.ts';
import { Scope } from '../../base/scope.ts';

/** How often it looks, once for all sessions. */
export const TICK_MS = 10_000;
/** A tick that comes so much too late, or in which the wall clock went so much further, was a sleep. */
export const JUMP_MS = 30_000;

interface WakeUpDeps {
  clock: Clock;
  /** A text that changes when the addresses of this machine do. */
  network?: () => string;
}

/**
 * Notices that the machine slept or changed networks: connections may be dead then without a sign, and waits that were
 * meant for a server that is down are pointless. Both clocks are looked at: on some systems the monotonic one stands
 * still during sleep, on others it goes on. One timer for all listeners, none without.
 */
export class WakeUpWatch {
  readonly #clock: Clock;
  readonly #network: () => string;
  readonly #listeners = new Set<() => void>();
  #scope: Scope | undefined;
  #wallMs = 0;
  #monotonicMs = 0;
  #seenNetwork = '';

  constructor({ clock, network = networkOf }: WakeUpDeps) {
    this.#clock = clock;
    this.#network = network;
  }

  on(listener: () => void): () => void {
    this.#listeners.add(listener);
    if (!this.#scope) this.#begin();
    return () => {
      this.#listeners.delete(listener);
      if (this.#listeners.size > 0) return;
      void this.#scope?.close();
      this.#scope = undefined;
    };
  }

  #begin(): void {
    this.#scope = new Scope();
    this.#wallMs = this.#clock.now();
    this.#monotonicMs = this.#clock.monotonic();
    this.#seenNetwork = this.#network();
    this.#plan(this.#scope);
  }

  #plan(scope: Scope): void {
    this.#clock.after(scope, TICK_MS, () => {
      this.#tick();
      if (!scope.isClosed) this.#plan(scope);
    });
  }

  #tick(): void {
    const passedMs = this.#clock.monotonic() - this.#monotonicMs;
    const wallPassedMs = this.#clock.now() - this.#wallMs;
    const network = this.#network();
    const hasSlept = passedMs - TICK_MS > JUMP_MS || wallPassedMs - passedMs > JUMP_MS;
    const hasMoved = network !== this.#seenNetwork;
    this.#monotonicMs += passedMs;
    this.#wallMs += wallPassedMs;
    this.#seenNetwork = network;
    if (hasSlept || hasMoved) for (const listener of [...this.#listeners]) listener();
  }
}

/** The addresses that can lead somewhere: without loopback, and without link-local ones, which containers bring. */
function networkOf(): string {
  const addresses = Object.values(networkInterfaces())
    .flatMap((list) => list ?? [])
    .filter(({ internal, address }) => !internal && !/^(fe80:|169\.254\.)/i.test(address))
    .map(({ address }) => address);
  return addresses.sort().join(' ');
}
