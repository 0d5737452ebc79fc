import type { EngineEvents } from '../../../src-shared/events.ts';
import type { BotId } from '../../../src-shared/ids.ts';
import type { Emitter } from '../../base/emitter.ts';

/** Counts the questions of programs that are under way: of those, unlike of what is asked in chats, nothing is stored. */
export function pendingAsks(events: Emitter<EngineEvents>) {
  const counts = new Map<BotId, number>();
  const add = (botId: BotId, more: 1 | -1) => {
    const count = (counts.get(botId) ?? 0) + more;
    if (count === 0) counts.delete(botId);
    else counts.set(botId, count);
    events.emit('ai.used', { botId });
  };
  return {
    of: (botId: BotId): number => counts.get(botId) ?? 0,
    async during<T>(botId: BotId, ask: () => Promise<T>): Promise<T> {
      add(botId, 1);
      try {
        return await ask();
      } finally {
        add(botId, -1);
      }
    },
  };
}
