import type { ChatBody } from './chat-message-row.ts';

/** As many as a long list of conversations shows, and some pages. */
const KEPT = 3_000;

/**
 * What was opened lately, by the nonce of the sealed value, which is another one whenever something is written: a list that
 * is asked for again and again opens each body once.
 */
export function openedBodies() {
  const kept = new Map<string, ChatBody>();
  return (sealed: Buffer, open: () => ChatBody): ChatBody => {
    const nonce = sealed.toString('latin1', 1, 13);
    const known = kept.get(nonce);
    if (known) return known;
    const body = open();
    const oldest = kept.size >= KEPT && kept.keys().next();
    if (oldest && !oldest.done) kept.delete(oldest.value);
    kept.set(nonce, body);
    return body;
  };
}
export type OpenedBodies = ReturnType<typeof openedBodies>;
