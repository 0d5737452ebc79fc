import { useRef } from 'react';
import { newKey } from '../../../queries/new-key.ts';

/**
 * The key of what came back to the field. Its answer may have been lost on the way, and it may be there already: sent again
 * as it was, it goes with the same key, and is written once.
 */
export function useUntaken() {
  const untaken = useRef<{ request: string; key: string }>(undefined);
  return useRef({
    /** For what is sent now. */
    keyOf(request: string): string {
      return untaken.current?.request === request ? untaken.current.key : newKey();
    },
    settled(request: string, key: string, isTaken: boolean): void {
      if (!isTaken) untaken.current = { request, key };
      else if (untaken.current?.request === request) untaken.current = undefined;
    },
    /** Somebody has looked at it and does not want it any more: typed again it is another message. */
    forget(): void {
      untaken.current = undefined;
    },
  }).current;
}
