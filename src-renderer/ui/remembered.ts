import { useState } from 'react';
import { remember, remembered } from '../memory.ts';

/** A value of the page itself (a width, what is open) that is kept on this machine. */
export function useRemembered<T>(name: string, initial: T): [T, (value: T) => void] {
  const [value, setValue] = useState<T>(() => {
    try {
      return JSON.parse(remembered(name) ?? 'null') ?? initial;
    } catch {
      // Not ours any more.
      return initial;
    }
  });
  return [
    value,
    (next) => {
      setValue(next);
      remember(name, JSON.stringify(next));
    },
  ];
}
