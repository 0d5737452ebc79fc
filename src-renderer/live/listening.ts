import { askAfter, openEvents } from '../client.ts';

/** So long everything else waits for the announcements, which something on the way may hold back. */
const WITHIN_MS = 2_000;

const life = new AbortController();
let first: Promise<Response> | undefined;
let isOpen = false;
let isLate = false;

/** Opens the announcements, and has everything else asked after that: no change goes unheard between the two. */
export function listenFirst(): void {
  first = openEvents(life.signal);
  const opened = first.then(
    () => {
      isOpen = true;
    },
    () => undefined,
  );
  const patience = new Promise<void>((resolve) => setTimeout(resolve, WITHIN_MS)).then(() => {
    isLate = !isOpen;
  });
  askAfter(Promise.race([opened, patience]));
}

/** The announcements from now on, at first those that were listened to first. `hasMissed`: something was asked before them. */
export async function listen(signal: AbortSignal): Promise<{ body: Response['body']; hasMissed: boolean }> {
  const opened = first;
  if (!opened) return { body: (await openEvents(signal)).body, hasMissed: false };
  first = undefined;
  signal.addEventListener('abort', () => life.abort());
  return { body: (await opened).body, hasMissed: isLate };
}
