import type { BotId } from '../../../src-shared/ids.ts';

interface UnderWay {
  botId: BotId;
  /** The AI answers once it is through. */
  switchesOn: boolean;
  /** Resolves when it is over, whatever came of it. */
  over: Promise<void>;
}

/** The set-ups that ask a provider at the moment. What is asked meanwhile is a question for what is set up then. */
export function setUpsUnderWay() {
  const all = new Set<UnderWay>();
  const of = (botId: BotId): readonly UnderWay[] => [...all].filter((one) => one.botId === botId);
  return {
    /** Whether one of them will have switched the AI on. */
    switchesOn: (botId: BotId): boolean => of(botId).some(({ switchesOn }) => switchesOn),
    /** Resolves when those that are under way now are over. */
    async over(botId: BotId): Promise<void> {
      await Promise.all(of(botId).map(({ over }) => over));
    },
    async during<T>(one: Omit<UnderWay, 'over'>, work: () => Promise<T>): Promise<T> {
      const { promise, resolve } = Promise.withResolvers<void>();
      const mine = { ...one, over: promise };
      all.add(mine);
      try {
        return await work();
      } finally {
        all.delete(mine);
        resolve();
      }
    },
  };
}
