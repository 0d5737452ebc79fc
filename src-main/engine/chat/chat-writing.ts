import { refuse } from '../../../src-shared/errors.ts';
import type { MessageId } from '../../../src-shared/ids.ts';
import type { BareJid } from '../../../src-shared/jid.ts';
import { reason as why } from '../../../src-shared/text/reasons.ts';
import { checkText } from '../../../src-shared/xml-text.ts';
import { emojisIn } from '../../gateways/xmpp/xep-0444-reactions.ts';
import type { Account } from '../../store/account-repository.ts';
import type { ChatMessageRepository } from '../../store/chat-message-repository.ts';
import type { ChatMessageRow } from '../../store/chat-message-row.ts';
import type { ChatRequest } from '../../store/chat-request-repository.ts';
import type { Store, Tx } from '../../store/open.ts';
import type { FilePassage } from '../files/file-passage.ts';
import {
  type ComposedMessage,
  composeChat,
  composeReaction,
  composeRetraction,
  type RetractionFallback,
} from '../messages/compose.ts';
import type { Conversations } from '../messages/conversations.ts';
import { checkLength } from '../messages/message-service.ts';
import type { Outbox } from '../messages/outbox.ts';
import type { Post } from '../messages/post.ts';
import { REACTIONS_LIMIT } from '../messages/reaction-service.ts';
import type { RoomRegistry } from '../rooms/room-registry.ts';
import type { ChatLog } from './chat-log.ts';
import type { ChatRequests } from './chat-requests.ts';
import { chatResending } from './chat-resending.ts';
import { chatSending } from './chat-sending.ts';
import type { ChatSessions } from './chat-sessions.ts';
import { chatTargets } from './chat-targets.ts';

interface ChatWritingDeps {
  store: Store;
  messages: ChatMessageRepository;
  log: ChatLog;
  requests: ChatRequests;
  outbox: Outbox;
  post: Post;
  conversations: Pick<Conversations, 'note' | 'isEncrypted'>;
  rooms: RoomRegistry;
  sessions: ChatSessions;
  files: Pick<FilePassage, 'open' | 'upload' | 'compose' | 'commit'>;
  retractionFallback: RetractionFallback;
}

/** A conversation that is written to. */
export interface WrittenChat {
  account: Account;
  jid: BareJid;
  id: number | undefined;
  kind: 'self' | 'bot' | 'contact' | 'room';
}

/** Where what was written stands. */
export interface Written {
  chatId: number;
  messageId: string;
}

/** Where it goes, and what has to be known before. */
export interface ChatPlaces {
  /** Refuses what could not go: nobody is signed in, or the account is not in the room. */
  of(chat: WrittenChat): Promise<{ account: Account; isRoom: boolean; isByPerson: true }>;
  prepare(chat: WrittenChat, account: Account): Promise<void>;
}

const WITHDRAWN = why('message.withdrawn', {});

/** What a person types in our window: it goes out like anything typed in another client, and means the same. */
export function chatWriting(deps: ChatWritingDeps) {
  const { store, messages, log, requests, outbox, post, conversations, rooms, sessions, retractionFallback } =
    deps;
  const targets = chatTargets({ messages, rooms });

  const places: ChatPlaces = {
    async of({ account: { jid: address }, jid, kind }) {
      const account = await sessions.accountOf(address);
      if (kind === 'room' && !rooms.of(account)?.of(jid)) throw refuse('room.not-joined', { room: jid });
      return { account, isRoom: kind === 'room', isByPerson: true };
    },
    async prepare({ jid, kind }, account) {
      // A bot that is hosted here listens to what is encrypted.
      if (kind === 'bot' && account.hasOmemo && !conversations.isEncrypted(account, jid))
        await store.write((tx) => conversations.note(tx, account, jid, true));
      await post.prepare(account, jid);
    },
  };

  /** Into the outbox, and where somebody's typing means something here, on the same way as from another client. */
  async function put(tx: Tx, account: Account, message: ComposedMessage, isRoom: boolean): Promise<void> {
    const isEncrypted = await post.isSealed(tx, account, message.to);
    await post.put(tx, { account, botId: null }, message);
    if (!isRoom) await sessions.pipelineOf(account)?.typed(tx, message, isEncrypted);
  }

  /** `instead`: the failed message that is sent anew with it. */
  async function send(
    chat: WrittenChat,
    { text, replyTo, replaced }: { text: string; replyTo?: string | undefined; replaced?: ChatMessageRow },
    { instead, request }: { instead?: ChatMessageRow; request?: ChatRequest | undefined } = {},
  ): Promise<Written> {
    const { account, isRoom } = await places.of(chat);
    const { jid } = chat;
    const answers =
      replyTo === undefined ? undefined : targets.answered(chat, await targets.messageOf(chat, replyTo));
    const corrects = replaced?.messageId as MessageId | undefined;
    const options = { corrects, isRoom, isByPerson: true };
    const composed = composeChat(account.jid, jid, text, { ...options, answers });
    checkLength(composed);
    const inClear = answers?.isSecret
      ? composeChat(account.jid, jid, text, { ...options, answers: { ...answers, excerpt: undefined } })
      : composed;
    await places.prepare(chat, account);
    return store.write(async (tx) => {
      const chatId = await log.open(tx, account, jid, isRoom);
      const first = await requests.earlierIn(tx, request);
      if (first !== undefined) return { chatId, messageId: first };
      const isOpen = inClear !== composed && !(await post.isSealed(tx, account, jid));
      const fitting = isOpen ? inClear : composed;
      if (instead) await resending.replace(tx, chat, instead);
      await put(tx, account, fitting, isRoom);
      const messageId = replaced?.messageId ?? fitting.id;
      await requests.note(tx, request, messageId);
      return { chatId, messageId };
    });
  }
  const resending = chatResending({ store, messages, log, post, places, targets, put, write: send });

  return {
    ...chatSending({ store, log, sessions, requests, files: deps.files, places, put }),
    retry: resending.retry,

    /**
     * Commits a message to the outbox, and resolves with what is shown of it: it is sent until the server acknowledged
     * it, also after a restart. It may answer another message, or take the place of an own one; one that nobody got is sent
     * anew instead. With a key, a repetition resolves with what the first request led to.
     */
    async write(
      chat: WrittenChat,
      {
        text,
        replyTo,
        replaceId,
        key,
      }: {
        text: string;
        replyTo?: string | undefined;
        replaceId?: string | undefined;
        key?: string | undefined;
      },
    ): Promise<Written> {
      checkText('text', text);
      const what = ['text', chat.jid, text, replyTo ?? null, replaceId ?? null];
      const request = requests.of(chat.account, key, what);
      const first = await requests.earlier(request);
      if (first !== undefined && chat.id !== undefined) return { chatId: chat.id, messageId: first };
      if (replaceId === undefined) return send(chat, { text, replyTo }, { request });
      const replaced = await targets.typedOf(chat, replaceId);
      if (replaced.state !== 'failed') return send(chat, { text, replyTo, replaced }, { request });
      const answered = replyTo ?? (await targets.answeredBy(chat, replaced));
      return send(chat, { text, replyTo: answered }, { instead: replaced, request });
    },

    /** Takes an own message back. One that has certainly not left is never seen by anybody. */
    async retract(chat: WrittenChat, id: string): Promise<void> {
      const own = await targets.ownOf(chat, id);
      const messageId = own.messageId as MessageId;
      const { account, isRoom, isByPerson } = await places.of(chat);
      const forget = async (tx: Tx) => {
        await messages.retract(tx, own);
        log.announce(tx, account, chat.jid, own.id);
      };
      if (own.state === 'failed') return store.write(forget);
      const release = outbox.holdBack(messageId, isRoom ? chat.jid : undefined);
      if (release) {
        try {
          return await store.write(async (tx) => {
            await outbox.settle(tx, messageId, 'failed', { reason: WITHDRAWN });
            await forget(tx);
          });
        } finally {
          release();
        }
      }
      await places.prepare(chat, account);
      const target = targets.nameOnWire(chat, own);
      const fallback = await retractionFallback(account);
      const composed = composeRetraction(chat.jid, target, fallback, { isRoom, isByPerson });
      await store.write((tx) => put(tx, account, composed, isRoom));
    },

    /** Puts these emojis in the place of all that the person gave to that message before; none takes them back. */
    async react(chat: WrittenChat, id: string, reaction: string): Promise<void> {
      const emojis = emojisIn(reaction);
      if (!emojis || emojis.length > REACTIONS_LIMIT)
        throw refuse('reaction.not-emoji', { limit: REACTIONS_LIMIT });
      const target = await targets.messageOf(chat, id);
      const { account, isRoom, isByPerson } = await places.of(chat);
      await places.prepare(chat, account);
      const composed = composeReaction(chat.jid, targets.nameOnWire(chat, target), emojis, {
        isRoom,
        isByPerson,
      });
      await store.write((tx) => put(tx, account, composed, isRoom));
    },
  };
}
export type ChatWriting = ReturnType<typeof chatWriting>;
