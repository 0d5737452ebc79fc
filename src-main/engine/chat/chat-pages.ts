import type { ChatMessage } from '../../../src-shared/api/chats.ts';
import type { BareJid } from '../../../src-shared/jid.ts';
import { type Language, translate } from '../../../src-shared/text/translate.ts';
import type { Account } from '../../store/account-repository.ts';
import type { ChatMessageRepository, PageQuery } from '../../store/chat-message-repository.ts';
import type { ChatMessageRow } from '../../store/chat-message-row.ts';
import type { Outbox } from '../messages/outbox.ts';
import type { ChatFiles } from './chat-files.ts';
import { messageView } from './chat-view.ts';

interface ChatPagesDeps {
  messages: ChatMessageRepository;
  outbox: Pick<Outbox, 'hasLeft'>;
  files: Pick<ChatFiles, 'views'>;
  languageOf: (account: Account) => Promise<Language>;
}

/** A conversation whose messages are shown. */
export interface ShownChat {
  id: number;
  account: Account;
  jid: BareJid;
}

/** Messages as the window gets them: what they answer and their files are read for all of them at once. */
export function chatPages({ messages, outbox, files, languageOf }: ChatPagesDeps) {
  /** Of several conversations; with the messages goes which they belong to. */
  async function views(rows: readonly { row: ChatMessageRow; chat: ShownChat }[]): Promise<ChatMessage[]> {
    const asked = new Map<number, Set<string>>();
    for (const { row } of rows) {
      const { reply } = row.body();
      if (reply) asked.set(row.chatId, (asked.get(row.chatId) ?? new Set()).add(reply.id));
    }
    const answered = new Map<string, ChatMessageRow>();
    for (const [chatId, ids] of asked) {
      for (const one of await messages.byMessageIds(chatId, [...ids])) {
        for (const id of [one.messageId, one.otherId, one.archiveId])
          if (id !== undefined) answered.set(`${chatId}/${id}`, one);
      }
    }
    const offering = new Set(rows.flatMap(({ row }) => (row.body().actions?.length ? [row.chatId] : [])));
    const typed = new Map<number, number>();
    for (const chatId of offering) typed.set(chatId, (await messages.newestByPerson(chatId)) ?? 0);
    const file = await files.views(rows.map(({ row }) => row));
    const languages = new Map<string, ReturnType<typeof translate>>();
    for (const { chat } of rows) {
      if (!languages.has(chat.account.jid))
        languages.set(chat.account.jid, translate(await languageOf(chat.account)));
    }
    return rows.map(({ row, chat }) =>
      messageView(row, {
        account: chat.account.jid,
        chat: chat.jid,
        t: languages.get(chat.account.jid) ?? translate('en'),
        answered: (id) => answered.get(`${row.chatId}/${id}`),
        isAnswered: ({ chatId, id }) => (typed.get(chatId) ?? 0) > id,
        isOnTheWay: outbox.hasLeft,
        file,
      }),
    );
  }

  return {
    views,
    async page(chat: ShownChat, query: PageQuery) {
      const rows = await messages.page(chat.id, query);
      const [first, last] = [rows[0]?.id, rows.at(-1)?.id];
      const beside =
        first === undefined || last === undefined
          ? { hasOlder: query.after !== undefined, hasNewer: query.before !== undefined }
          : await messages.beside(chat.id, first, last);
      return {
        messages: await views(rows.map((row) => ({ row, chat }))),
        has_older: beside.hasOlder,
        has_newer: beside.hasNewer,
      };
    },
    async one(chat: ShownChat, row: ChatMessageRow): Promise<ChatMessage> {
      const [view] = await views([{ row, chat }]);
      if (!view) throw new Error('a message has no view');
      return view;
    },
  };
}
export type ChatPages = ReturnType<typeof chatPages>;
