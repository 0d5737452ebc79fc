import { silentLogger } from '../../src-main/base/logger.ts';
import { prepareDataFolder } from '../../src-main/server/data-folder.ts';
import { fileKeyBox } from '../../src-main/server/file-key-box.ts';
import { openApi } from '../../src-main/server/open-api.ts';
import { chatMessageRepository, type NewChatMessage } from '../../src-main/store/chat-message-repository.ts';
import { chatRepository } from '../../src-main/store/chat-repository.ts';
import type { BareJid } from '../../src-shared/jid.ts';

/** One message of a conversation, as far as it differs from an ordinary one that came. */
export interface Told extends Partial<Omit<NewChatMessage, 'chatId' | 'name' | 'body'>> {
  text: string;
  body?: Partial<NewChatMessage['body']>;
  reactions?: Record<string, string[]>;
  /** Why it failed: it was on its way then. */
  reason?: string;
}

export interface ToldChat {
  jid: string;
  name?: string;
  isRoom?: boolean;
  /** How many of the newest are unread. */
  unread?: number;
  draft?: string;
  isMuted?: boolean;
  messages: Iterable<Told>;
}

const BATCH = 500;

/**
 * Writes conversations into the folder of an engine that does not run, as its own store has them. The account cannot sign
 * in anywhere.
 */
export async function fillChats(dataDir: string, account: string, chats: Iterable<ToldChat>): Promise<void> {
  prepareDataFolder(dataDir);
  const box = fileKeyBox(dataDir, undefined);
  const { engine, close } = await openApi(dataDir, box, silentLogger);
  const own = account as BareJid;
  const { store } = engine;
  if (!(await engine.accounts.find(own)))
    await engine.accounts.add(
      { jid: own, password: 'x', service: undefined, ca: undefined, verify: false },
      { actor: 'test', from: 'test' },
    );
  const { id: accountId } = await engine.accounts.known(own);
  const rows = chatRepository(store, box);
  const messages = chatMessageRepository(store, box);
  let number = 0;
  for (const chat of chats) {
    const { jid, isRoom = false, name, unread = 0, draft, isMuted = false } = chat;
    const chatId = await store.write(async (tx) => {
      const made = await rows.insert(tx, { accountId, jid: jid as BareJid, isRoom });
      if (name !== undefined) await rows.setName(tx, made, name);
      if (draft !== undefined) await rows.setDraft(tx, made, draft);
      if (isMuted) await rows.setMuted(tx, made, true);
      return made;
    });
    const ids: number[] = [];
    const given: { id: number; reactions: Record<string, string[]> }[] = [];
    const all = [...chat.messages];
    for (let at = 0; at < all.length; at += BATCH)
      await store.write(async (tx) => {
        for (const { text, body, reactions, reason, ...one } of all.slice(at, at + BATCH)) {
          number += 1;
          const isOutgoing = one.isOutgoing ?? false;
          const id = await messages.insert(tx, {
            chatId,
            name: `told-${number}`,
            messageId: one.messageId ?? `told-${number}`,
            author: isOutgoing ? account : jid,
            isOutgoing,
            by: 'person',
            weight: isOutgoing ? 0 : 1,
            isEncrypted: true,
            state: reason !== undefined ? 'queued' : isOutgoing ? 'displayed' : null,
            sentAt: Date.now(),
            ...one,
            body: { text, ...body },
          });
          if (id === undefined) continue;
          ids.push(id);
          if (reason !== undefined)
            await messages.settle(tx, chatId, [one.messageId ?? `told-${number}`], 'failed', reason);
          if (reactions) given.push({ id, reactions });
        }
      });
    for (const { id, reactions } of given) {
      const [row] = await messages.byIds([id]);
      if (row) await store.write((tx) => messages.react(tx, row, reactions));
    }
    const read = ids.at(-1 - unread);
    if (read !== undefined) await store.write((tx) => rows.setRead(tx, chatId, read).then(() => undefined));
  }
  await close();
}
