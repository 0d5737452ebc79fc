import type { BareJid } from '../../../src-shared/jid.ts';
import type { Clock } from '../../base/clock.ts';
import type { Logger } from '../../base/logger.ts';
import { type Session, SessionLost, StanzaError } from '../../gateways/xmpp/session.ts';
import { type ArchivedMessage, queryArchive } from '../../gateways/xmpp/xep-0313-archive.ts';
import type { RoomPosition } from '../../store/room-repository.ts';
import { UPDATE_FRESH_MS } from '../messages/inbound-roles.ts';

interface RoomCatchUpDeps {
  session: Session;
  room: BareJid;
  clock: Clock;
  logger: Logger;
}

const PAGE = 50;
/** Clocks differ: a little that is known already is read again. */
const MARGIN_MS = 2 * 60 * 1_000;
const ATTEMPTS = 3;

/** Reads from a room's archive (XEP-0313) what was said there while we were away. */
export function roomCatchUp({ session, room, clock, logger }: RoomCatchUpDeps) {
  async function pageAfter({ archiveId, atMs }: RoomPosition) {
    const start = Math.max(atMs - MARGIN_MS, clock.now() - UPDATE_FRESH_MS);
    const byTime = () => queryArchive(session, { archive: room, start, max: PAGE });
    if (archiveId === undefined) return byTime();
    try {
      return await queryArchive(session, { archive: room, after: archiveId, max: PAGE });
    } catch (error) {
      // The archive no longer has that message.
      if (error instanceof StanzaError && error.condition === 'item-not-found') return byTime();
      throw error;
    }
  }

  async function readAll(
    from: RoomPosition,
    take: (message: ArchivedMessage) => Promise<void>,
    isCurrent: () => boolean,
  ): Promise<void> {
    let position = from;
    while (isCurrent()) {
      const page = await pageAfter(position);
      for (const message of page.messages) await take(message);
      const archiveId = page.last ?? page.messages.at(-1)?.archiveId;
      // Without the second condition a room that gives the same page again would be asked for ever.
      if (page.isComplete || archiveId === undefined || archiveId === position.archiveId) return;
      position = { archiveId, atMs: page.messages.at(-1)?.stampMs ?? position.atMs };
    }
  }

  return {
    /**
     * Hands over what came after that position, oldest first. What cannot be read is missing then: rooms go on. Rejects
     * when the session is lost: the rest can be read in the next one.
     */
    async read(
      from: RoomPosition,
      take: (message: ArchivedMessage) => Promise<void>,
      isCurrent: () => boolean,
    ): Promise<void> {
      for (let attempt = 1; isCurrent(); attempt += 1) {
        try {
          return await readAll(from, take, isCurrent);
        } catch (error) {
          if (!isCurrent()) return;
          if (error instanceof SessionLost) throw error;
          logger.warn({ err: error, room, attempt }, 'the archive of a room could not be read');
          if (attempt === ATTEMPTS) return;
        }
      }
    },
    /** The newest that the archive has: for a later look. Undefined where it is empty, or cannot be read. */
    async newest(): Promise<string | undefined> {
      try {
        return (await queryArchive(session, { archive: room, max: 1, before: '' })).messages.at(-1)
          ?.archiveId;
      } catch (error) {
        if (error instanceof SessionLost) throw error;
        logger.warn({ err: error, room }, 'the archive of a room could not be asked');
        return undefined;
      }
    },
  };
}
