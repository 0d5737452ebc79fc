import type { CalledCaller } from '../../../src-shared/access.ts';
import type { EngineEvents } from '../../../src-shared/events.ts';
import type { BotId } from '../../../src-shared/ids.ts';
import type { Clock } from '../../base/clock.ts';
import type { Emitter } from '../../base/emitter.ts';
import type { Logger } from '../../base/logger.ts';
import type { Tx } from '../../store/open.ts';
import type {
  TelegramOutgoing,
  TelegramOutgoingRepository,
} from '../../store/telegram-outgoing-repository.ts';
import type { TelegramRecentRepository } from '../../store/telegram-recent-repository.ts';
import type { AuditTrail } from '../audit/audit-trail.ts';
import type { OwnerNotices } from '../notices/owner-notices.ts';
import { beginningOfTask } from './telegram-words.ts';

interface TelegramDropsDeps {
  outgoing: TelegramOutgoingRepository;
  recents: TelegramRecentRepository;
  notices: Pick<OwnerNotices, 'tell'>;
  audit: AuditTrail;
  events: Emitter<EngineEvents>;
  clock: Clock;
  logger: Logger;
}

const DAY_MS = 24 * 60 * 60_000;
/** Of each bot: as many updates wait of one conversation. */
export const WAITING_AT_MOST = 1_000;
const WAITING_KEPT_DAYS = 7;
/** In one go; what is left goes the next time. */
const AT_ONCE = 1_000;
const ENGINE: CalledCaller = { actor: 'engine', from: '' };

/**
 * What waits for Telegram without end is dropped: the newest where there is no room, the oldest after a week; and what can
 * never be done there.
 */
export function telegramDrops(deps: TelegramDropsDeps) {
  const { outgoing, recents, notices, audit, events, clock, logger } = deps;

  /** How messages that are dropped begin, as a list that grows until its owner is told. */
  const listOf = (beginnings: readonly string[]) => Object.fromEntries(beginnings.map((one) => [one, '']));

  return {
    isFull: async (tx: Tx, botId: BotId): Promise<boolean> =>
      (await outgoing.countOf(botId, tx)) >= WAITING_AT_MOST,

    /** There was no room for a message. */
    async noRoom(tx: Tx, botId: BotId, beginning: string): Promise<void> {
      logger.warn({ botId }, 'too much waits for Telegram, and a message is left out');
      const messages = listOf([beginning]);
      await audit.note(tx, ENGINE, { action: 'telegram.dropped', botId, details: 'too many wait' });
      await notices.tell(tx, botId, 'telegram-full', { limit: WAITING_AT_MOST, messages });
    },

    /** A message was taken back here, and stands in the group that became the linked one: nobody changes what is there. */
    async outOfReach(tx: Tx, botId: BotId): Promise<void> {
      logger.info({ botId }, 'what stands in the group before cannot be taken back at Telegram');
      await audit.note(tx, ENGINE, {
        action: 'telegram.dropped',
        botId,
        details: 'taken back in the group before',
      });
      await notices.tell(tx, botId, 'telegram-out-of-reach');
    },

    /** Drops what has waited for too long; what was taken back here goes on being taken back there. */
    async expire(tx: Tx): Promise<void> {
      const createdAt = clock.now() - WAITING_KEPT_DAYS * DAY_MS;
      const old = await outgoing.before(tx, createdAt, AT_ONCE);
      const gone: TelegramOutgoing[] = [];
      for (const row of old) {
        const { id, task } = row;
        if (task.kind === 'delete') {
          await outgoing.waitsSince(tx, id, clock.now());
          continue;
        }
        gone.push(row);
        await outgoing.end(tx, id);
        await recents.drop(tx, id);
      }
      for (const [botId, rows] of Map.groupBy(gone, ({ botId }) => botId)) {
        const count = rows.length;
        logger.warn({ botId, count }, 'what waited for Telegram for too long is left out');
        const messages = listOf(rows.map(({ task }) => beginningOfTask(task)));
        await audit.note(tx, ENGINE, { action: 'telegram.dropped', botId, details: `${count} too old` });
        await notices.tell(tx, botId, 'telegram-too-old', { days: WAITING_KEPT_DAYS, messages });
        tx.afterCommit(() => events.emit('telegram.changed', { botId }));
      }
    },
  };
}
export type TelegramDrops = ReturnType<typeof telegramDrops>;
