import { type ReactNode, useEffect, useState } from 'react';

/** Most answers are there sooner than this, and then nothing should flash. */
const SHOW_AFTER_MS = 150;

/** What is shown only when an answer takes its time. */
export function Delayed({ children }: { children: ReactNode }) {
  const [isShown, setShown] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setShown(true), SHOW_AFTER_MS);
    return () => clearTimeout(timer);
  }, []);
  return isShown ? children : null;
}
