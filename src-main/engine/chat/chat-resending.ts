import { refuse } from '../../../src-shared/errors.ts';
import { aesgcmUrl } from '../../gateways/omemo/aesgcm-file.ts';
import type { Account } from '../../store/account-repository.ts';
import type { ChatMessageRepository } from '../../store/chat-message-repository.ts';
import type { ChatFileSource, ChatMessageRow } from '../../store/chat-message-row.ts';
import type { Store, Tx } from '../../store/open.ts';
import { fromHex } from '../files/fetch-source.ts';
import { type ComposedMessage, composeChat } from '../messages/compose.ts';
import { shownId } from '../messages/message-targets.ts';
import type { Post } from '../messages/post.ts';
import type { ChatLog } from './chat-log.ts';
import type { ChatTargets } from './chat-targets.ts';
import type { ChatPlaces, Written, WrittenChat } from './chat-writing.ts';

interface ChatResendingDeps {
  store: Store;
  messages: Pick<ChatMessageRepository, 'deleteFailed'>;
  log: Pick<ChatLog, 'open' | 'announce'>;
  post: Pick<Post, 'isEncrypted'>;
  places: ChatPlaces;
  targets: ChatTargets;
  put: (tx: Tx, account: Account, message: ComposedMessage, isRoom: boolean) => Promise<void>;
  write: (
    chat: WrittenChat,
    said: { text: string; replyTo?: string | undefined },
    how: { instead: ChatMessageRow },
  ) => Promise<Written>;
}

/** What has failed, sent anew: it comes to the end of the conversation, and what stood there before goes. */
export function chatResending(deps: ChatResendingDeps) {
  const { store, messages, log, post, places, targets, put, write } = deps;

  /** In the unit that sends it anew, so that it goes once, whoever asks for it as well. */
  async function replace(tx: Tx, chat: WrittenChat, failed: ChatMessageRow): Promise<void> {
    if (!(await messages.deleteFailed(tx, failed.id)))
      throw refuse('chat.not-failed', { id: shownId(failed.messageId) });
    log.announce(tx, chat.account, chat.jid, failed.id);
  }

  /** A file is sent again by its address: it lies on the server already. */
  async function resend(
    chat: WrittenChat,
    failed: ChatMessageRow,
    { url, key, iv, ...file }: ChatFileSource,
  ): Promise<Written> {
    const { account, isRoom } = await places.of(chat);
    const secret = key !== undefined && iv !== undefined ? { key: fromHex(key), iv: fromHex(iv) } : undefined;
    const text = secret ? aesgcmUrl(url, secret) : url;
    const composed = composeChat(account.jid, chat.jid, text, {
      isRoom,
      isByPerson: true,
      isPlain: true,
      isFile: !secret,
      file: { url, secret, name: file.name, type: file.type, sizeBytes: file.size },
    });
    await places.prepare(chat, account);
    return store.write(async (tx) => {
      if ((await post.isEncrypted(tx, account, chat.jid)) !== (secret !== undefined))
        throw refuse('file.other-encryption', { to: chat.jid });
      await replace(tx, chat, failed);
      await put(tx, account, composed, isRoom);
      return { chatId: await log.open(tx, account, chat.jid, isRoom), messageId: composed.id };
    });
  }

  return {
    replace,

    /** Sends a message anew that has failed. What bots and the engine said is theirs to send again. */
    async retry(chat: WrittenChat, id: string): Promise<Written> {
      const failed = await targets.typedOf(chat, id);
      if (failed.state !== 'failed') throw refuse('chat.not-failed', { id: shownId(id) });
      const { text, files: [file] = [] } = failed.body();
      if (file && text === '') return resend(chat, failed, file);
      return write(chat, { text, replyTo: await targets.answeredBy(chat, failed) }, { instead: failed });
    },
  };
}
