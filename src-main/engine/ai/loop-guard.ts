import type { Clock } from '../../base/clock.ts';

const TURNS = 20;
const WITHIN_MS = 60_000;
export const SILENT_S = 60;
const SILENT_MS = SILENT_S * 1_000;
/** Conversations that are remembered; the longest quiet ones go. */
const KEPT = 1_000;

interface Pace {
  /** When its last turns were, oldest first. */
  turns: number[];
  silentUntil: number;
}

/** Two programs that answer each other never end by themselves: who talks that fast is not answered for a while. */
export function loopGuard(clock: Pick<Clock, 'monotonic'>) {
  const paces = new Map<string, Pace>();
  return {
    isSilent: (conversation: string): boolean =>
      clock.monotonic() < (paces.get(conversation)?.silentUntil ?? 0),
    /** One more turn in a conversation. */
    note(conversation: string): void {
      const now = clock.monotonic();
      const pace = paces.get(conversation) ?? { turns: [], silentUntil: 0 };
      pace.turns = [...pace.turns.filter((at) => now - at < WITHIN_MS), now];
      if (pace.turns.length >= TURNS) {
        pace.silentUntil = now + SILENT_MS;
        pace.turns = [];
      }
      paces.delete(conversation);
      paces.set(conversation, pace);
      const [oldest] = paces.keys();
      if (paces.size > KEPT && oldest !== undefined) paces.delete(oldest);
    },
  };
}
export type LoopGuard = ReturnType<typeof loopGuard>;
