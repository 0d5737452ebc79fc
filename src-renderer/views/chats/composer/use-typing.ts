import { useEffect, useRef } from 'react';
import type { Chat } from '../../../../src-shared/client/types.ts';
import { typingChat } from '../../../../src-shared/client/window.ts';
import { engine } from '../../../client.ts';

const REST_MS = 5_000;
/** Who hears nothing more for a minute takes it that nobody writes any longer. */
const AGAIN_MS = 30_000;

/** Lets the others see that one writes, that one rests, and that one has done. Nobody is told about notes to oneself. */
export function useTyping({ account, jid, kind }: Chat) {
  const told = useRef<'composing' | 'paused' | 'active'>('active');
  const toldAt = useRef(0);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const acts = useRef({
    tell(state: 'composing' | 'paused' | 'active') {
      const isOld = state === 'composing' && performance.now() - toldAt.current > AGAIN_MS;
      if ((told.current === state && !isOld) || kind === 'self') return;
      told.current = state;
      toldAt.current = performance.now();
      // It is a courtesy: what is not told is not told later.
      typingChat(engine, { account, jid, state }).catch(() => undefined);
    },
    typed(text: string) {
      clearTimeout(timer.current);
      if (text === '' || text.startsWith('/')) return acts.tell('active');
      acts.tell('composing');
      timer.current = setTimeout(() => acts.tell('paused'), REST_MS);
    },
    done() {
      clearTimeout(timer.current);
      acts.tell('active');
    },
  }).current;
  useEffect(() => () => acts.done(), [acts]);
  return acts;
}
