import type { EngineEvents } from '../../../src-shared/events.ts';
import type { AccountId, BotId, MessageId } from '../../../src-shared/ids.ts';
import type { BareJid } from '../../../src-shared/jid.ts';
import type { Clock } from '../../base/clock.ts';
import type { Emitter } from '../../base/emitter.ts';
import type { Tx } from '../../store/open.ts';
import type { Lane, OutboxRepository, Settled } from '../../store/outbox-repository.ts';
import type { SettledState } from '../../store/outbox-statements.ts';
import type { ComposedMessage } from './compose.ts';

interface OutboxDeps {
  repository: OutboxRepository;
  events: Emitter<EngineEvents>;
  clock: Clock;
  /** Takes part in the unit in which messages got the same new state. */
  onSettled?: (tx: Tx, news: readonly MessageNews[]) => Promise<void>;
}

/** A message has a new state. */
export interface MessageNews {
  accountId: AccountId;
  messageId: string;
  /** Null: the installation itself sent it. */
  botId: BotId | null;
  conversation: string;
  isRoom: boolean;
  state: SettledState;
  /** Why it failed. */
  reason: string | undefined;
}

/** `sent` is not stored: written to the stream, and the server has not said yet that it has it. */
export type MessageState = 'queued' | 'sent' | SettledState;

const DAY_MS = 24 * 60 * 60 * 1_000;
/** How long a message can be asked for, corrected, taken back, answered or reacted to. */
export const MESSAGE_KEPT_MS = 30 * DAY_MS;
/** How long its text is kept after it was settled: an answer to it quotes it. */
const TEXT_KEPT_MS = DAY_MS;
/** The reason of a failure is a line, whatever a server wrote. */
const REASON_LENGTH = 300;

/** The only way out: what is committed here is sent, in order, until the server has it. */
export function outbox({ repository, events, clock, onSettled }: OutboxDeps) {
  /** Queued since the start and never handed to a stream: these, and only these, have certainly not left. */
  const unsent = new Map<string, AccountId>();
  /** Handed to a stream, and not known to have arrived; with who handed it over. */
  const onTheWay = new Map<string, object | undefined>();
  /** The server has these, and that waits to be stored. */
  const arrived = new Set<string>();
  /** About to be taken out: they and what follows them wait for the outcome. */
  const heldBack = new Set<string>();
  let erasedUpTo = 0;

  events.on('account.removed', ({ accountId }) => {
    for (const [id, owner] of unsent) if (owner === accountId) unsent.delete(id);
  });

  /** Tells of messages that have just come to that state. */
  async function tell(
    tx: Tx,
    rows: readonly Settled[],
    { state, reason }: Pick<MessageNews, 'state' | 'reason'>,
  ): Promise<void> {
    const news = rows.filter(({ kind }) => kind === 'message').map((row) => ({ ...row, state, reason }));
    if (news.length > 0) await onSettled?.(tx, news);
    tx.afterCommit(() => {
      for (const { messageId } of rows) {
        unsent.delete(messageId);
        onTheWay.delete(messageId);
      }
      for (const { messageId, botId } of news)
        events.emit('message.state-changed', { messageId, botId, state });
    });
  }

  return {
    /** Puts a finished message on its way, in the caller's unit. */
    async put(
      tx: Tx,
      from: { accountId: AccountId; botId: BotId | null },
      message: ComposedMessage,
    ): Promise<void> {
      await repository.insert(tx, {
        id: message.id,
        accountId: from.accountId,
        botId: from.botId,
        conversation: message.to,
        kind: message.kind,
        originalId: message.originalId,
        stanza: message.stanza,
        plain: message.plain,
        isRoom: message.isRoom,
        createdAt: clock.now(),
      });
      tx.afterCommit(() => {
        unsent.set(message.id, from.accountId);
        const ofBot = from.botId !== null && message.kind === 'message' && { botId: from.botId };
        events.emit('message.queued', { accountId: from.accountId, ...roomOf(message), ...ofBot });
      });
    },

    /** It was handed to a stream, by that session. */
    noteSent(id: MessageId, session?: object): void {
      unsent.delete(id);
      onTheWay.set(id, session);
    },
    /** That session has it, and has said neither that it arrived nor that it was lost. */
    isOnTheWay: (id: string, session: object): boolean => onTheWay.get(id) === session,
    /** Its stream is gone, and nobody knows whether it arrived: it waits to be sent again. */
    noteLost: (id: MessageId) => void onTheWay.delete(id),

    /**
     * Keeps a message, and all behind it, from being sent until the returned function is called. Undefined when it may
     * have left already.
     */
    holdBack(id: MessageId, room?: BareJid): (() => void) | undefined {
      const accountId = unsent.get(id);
      if (accountId === undefined || heldBack.has(id)) return undefined;
      heldBack.add(id);
      return () => {
        heldBack.delete(id);
        events.emit('message.queued', { accountId, ...(room && { room }) });
      };
    },
    /** Some session has it, and it is not known to have arrived. */
    hasLeft: (id: string): boolean => onTheWay.has(id),
    isHeldBack: (id: MessageId) => heldBack.has(id),

    /** The server has it: `acknowledge` follows. News that comes before that does not overtake it. */
    noteArrived: (id: string) => void arrived.add(id),
    /** `acknowledge` is through for these. */
    noteStored(ids: readonly string[]): void {
      for (const id of ids) arrived.delete(id);
    },
    /** The server has these. */
    async acknowledge(tx: Tx, messageIds: readonly string[]): Promise<void> {
      const rows = await repository.acknowledge(tx, messageIds, clock.now());
      if (rows.length > 0) await tell(tx, rows, { state: 'acked', reason: undefined });
    },
    /**
     * News of a message: the server has it (`acked`), the recipient's client got or showed it, or it will not get
     * there (`failed`). News that somebody sends counts only from the one the message went to.
     */
    async settle(
      tx: Tx,
      messageId: string,
      state: SettledState,
      news: { reason?: string | undefined; accountId?: AccountId; from?: BareJid } = {},
    ): Promise<void> {
      if (arrived.has(messageId)) await this.acknowledge(tx, [messageId]);
      const { accountId, from } = news;
      const reason = news.reason?.slice(0, REASON_LENGTH) ?? null;
      const row = await repository.settle(tx, messageId, state, { reason, at: clock.now(), accountId, from });
      if (row) await tell(tx, [row], { state, reason: reason ?? undefined });
    },

    /** Where a bot's message stands; undefined when it is not this bot's or was forgotten. */
    async stateOf(
      botId: BotId,
      id: string,
    ): Promise<{ state: MessageState; reason: string | null } | undefined> {
      // Asked before the row is read: what is acknowledged meanwhile shows in the row.
      const wasOnTheWay = onTheWay.has(id);
      const row = await repository.stateOf(botId, id);
      return row?.state === 'queued' && wasOnTheWay ? { ...row, state: 'sent' } : row;
    },

    /** A message was seen in its room, where it has that name. */
    async seenInRoom(
      tx: Tx,
      { accountId, room }: { accountId: AccountId; room: BareJid },
      { id, name }: { id: string; name: string | undefined },
    ): Promise<void> {
      if (name !== undefined) await repository.nameInRoom(tx, accountId, id, name);
      await this.settle(tx, id, 'delivered', { accountId, from: room });
    },
    /** What waits for a room will not get there. */
    async failForRoom(tx: Tx, accountId: AccountId, room: BareJid, reason: string): Promise<void> {
      for (const id of await repository.waitingForRoom(tx, accountId, room)) {
        if (arrived.has(id)) await this.acknowledge(tx, [id]);
        else await this.settle(tx, id, 'failed', { reason });
      }
    },
    /** What waits in clear for a room where nothing is said in clear now will not get there. */
    async failInClear(
      tx: Tx,
      { accountId, room }: { accountId: AccountId; room: BareJid },
      reason: string,
    ): Promise<void> {
      for (const id of await repository.waitingForRoom(tx, accountId, room, { isInClear: true })) {
        // What has left cannot be held any more, and its sender shall know that it has.
        if (!onTheWay.has(id)) await this.settle(tx, id, 'failed', { reason });
      }
    },
    ownOfRoom: repository.ownOfRoom,
    senderOf: repository.senderOf,
    waiting: (accountId: AccountId, afterSeq: number, limit: number, lane?: Lane) =>
      repository.waiting(accountId, afterSeq, limit, lane),
    versions: repository.versions,
    retract: repository.retract,

    /** Erases texts that are no longer quoted, and forgets what is no longer asked for. */
    async expire(tx: Tx): Promise<void> {
      const textBefore = clock.now() - TEXT_KEPT_MS;
      await repository.eraseStanzas(tx, erasedUpTo, textBefore);
      tx.afterCommit(() => {
        erasedUpTo = textBefore;
      });
      await repository.forgetSettledBefore(tx, clock.now() - MESSAGE_KEPT_MS);
    },
  };
}
export type Outbox = ReturnType<typeof outbox>;

const roomOf = ({ isRoom, to }: ComposedMessage) => (isRoom ? { room: to } : {});
