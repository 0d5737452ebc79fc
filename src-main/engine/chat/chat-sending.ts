import { checkText } from '../../../src-shared/xml-text.ts';
import type { Account } from '../../store/account-repository.ts';
import type { Store, Tx } from '../../store/open.ts';
import type { FilePassage, GivenFile, Passage } from '../files/file-passage.ts';
import { type ComposedMessage, composeChat } from '../messages/compose.ts';
import { checkLength } from '../messages/message-service.ts';
import type { ChatLog } from './chat-log.ts';
import type { ChatRequests } from './chat-requests.ts';
import type { ChatSessions } from './chat-sessions.ts';
import type { ChatPlaces, WrittenChat } from './chat-writing.ts';

interface ChatSendingDeps {
  store: Store;
  log: Pick<ChatLog, 'open'>;
  sessions: ChatSessions;
  requests: ChatRequests;
  files: Pick<FilePassage, 'open' | 'upload' | 'compose' | 'commit'>;
  places: ChatPlaces;
  put: (tx: Tx, account: Account, message: ComposedMessage, isRoom: boolean) => Promise<void>;
}

/** Files that a person sends in our window. */
export function chatSending({ store, log, sessions, requests, files, places, put }: ChatSendingDeps) {
  /** Refuses a file that could not go there, before anybody has sent it to us. */
  async function wayFor(chat: WrittenChat, caption: string | undefined, signal?: AbortSignal) {
    if (caption !== undefined) checkText('caption', caption);
    const { account, isRoom, isByPerson } = await places.of(chat);
    if (caption) checkLength(composeChat(account.jid, chat.jid, caption));
    const session = await sessions.online(account.jid);
    await places.prepare(chat, account);
    const way: Passage = {
      account,
      session,
      to: chat.jid,
      isRoom,
      isByPerson,
      signal,
      put: (tx, message) => put(tx, account, message, isRoom),
    };
    return files.open(way);
  }

  return {
    wayFor,

    /**
     * Uploads a file and commits the message with its address, and one with the caption; resolves with the first. With a
     * key, a repetition resolves with what the first request led to.
     */
    async sendFile(
      chat: WrittenChat,
      {
        given,
        caption,
        signal,
        key,
      }: { given: GivenFile; caption: string | undefined; signal: AbortSignal; key?: string | undefined },
    ): Promise<{ chatId: number; messageId: string }> {
      const what = ['file', chat.jid, given.sha256, given.givenName ?? null, caption ?? ''];
      const request = requests.of(chat.account, key, what);
      const first = await requests.earlier(request);
      if (first !== undefined && chat.id !== undefined) return { chatId: chat.id, messageId: first };
      const way = await wayFor(chat, caption, signal);
      const composed = files.compose(way, await files.upload(way, given, undefined), caption);
      await places.prepare(chat, way.account);
      return store.write(async (tx) => {
        const chatId = await log.open(tx, way.account, chat.jid, way.isRoom);
        const earlier = await requests.earlierIn(tx, request);
        if (earlier !== undefined) return { chatId, messageId: earlier };
        await files.commit(tx, way, composed);
        await requests.note(tx, request, composed.message.id);
        return { chatId, messageId: composed.message.id };
      });
    },
  };
}
