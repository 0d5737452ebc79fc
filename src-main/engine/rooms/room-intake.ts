import type { Clock } from '../../base/clock.ts';
import type { Logger } from '../../base/logger.ts';
import type { Account } from '../../store/account-repository.ts';
import type { Store, Tx } from '../../store/open.ts';
import type { RoomMessageRepository } from '../../store/room-message-repository.ts';
import type { RoomRepository } from '../../store/room-repository.ts';
import type { ReceivedFiles } from '../files/received-files.ts';
import type { Conversations } from '../messages/conversations.ts';
import { UPDATE_FRESH_MS } from '../messages/inbound-roles.ts';
import type { Outbox } from '../messages/outbox.ts';
import type { Omemo } from '../omemo/omemo.ts';
import type { UpdateService } from '../updates/update-service.ts';
import { type RoomSaying, type RoomStanza, type RoomView, readSaying } from './read-room-message.ts';
import { roomMessageData } from './room-data.ts';
import type { RoomReaders } from './room-readers.ts';

export interface RoomIntakeDeps {
  store: Store;
  rooms: RoomRepository;
  messages: RoomMessageRepository;
  outbox: Outbox;
  omemo: Omemo;
  conversations: Conversations;
  readers: RoomReaders;
  updates: UpdateService;
  receivedFiles: Pick<ReceivedFiles, 'offer'>;
  clock: Clock;
  logger: Logger;
}

type Said = Exclude<RoomSaying, { kind: 'subject' }>;

/**
 * What comes from rooms, one unit for each message: that it was seen, the ratchet it moved, the updates it became and
 * how far the room was followed are one commit. Whatever copies of it come, it is told once.
 */
export function roomIntake(account: Account, deps: RoomIntakeDeps) {
  const {
    store,
    rooms,
    messages,
    outbox,
    omemo,
    conversations,
    readers,
    updates,
    receivedFiles,
    clock,
    logger,
  } = deps;

  /** What an encrypted message says; undefined where that cannot be read, or is nothing. */
  async function opened(tx: Tx, { room, stanza, jid, sentAt }: RoomStanza) {
    const device = account.hasOmemo ? await omemo.own.of(account.id, tx) : undefined;
    if (!device || jid === undefined) return undefined;
    // What was sent before the device was there was never meant for it.
    const isRepairing = sentAt >= device.createdAt;
    const found = await omemo.open(tx, account, { stanza, from: jid, to: room, isRoom: true, isRepairing });
    if (found.kind === 'trouble')
      logger.info({ account: account.jid, room, why: found.why }, 'a message of a room cannot be decrypted');
    return found.kind === 'opened' ? found.stanza : undefined;
  }

  /** The message that this one is about, under the name that programs know it by; undefined where that is nothing of theirs. */
  async function targetOf(tx: Tx, { room, author }: RoomStanza, saying: Said): Promise<string | undefined> {
    const { kind, target, isByRoom } = saying;
    if (target === undefined) return undefined;
    const own = await outbox.ownOfRoom(tx, account.id, room, target);
    if (kind === 'reaction' || (kind === 'deleted_message' && isByRoom)) return own ?? target;
    // Only who wrote a message may change it.
    return author === '' ? undefined : messages.nameOf(tx, account.id, room, { id: target, author });
  }

  async function tell(tx: Tx, from: RoomStanza, saying: RoomSaying): Promise<void> {
    const { room, isEncrypted, sentAt } = from;
    if (clock.now() - sentAt >= UPDATE_FRESH_MS) return;
    const kind = saying.kind === 'subject' ? 'message' : saying.kind;
    const takers = await readers.ofSaying(tx, account, kind, isEncrypted);
    if (takers.length === 0) return;
    const changes = saying.kind !== 'subject' && saying.kind !== 'message';
    const target = changes ? await targetOf(tx, from, saying) : (from.stanzaId ?? (from.sentAs || from.id));
    if (target === undefined) return;
    const answered = saying.kind === 'subject' ? undefined : saying.replyTo;
    const replyTo =
      answered === undefined
        ? undefined
        : ((await outbox.ownOfRoom(tx, account.id, room, answered)) ?? answered);
    const about = { account: account.jid, stanzaId: target, replyTo, isEncrypted };
    const files = saying.kind === 'subject' ? [] : saying.files;
    for (const { id } of takers) {
      const data = roomMessageData(from, saying, about, await receivedFiles.offer(tx, id, files));
      await updates.queue(tx, id, { type: kind, conversation: room, data });
    }
  }

  /** Undefined: it is none of anybody's business here. */
  async function understood(tx: Tx, from: RoomStanza, view: RoomView): Promise<RoomSaying | undefined> {
    if (from.isGenerated) return undefined;
    // The owner's hand at another client counts as what the owner writes; a bot has no other.
    if (from.isOwn && account.botId !== undefined) return undefined;
    if (!from.isEncrypted) return readSaying(from.stanza, from, view);
    const stanza = await opened(tx, from);
    return stanza && readSaying(stanza, from, view);
  }

  return {
    /** Stores what a message means; resolves when that is committed. */
    take: (from: RoomStanza, view: RoomView): Promise<void> =>
      store.write(async (tx) => {
        const { room, name, sentAs, author, stanzaId, isOwn, isEncrypted } = from;
        const seenAt = clock.now();
        if (stanzaId !== undefined || !from.isOld)
          await rooms.notePosition(tx, account.id, room, { archiveId: stanzaId, atMs: seenAt });
        if (isOwn && (await outbox.senderOf(tx, account.id, sentAs))) {
          await outbox.seenInRoom(tx, { accountId: account.id, room }, { id: sentAs, name: stanzaId });
          return;
        }
        const ids = { name, sentAs: from.id, author, seenAt };
        if (!(await messages.remember(tx, account.id, room, ids))) return;
        if (isEncrypted && account.botId === undefined) await conversations.note(tx, account, room, true);
        const saying = await understood(tx, from, view);
        if (saying) await tell(tx, from, saying);
      }),
  };
}
export type RoomIntake = ReturnType<typeof roomIntake>;
