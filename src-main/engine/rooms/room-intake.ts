import type { BareJid } from '../../../src-shared/jid.ts';
import type { Clock } from '../../base/clock.ts';
import type { Account } from '../../store/account-repository.ts';
import type { Store, Tx } from '../../store/open.ts';
import type { RoomMessageRepository } from '../../store/room-message-repository.ts';
import type { RoomRepository } from '../../store/room-repository.ts';
import type { AiIntake } from '../ai/ai-intake.ts';
import type { ChatLog } from '../chat/chat-log.ts';
import type { NoticeCode } from '../chat/chat-notices.ts';
import type { ReceivedFiles } from '../files/received-files.ts';
import type { Conversations } from '../messages/conversations.ts';
import { UPDATE_FRESH_MS } from '../messages/inbound-roles.ts';
import type { Outbox } from '../messages/outbox.ts';
import { SILENT_TROUBLES } from '../messages/trouble-notices.ts';
import { type Omemo, RENEWED } from '../omemo/omemo.ts';
import type { UpdateService } from '../updates/update-service.ts';
import { type RoomSaying, type RoomStanza, type RoomView, readSaying } from './read-room-message.ts';
import { roomMessageData } from './room-data.ts';
import type { RoomReaders } from './room-readers.ts';
import { type RoomTroublesDeps, roomTroubles } from './room-troubles.ts';

export interface RoomIntakeDeps extends RoomTroublesDeps {
  store: Store;
  rooms: RoomRepository;
  messages: RoomMessageRepository;
  outbox: Outbox;
  omemo: Omemo;
  conversations: Conversations;
  readers: RoomReaders;
  updates: UpdateService;
  receivedFiles: Pick<ReceivedFiles, 'offer'>;
  ai: Pick<AiIntake, 'takeInRoom'>;
  log: ChatLog;
  clock: Clock;
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
    ai,
    log,
    clock,
  } = deps;
  const troubles = roomTroubles(account, deps);

  /** The person who looks at the room is told; a bot's account has nobody. */
  const noteUnread = async (tx: Tx, room: BareJid, code: NoticeCode): Promise<void> => {
    if (account.botId === undefined) await log.notice(tx, account, room, code, { isRoom: true });
  };

  /** What an encrypted message says; undefined where that cannot be read, or is nothing. */
  async function opened(tx: Tx, from: RoomStanza) {
    const { room, stanza, jid, sentAt } = from;
    const device = account.hasOmemo ? await omemo.own.of(account.id, tx) : undefined;
    if (!device) {
      await noteUnread(tx, room, 'no-device');
      return undefined;
    }
    // What was sent before the device was there was never meant for it.
    const isForUs = sentAt >= device.createdAt;
    if (jid === undefined) {
      if (isForUs) await troubles.tell(tx, from, 'no-address');
      if (isForUs) await noteUnread(tx, room, 'unreadable');
      return undefined;
    }
    const about = { stanza, from: jid, to: room, isRoom: true, isRepairing: isForUs };
    const found = await omemo.open(tx, account, about);
    if (found.kind === 'trouble' && isForUs) {
      await troubles.tell(tx, from, found.why);
      if (!SILENT_TROUBLES.has(found.why))
        await noteUnread(tx, room, RENEWED.has(found.why) ? 'undecryptable' : 'unreadable');
    }
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

  /** What one of the account's AIs answers there, it takes as a question. */
  async function ask(tx: Tx, from: RoomStanza, saying: RoomSaying): Promise<void> {
    const room = await rooms.find(account.id, from.room, tx);
    if (!room) return;
    await ai.takeInRoom(tx, account, { from, saying, room, speakers: await readers.speakers(tx, account) });
  }

  /** Undefined: it is none of anybody's business here. */
  async function understood(tx: Tx, from: RoomStanza, view: RoomView): Promise<RoomSaying | undefined> {
    if (from.isGenerated && account.botId !== undefined) return undefined;
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
        const isFromHere = isOwn && (await outbox.senderOf(tx, account.id, sentAs)) !== undefined;
        if (isFromHere) {
          await outbox.seenInRoom(tx, { accountId: account.id, room }, { id: sentAs, name: stanzaId });
          if (stanzaId !== undefined) await log.namedInRoom(tx, account, room, sentAs, stanzaId);
          // What a person typed in our window is news for bots that read along, as far as it comes back readable.
          if (from.isGenerated || isEncrypted || account.botId !== undefined) return;
        }
        const ids = { name, sentAs: from.id, author, seenAt };
        if (!(await messages.remember(tx, account.id, room, ids))) return;
        if (isEncrypted && account.botId === undefined) await conversations.note(tx, account, room, true);
        const saying = await understood(tx, from, view);
        if (!saying) return;
        if (account.botId === undefined && !isFromHere && saying.kind !== 'subject')
          await log.cameInRoom(tx, account, from, saying, {
            stanzaId: stanzaId ?? (sentAs || from.id),
            target: await targetOf(tx, from, saying),
          });
        if (from.isGenerated) return;
        await tell(tx, from, saying);
        await ask(tx, from, saying);
      }),
  };
}
export type RoomIntake = ReturnType<typeof roomIntake>;
