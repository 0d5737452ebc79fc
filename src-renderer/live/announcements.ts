import { readEvents } from '../../src-shared/client/events.ts';
import type { EngineEvents } from '../../src-shared/events.ts';
import { ApiProblem } from '../client.ts';
import { listen } from './listening.ts';
import { watched } from './watched.ts';

type EventName = keyof EngineEvents;
type Listener<N extends EventName> = (data: EngineEvents[N]) => void;

const FIRST_RETRY_MS = 1_000;
const LAST_RETRY_MS = 30_000;

/** Whether the page hears what the engine announces. `closed`: only a person can help. */
export type LiveState = 'connecting' | 'live' | 'lost' | 'closed';

/** What the engine announces, as it comes, to those on the page who listen. */
export class Announcements {
  readonly #listeners = new Map<string, Set<(data: never) => void>>();
  readonly #all = new Set<(name: EventName, data: unknown) => void>();

  /** Calls until the returned function is called. */
  on<N extends EventName>(name: N, listener: Listener<N>): () => void {
    const listeners = this.#listeners.get(name) ?? new Set();
    this.#listeners.set(name, listeners.add(listener));
    return () => void listeners.delete(listener);
  }

  onAny(listener: (name: EventName, data: unknown) => void): () => void {
    this.#all.add(listener);
    return () => void this.#all.delete(listener);
  }

  #tell(name: string, data: string): void {
    const listeners = this.#listeners.get(name);
    if (!listeners?.size && this.#all.size === 0) return;
    const value = JSON.parse(data) as never;
    for (const listener of listeners ?? []) listener(value);
    for (const listener of this.#all) listener(name as EventName, value);
  }

  /** Listens until the page goes, or until the engine no longer talks to it. `onLive`: with what was missed meanwhile. */
  async follow(
    signal: AbortSignal,
    onState: (state: LiveState) => void,
    onMissed: () => void,
  ): Promise<void> {
    let retryMs = FIRST_RETRY_MS;
    let wasLost = false;
    for (;;) {
      const connection = new AbortController();
      try {
        const { body, hasMissed } = await listen(AbortSignal.any([signal, connection.signal]));
        retryMs = FIRST_RETRY_MS;
        onState('live');
        // What was announced while nobody listened did not arrive.
        if (wasLost || hasMissed) onMissed();
        if (body) {
          const stream = watched(body, () => connection.abort());
          for await (const { event, data } of readEvents(stream)) this.#tell(event, data);
        }
      } catch (error) {
        if (error instanceof ApiProblem && error.needsPerson) {
          onState('closed');
          onMissed();
          return;
        }
      }
      if (signal.aborted) return;
      if (!wasLost) onMissed();
      onState('lost');
      wasLost = true;
      await new Promise((resolve) => setTimeout(resolve, retryMs));
      if (signal.aborted) return;
      retryMs = Math.min(LAST_RETRY_MS, retryMs * 2);
    }
  }
}
