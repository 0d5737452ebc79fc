import { setImmediate as nextTurn } from 'node:timers/promises';
import type { ChatMessage } from '../../../src-shared/api/chats.ts';
import type { BareJid } from '../../../src-shared/jid.ts';
import type { Clock } from '../../base/clock.ts';
import type { ChatMessageRepository } from '../../store/chat-message-repository.ts';
import type { ChatMessageRow } from '../../store/chat-message-row.ts';
import type { ChatPages, ShownChat } from './chat-pages.ts';

interface ChatSearchDeps {
  messages: ChatMessageRepository;
  pages: Pick<ChatPages, 'views'>;
  clock: Pick<Clock, 'monotonic'>;
}

/** Read at a time; and for so long nobody else has to wait. */
const PAGE = 50;
const SLICE_MS = 3;
/** So many are looked at for one answer: who wants more asks where it goes on. */
const LOOKED_AT = 20_000;

const plain = (text: string) => text.normalize('NFKC').toLocaleLowerCase();

/** Looks for words in what was said. It stands sealed in the database, so each message is opened and looked at. */
export function chatSearch({ messages, pages, clock }: ChatSearchDeps) {
  const isHit = (message: ChatMessageRow, wanted: string) => {
    const { text, files = [] } = message.body();
    return plain(text).includes(wanted) || files.some(({ name }) => plain(name).includes(wanted));
  };

  return {
    /** The newest first; `next`: where to go on, while there is more. */
    async find(
      chats: readonly ShownChat[],
      {
        q,
        jid,
        before,
        limit,
      }: { q: string; jid?: BareJid | undefined; before?: number | undefined; limit: number },
    ): Promise<{ messages: ChatMessage[]; next: number | null }> {
      const wanted = plain(q);
      const byId = new Map(chats.map((chat) => [chat.id, chat]));
      const place = { accountIds: [...new Set(chats.map(({ account }) => account.id))], jid };
      const hits: { row: ChatMessageRow; chat: ShownChat }[] = [];
      let below = before ?? Number.MAX_SAFE_INTEGER;
      let next: number | null = null;
      let sinceMs = clock.monotonic();
      for (let looked = 0; chats.length > 0; ) {
        const rows = await messages.below(place, below, PAGE);
        for (const row of rows) {
          below = row.id;
          looked += 1;
          const chat = byId.get(row.chatId);
          if (chat && isHit(row, wanted)) hits.push({ row, chat });
          if (hits.length >= limit || looked >= LOOKED_AT) break;
          if (clock.monotonic() - sinceMs < SLICE_MS) continue;
          await nextTurn();
          sinceMs = clock.monotonic();
        }
        if (hits.length >= limit || looked >= LOOKED_AT) {
          next = below;
          break;
        }
        if (rows.length < PAGE) break;
      }
      return { messages: await pages.views(hits), next };
    },
  };
}
export type ChatSearch = ReturnType<typeof chatSearch>;
