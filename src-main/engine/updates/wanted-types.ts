import type { Bot, BotRepository } from '../../store/bot-repository.ts';
import type { Store } from '../../store/open.ts';

export const DEFAULT_UPDATE_TYPES = ['message'] as const;

/** What a program that chose these types gets; undefined: it made no choice. */
export const typesAskedFor = (chosen: readonly string[] | undefined): readonly string[] =>
  chosen ?? DEFAULT_UPDATE_TYPES;

/**
 * Whether a bot's program asks for updates of that type: with setWebhook while that is set, else with its last call that
 * fetched updates. What nobody asks for is not queued.
 */
export const asksFor = (bot: Bot, type: string): boolean => typesAskedFor(bot.updateTypes).includes(type);

/** What programs ask for when they fetch updates, remembered over restarts. */
export function wantedTypes({ store, bots }: { store: Store; bots: BotRepository }) {
  return {
    /**
     * Notes the types of a call that fetches updates or listens to them: every such entrance calls it before it reads, and
     * what the call does not name is not queued from then on.
     */
    async note(bot: Bot, types: readonly string[]): Promise<void> {
      const before = typesAskedFor(await bots.polledTypes(bot.id));
      const isSame =
        before.length === types.length && types.every((type) => before.some((one) => one === type));
      if (!isSame) await store.write((tx) => bots.setPolledTypes(tx, bot.id, types));
    },
  };
}
export type WantedTypes = ReturnType<typeof wantedTypes>;
