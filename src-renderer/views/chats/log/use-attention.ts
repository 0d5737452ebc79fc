import { useEffect, useRef, useSyncExternalStore } from 'react';
import type { Chat } from '../../../../src-shared/client/types.ts';
import { readChat } from '../../../../src-shared/client/window.ts';
import { engine } from '../../../client.ts';

const isHere = () => document.visibilityState === 'visible' && document.hasFocus();
function onAttention(listener: () => void): () => void {
  const targets: [EventTarget, string][] = [
    [window, 'focus'],
    [window, 'blur'],
    [document, 'visibilitychange'],
  ];
  for (const [target, name] of targets) target.addEventListener(name, listener);
  return () => {
    for (const [target, name] of targets) target.removeEventListener(name, listener);
  };
}

/** Whether somebody looks at this window: it is in sight, and what is typed goes to it. */
export const useAttention = (): boolean => useSyncExternalStore(onAttention, isHere);

/** Tells how far a conversation was read: up to the last message that was in sight while somebody looked. */
export function useReading(chat: Chat, lastInSight: number | undefined): void {
  const isLooking = useAttention();
  const told = useRef(0);
  const { account, jid, unread, read_up_to: readUpTo } = chat;
  useEffect(() => {
    if (!isLooking || lastInSight === undefined || unread === 0) return;
    if (lastInSight <= Math.max(told.current, readUpTo ?? 0)) return;
    told.current = lastInSight;
    readChat(engine, { account, jid, up_to: lastInSight }).catch(() => {
      // The next message in sight tells it again.
      told.current = 0;
    });
  }, [isLooking, lastInSight, unread, readUpTo, account, jid]);
}
