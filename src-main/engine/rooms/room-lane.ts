import { reason as why } from '../../../src-shared/text/reasons.ts';
import type { Scope } from '../../base/scope.ts';
import { startOutboxRunner } from '../messages/outbox-runner.ts';
import type { LiveRoomDeps } from './live-room-deps.ts';
import type { RoomNow } from './room-now.ts';

/** For people who look at the state of a message that waited for the room. */
const BECAME_PRIVATE = why('message.room-private', {});

/**
 * The way out to one room. It is open while the account follows the room and knows what that is; before it opens, what
 * waits in clear where nothing is said in clear any more fails.
 */
export function roomLane(deps: LiveRoomDeps, now: RoomNow) {
  const { account, session, store, outbox, conversations, events, clock, logger } = deps;
  const { jid: room } = now.row;
  let lane: Scope | undefined;
  const mayOpen = () => !lane && now.isKnown && now.isFollowed && now.joined?.isJoined === true;

  return {
    async open(): Promise<void> {
      if (!mayOpen()) return;
      const whose = { accountId: account.id, room };
      if (now.row.isPrivate && conversations.isSecret(account, room))
        await store.write((tx) => outbox.failInClear(tx, whose, BECAME_PRIVATE));
      if (!mayOpen()) return;
      const { id: accountId } = account;
      lane = startOutboxRunner({ accountId, session, outbox, store, events, clock, logger, room });
    },
    /** Nothing more goes out; what was handed to the session is on its way. */
    async close(): Promise<void> {
      const open = lane;
      lane = undefined;
      await open?.close();
    },
  };
}
export type RoomLane = ReturnType<typeof roomLane>;
