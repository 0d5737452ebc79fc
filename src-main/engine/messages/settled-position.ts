import type { Clock } from '../../base/clock.ts';
import type { Scope } from '../../base/scope.ts';
import type { ArchivePosition } from '../../store/account-repository.ts';

interface SettledPositionDeps {
  clock: Clock;
  scope: Scope;
  /** Stores a position; what fails is for it to report. */
  note: (position: ArchivePosition) => void;
}

const SETTLED_AFTER_MS = 5_000;

/**
 * Notes how far an account has come in its archive, some seconds late: a server may deliver a moment later what it
 * archived earlier, and what is read twice changes nothing. What is newer when the session ends is not noted at all.
 */
export function settledPosition({ clock, scope, note }: SettledPositionDeps) {
  /** Reached since the last look, and before it. */
  let newest: ArchivePosition | undefined;
  let settling: ArchivePosition | undefined;
  let isPlanned = false;

  function plan(): void {
    if (isPlanned) return;
    isPlanned = true;
    clock.after(scope, SETTLED_AFTER_MS, () => {
      isPlanned = false;
      const settled = settling;
      settling = newest;
      newest = undefined;
      if (settled) note(settled);
      if (settling) plan();
    });
  }

  return {
    reached(position: ArchivePosition): void {
      newest = position;
      plan();
    },
    /** What is too new to be noted is read again. */
    forget(): void {
      newest = undefined;
      settling = undefined;
    },
  };
}
