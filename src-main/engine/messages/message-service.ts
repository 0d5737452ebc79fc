import { refuse } from '../../../src-shared/errors.ts';
import type { MessageId } from '../../../src-shared/ids.ts';
import type { BareJid } from '../../../src-shared/jid.ts';
import { checkText } from '../../../src-shared/xml-text.ts';
import { STANZA_LIMIT_BYTES } from '../../gateways/xmpp/element.ts';
import type { Bot } from '../../store/bot-repository.ts';
import type { Store, Tx } from '../../store/open.ts';
import { type ComposedMessage, composeChat } from './compose.ts';
import type { Idempotency } from './idempotency.ts';
import { type MessageTargets, shownId } from './message-targets.ts';
import type { MessageState, Outbox } from './outbox.ts';
import { type MessageType, type Outgoing, speakerOf } from './outgoing.ts';
import type { Post } from './post.ts';

interface MessageServiceDeps {
  store: Store;
  outbox: Outbox;
  post: Post;
  outgoing: Outgoing;
  targets: MessageTargets;
  idempotency: Idempotency;
}

export interface NewMessage {
  to: string;
  text: string;
  /** `groupchat`: to everybody in a room. */
  type?: MessageType | undefined;
  /** The message it answers: the `stanza_id` of an update, or an own id. */
  replyTo?: string | undefined;
  /** The own message whose place it takes. */
  replaceId?: string | undefined;
  /** The same key within a day leads to the same message. */
  idempotencyKey?: string | undefined;
}

/** What programs send through their bot. */
export function messageService({ store, outbox, post, outgoing, targets, idempotency }: MessageServiceDeps) {
  /** The first version of a message of the bot in that conversation; refuses another's, and one that was taken back. */
  async function originalOf(bot: Bot, to: BareJid, id: string, tx?: Tx): Promise<MessageId> {
    const [first] = await outbox.versions(bot.id, id, tx);
    if (first?.conversation !== to || first.isRetracted) {
      throw refuse('message.unknown', { id: shownId(id), to });
    }
    return first.originalId;
  }

  /** The message as the program wants it, and as it may go in clear: what was encrypted is not quoted there. */
  async function compose(
    bot: Bot,
    to: BareJid,
    message: NewMessage,
  ): Promise<{ composed: ComposedMessage; inClear: ComposedMessage }> {
    const { text, type, replyTo, replaceId } = message;
    const answers = replyTo === undefined ? undefined : await targets.find(bot, to, replyTo);
    const corrects = replaceId === undefined ? undefined : await originalOf(bot, to, replaceId);
    const isRoom = type === 'groupchat';
    const composed = composeChat(speakerOf(bot), to, text, { answers, corrects, isRoom });
    checkLength(composed);
    if (!answers?.isSecret) return { composed, inClear: composed };
    const unquoted = { ...answers, excerpt: undefined };
    return {
      composed,
      inClear: composeChat(speakerOf(bot), to, text, { answers: unquoted, corrects, isRoom }),
    };
  }

  return {
    /**
     * Commits a chat message to the outbox and resolves with its id: it is sent until the server acknowledged it,
     * also after a restart. With an idempotency key a repetition resolves with the id of the first request, whatever
     * became of the message meanwhile.
     */
    async send(bot: Bot, message: NewMessage): Promise<MessageId> {
      const { text, type = 'chat', replyTo = null, replaceId = null, idempotencyKey: key } = message;
      const to = await outgoing.recipient(bot, message.to, type);
      checkText('text', text);
      const content = () => JSON.stringify([to, text, replyTo, replaceId]);
      const request = key === undefined ? undefined : { botId: bot.id, key, content: content() };
      const earlier = request && (await idempotency.earlier(request));
      if (earlier) {
        await store.durable();
        return earlier.messageId;
      }
      const { composed, inClear } = await compose(bot, to, message);
      const account = await outgoing.account(bot);
      await post.prepare(account, to);
      return store.write(async (tx) => {
        // The same request may have come twice at once, and the corrected message may just have been taken back.
        const first = request && (await idempotency.earlier(request, tx));
        if (first) return first.messageId;
        if (composed.originalId) await originalOf(bot, to, composed.originalId, tx);
        const isOpen = inClear !== composed && !(await post.isSealed(tx, account, to));
        const fitting = isOpen ? inClear : composed;
        await post.put(tx, { account, botId: bot.id }, fitting);
        if (request) await idempotency.note(tx, request, { messageId: fitting.id });
        return fitting.id;
      });
    },

    /** How far a message of the bot has come; refuses an id that is unknown or forgotten. */
    async stateOf(bot: Bot, id: string): Promise<{ state: MessageState; reason: string | null }> {
      const found = await outbox.stateOf(bot.id, id);
      if (!found) throw refuse('message.not-found', { id: shownId(id) });
      return found;
    },
  };
}
/** Refuses what no stream takes: some characters take more room on the wire than in the text. */
export function checkLength({ stanza }: ComposedMessage): void {
  const bytes = Buffer.byteLength(stanza);
  if (bytes > STANZA_LIMIT_BYTES) throw refuse('message.too-large', { bytes, limit: STANZA_LIMIT_BYTES });
}
export type MessageService = ReturnType<typeof messageService>;
