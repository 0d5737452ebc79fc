import type { Clock } from '../../base/clock.ts';
import type { Scope } from '../../base/scope.ts';
import type { IncomingMessage } from './read-message.ts';

interface LateCommandsDeps {
  clock: Clock;
  scope: Scope;
  /** Ends these commands with one notice that lists them. */
  tell: (late: readonly LateCommand[]) => Promise<void>;
  /** While a command waits for the notice nobody else works on it. */
  setAside: (id: string) => void;
  takeBack: (id: string) => void;
}

export interface LateCommand {
  inboxId: string;
  message: IncomingMessage;
}

const COLLECTED_MS = 2_000;

/** Commands that come late usually come together: one notice lists them. Returns the function that takes one. */
export function lateCommands({ clock, scope, tell, setAside, takeBack }: LateCommandsDeps) {
  let late: LateCommand[] = [];
  return (command: LateCommand): void => {
    setAside(command.inboxId);
    late.push(command);
    if (late.length > 1) return;
    clock.after(scope, COLLECTED_MS, () => {
      const listed = late;
      late = [];
      void tell(listed).finally(() => {
        for (const { inboxId } of listed) takeBack(inboxId);
      });
    });
  };
}
