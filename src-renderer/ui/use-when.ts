import { useSyncExternalStore } from 'react';
import { useLanguage, useText } from '../text/use-text.ts';
import { relativeWhen } from './when.ts';

/** So often times that are shown are looked at again. */
const TICK_MS = 10_000;

const listeners = new Set<() => void>();
let ticks = 0;
let timer: ReturnType<typeof setInterval> | undefined;

/** One clock for the whole page; it rests while nothing shows a time. */
function listen(listener: () => void): () => void {
  listeners.add(listener);
  timer ??= setInterval(() => {
    ticks += 1;
    for (const tick of listeners) tick();
  }, TICK_MS);
  return () => {
    listeners.delete(listener);
    if (listeners.size > 0) return;
    clearInterval(timer);
    timer = undefined;
  };
}

/** Says times as "2 min ago", and keeps them true while they are shown. */
export function useWhen(): (at: number) => string {
  const { common } = useText();
  const language = useLanguage();
  useSyncExternalStore(listen, () => ticks);
  return (at) => relativeWhen(at, language, common);
}
