import type { BareJid } from '../../../src-shared/jid.ts';
import type { Clock } from '../../base/clock.ts';
import { Scope } from '../../base/scope.ts';
import type { Session } from '../../gateways/xmpp/session.ts';
import type { ChatState } from '../../gateways/xmpp/xep-0085-chat-states.ts';
import type { AiPlace } from '../../store/ai-question-repository.ts';
import { composeChatState } from '../messages/compose.ts';

interface AiTypingDeps {
  sessions: { of(jid: BareJid): Session | undefined };
  clock: Clock;
}

/** Clients take it down after some time by themselves. */
const AGAIN_MS = 30_000;

/** Shows that an answer is being written (XEP-0085), for as long as it is, and takes it away in any case. */
export function aiTyping({ sessions, clock }: AiTypingDeps) {
  /** Several people of a room may be answered at once: it is taken away with the last. */
  const shown = new Map<string, number>();

  function show(from: BareJid, { to, isRoom }: AiPlace, state: ChatState): void {
    const session = sessions.of(from);
    if (session?.state !== 'online') return;
    // Whether the server has it is of no interest.
    Promise.try(() => session.send(composeChatState(to, state, { isRoom }))).catch(() => undefined);
  }

  return {
    /** Returns the function that takes it away. */
    begin(from: BareJid, place: AiPlace): () => void {
      const key = `${from} ${place.to}`;
      const scope = new Scope();
      const again = () => {
        show(from, place, 'composing');
        clock.after(scope, AGAIN_MS, again);
      };
      shown.set(key, (shown.get(key) ?? 0) + 1);
      again();
      let isOver = false;
      return () => {
        if (isOver) return;
        isOver = true;
        void scope.close();
        const left = (shown.get(key) ?? 1) - 1;
        if (left > 0) shown.set(key, left);
        else {
          shown.delete(key);
          show(from, place, 'active');
        }
      };
    },
    /** It may have been left there by a program that was killed. */
    clear(from: BareJid, place: AiPlace): void {
      if (!shown.has(`${from} ${place.to}`)) show(from, place, 'active');
    },
  };
}
export type AiTyping = ReturnType<typeof aiTyping>;
