import { useEffect, useRef, useState } from 'react';
import type { AiDraft, BotAiTested } from '../../../../src-shared/api/ai.ts';
import { testAi } from '../../../queries/bot-ai.ts';

/** What became of a question that tries the values. */
export type Tried =
  | { state: 'none' }
  | { state: 'running'; text: string }
  | { state: 'done'; answer: BotAiTested }
  | { state: 'failed'; message: string }
  | { state: 'stopped'; text: string };

/** Asks with values that may not be saved, and follows the answer as it is written. Leaving the place stops it. */
export function useTest(id: number): {
  tried: Tried;
  ask: (draft: AiDraft, question: string) => Promise<void>;
  stop: () => void;
  forget: () => void;
} {
  const [tried, setTried] = useState<Tried>({ state: 'none' });
  const running = useRef<AbortController>(undefined);
  useEffect(() => () => running.current?.abort(), []);

  async function ask(draft: AiDraft, question: string): Promise<void> {
    running.current?.abort();
    const mine = new AbortController();
    running.current = mine;
    const show = (next: Tried) => {
      if (running.current === mine) setTried(next);
    };
    let text = '';
    show({ state: 'running', text });
    try {
      for await (const { event, data } of testAi(id, { ...draft, question }, mine.signal)) {
        if (event === 'text') {
          text += data.piece;
          show({ state: 'running', text });
        } else if (event === 'done') return show({ state: 'done', answer: data });
        else if (event === 'failed') return show({ state: 'failed', message: data.description });
      }
      // The stream ended without a last word: the engine has gone.
      show({ state: 'stopped', text });
    } catch (error) {
      show(
        mine.signal.aborted
          ? { state: 'stopped', text }
          : { state: 'failed', message: (error as Error).message },
      );
    }
  }
  return {
    tried,
    ask,
    stop: () => running.current?.abort(),
    forget() {
      running.current?.abort();
      running.current = undefined;
      setTried({ state: 'none' });
    },
  };
}
