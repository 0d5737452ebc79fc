import { useEffect, useState } from 'react';

const secondsUntil = (at: number) => Math.max(0, Math.ceil(at - Date.now() / 1_000));

/** How many seconds are left until an instant (Unix seconds), as they go by; it rests when none are left. */
export function useSecondsUntil(at: number): number {
  const [left, setLeft] = useState(() => secondsUntil(at));
  useEffect(() => {
    setLeft(secondsUntil(at));
    const timer = setInterval(() => {
      const next = secondsUntil(at);
      setLeft(next);
      if (next === 0) clearInterval(timer);
    }, 1_000);
    return () => clearInterval(timer);
  }, [at]);
  return left;
}
