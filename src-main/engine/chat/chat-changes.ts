import type { ChatMessageRepository } from '../../store/chat-message-repository.ts';
import type { ChatBody, ChatMessageRow } from '../../store/chat-message-row.ts';
import type { Tx } from '../../store/open.ts';
import type { ComposedMessage, Said } from '../messages/compose.ts';
import type { IncomingMessage } from '../messages/read-message.ts';
import { bodyOf, bodyOfSaid } from './chat-body.ts';

/** Who changes something. `isChecked`: that the message is theirs was found out before. */
export interface Author {
  key: string;
  isOutgoing: boolean;
  isChecked?: boolean;
}

type Change = Pick<
  IncomingMessage,
  'stanza' | 'kind' | 'text' | 'stanzaId' | 'emojis' | 'files' | 'isEncrypted'
>;

/** More of them nobody looks at, and a row holds them all. */
const AUTHORS_LIMIT = 500;

/** All that a message says is what its correction says; but what it answers stays, which not every app says again. */
function corrected(message: ChatMessageRow, { reply, ...said }: ChatBody): ChatBody {
  const answered = reply ?? message.body().reply;
  return answered ? { ...said, reply: answered } : said;
}

/** What is done to messages that were said before: they are corrected, taken back, reacted to. */
export function chatChanges({ messages }: { messages: ChatMessageRepository }) {
  const isOf = (message: ChatMessageRow, { key, isOutgoing, isChecked }: Author) =>
    isChecked || (message.author === key && message.isOutgoing === isOutgoing);

  async function react(tx: Tx, message: ChatMessageRow, { key }: Author, emojis: readonly string[]) {
    const { [key]: _, ...others } = message.reactions();
    if (Object.keys(others).length >= AUTHORS_LIMIT) return;
    await messages.react(tx, message, emojis.length === 0 ? others : { ...others, [key]: [...emojis] });
  }

  return {
    /**
     * Resolves with the place of the message that was changed; undefined where nothing was. `apart`: a correction in clear
     * of what was encrypted. Anybody between the two could have written it, so it stands for itself, as what it is.
     */
    async apply(
      tx: Tx,
      chatId: number,
      author: Author,
      change: Change,
    ): Promise<number | 'apart' | undefined> {
      const message = await messages.find(chatId, change.stanzaId, tx);
      if (!message || message.isRetracted || message.notice !== undefined) return undefined;
      if (change.kind === 'reaction') await react(tx, message, author, change.emojis);
      else if (!isOf(message, author)) return undefined;
      else if (change.kind === 'deleted_message') await messages.retract(tx, message);
      else if (message.isEncrypted && !change.isEncrypted) return 'apart';
      else {
        const body = corrected(message, bodyOf(change.stanza, { ...change, replyTo: undefined }));
        await messages.edit(tx, message, body, change.isEncrypted);
      }
      return message.id;
    },

    /** The same for what goes out from here. */
    async applySaid(
      tx: Tx,
      chatId: number,
      author: Author,
      {
        kind,
        originalId,
        said,
        isEncrypted,
      }: Pick<ComposedMessage, 'kind' | 'originalId'> & { said: Said; isEncrypted: boolean },
    ): Promise<number | undefined> {
      const message = await messages.find(chatId, originalId ?? said.target ?? '', tx);
      if (!message || message.isRetracted) return undefined;
      if (kind === 'reaction') await react(tx, message, author, said.emojis ?? []);
      else if (!isOf(message, author)) return undefined;
      else if (kind === 'retraction') await messages.retract(tx, message);
      else await messages.edit(tx, message, corrected(message, bodyOfSaid(said)), isEncrypted);
      return message.id;
    },
  };
}
