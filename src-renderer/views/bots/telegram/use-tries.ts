import { useEffect, useRef, useState } from 'react';
import type { TelegramBot, TelegramChat } from '../../../../src-shared/api/telegram.ts';
import { checkBotTelegram, sayBotTelegramHello } from '../../../../src-shared/client/window.ts';
import { engine } from '../../../client.ts';

/** What became of a test of what is saved. `at`: Unix seconds. */
export type Tried =
  | { what: 'check' | 'hello'; state: 'running' }
  | { what: 'check'; state: 'done'; at: number; ms: number; bot: TelegramBot }
  | { what: 'hello'; state: 'done'; at: number; ms: number; chat: TelegramChat }
  | { what: 'check' | 'hello'; state: 'failed'; at: number; message: string };

export interface Tries {
  /** The last one, while the tab is open. */
  tried: Tried | undefined;
  check: () => Promise<void>;
  hello: () => Promise<void>;
  forget: () => void;
}

const now = () => Math.floor(Date.now() / 1_000);

/** Asks Telegram with what is saved. Leaving the place ends the question. */
export function useTries(id: number): Tries {
  const [tried, setTried] = useState<Tried>();
  const running = useRef<AbortController>(undefined);
  useEffect(() => () => running.current?.abort(), []);

  async function attempt(what: Tried['what'], ask: (signal: AbortSignal) => Promise<Tried>): Promise<void> {
    running.current?.abort();
    const mine = new AbortController();
    running.current = mine;
    setTried({ what, state: 'running' });
    const came = await ask(mine.signal).catch(
      (error: Error): Tried => ({ what, state: 'failed', at: now(), message: error.message }),
    );
    if (running.current === mine && !mine.signal.aborted) setTried(came);
  }
  return {
    tried,
    check: () =>
      attempt('check', async (signal) => {
        const { ms, ...bot } = await checkBotTelegram(engine, { id }, { signal });
        return { what: 'check', state: 'done', at: now(), ms, bot };
      }),
    hello: () =>
      attempt('hello', async (signal) => {
        const { ms, chat } = await sayBotTelegramHello(engine, { id }, { signal });
        return { what: 'hello', state: 'done', at: now(), ms, chat };
      }),
    forget() {
      running.current?.abort();
      running.current = undefined;
      setTried(undefined);
    },
  };
}
