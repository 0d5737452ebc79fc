import { useEffect, useRef } from 'react';
import { changeChat } from '../../../../src-shared/client/window.ts';
import { engine } from '../../../client.ts';
import type { ChatKey } from '../../../queries/chats.ts';

const PAUSE_MS = 700;

/** Keeps what is typed and not sent with the conversation: shortly after the last letter, and when one leaves. */
export function useDraft({ account, jid }: ChatKey, initial: string) {
  const kept = useRef<string | undefined>(initial);
  const wanted = useRef(initial);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);

  const acts = useRef({
    flush() {
      clearTimeout(timer.current);
      if (wanted.current === kept.current) return;
      const draft = wanted.current;
      kept.current = draft;
      // It is kept by the next change, should this one be lost.
      changeChat(engine, { account, jid, draft }).catch(() => {
        kept.current = undefined;
      });
    },
    note(text: string) {
      wanted.current = text;
      clearTimeout(timer.current);
      timer.current = setTimeout(() => acts.flush(), PAUSE_MS);
    },
    /** At once. */
    keep(text: string) {
      acts.note(text);
      acts.flush();
    },
  }).current;

  useEffect(() => () => acts.flush(), [acts]);
  return acts;
}
