import type { BotId } from '../../src-shared/ids.ts';
import type { SecretBox } from '../base/secret-box.ts';
import type { Store, Tx } from './open.ts';
import { prepared, type Slots } from './prepared.ts';
import type { KnownMessageTable } from './schema-messages.ts';
import { sweep } from './sweep.ts';

export interface KnownMessage {
  author: string;
  recipient: string;
  /** The beginning of its text. */
  excerpt: string;
  /** It came encrypted. */
  isEncrypted: boolean;
}

const excerptPlace = (botId: BotId, stanzaId: string, author: string, recipient: string) => ({
  table: 'known_message',
  row: `${botId}/${author}/${recipient}/${stanzaId}`,
  column: 'excerpt',
});

/** Messages of others, and of the owner's hand, that a bot was told about. */
export function knownMessageRepository(store: Store, box: SecretBox) {
  const rememberRow = prepared((slot: Slots<KnownMessageTable>) => {
    const news = { excerpt: slot('excerpt'), is_encrypted: slot('is_encrypted'), seen_at: slot('seen_at') };
    return store.read
      .insertInto('known_message')
      .values({
        bot_id: slot('bot_id'),
        stanza_id: slot('stanza_id'),
        author: slot('author'),
        recipient: slot('recipient'),
        ...news,
      })
      .onConflict((c) => c.columns(['bot_id', 'stanza_id', 'author', 'recipient']).doUpdateSet(news));
  });

  return {
    /** A message that is known already is known with its new text: it was corrected. */
    async remember(
      tx: Tx,
      botId: BotId,
      message: KnownMessage & { stanzaId: string; seenAt: number },
    ): Promise<void> {
      const { stanzaId, author, recipient, excerpt, isEncrypted, seenAt } = message;
      rememberRow(tx.db, {
        bot_id: botId,
        stanza_id: stanzaId,
        author,
        recipient,
        excerpt: box.seal(excerpt, excerptPlace(botId, stanzaId, author, recipient)),
        is_encrypted: isEncrypted ? 1 : 0,
        seen_at: seenAt,
      });
    },
    /** The messages of that id, newest first; there is more than one where senders chose the same. */
    async find(botId: BotId, stanzaId: string): Promise<KnownMessage[]> {
      const rows = await store.read
        .selectFrom('known_message')
        .select(['author', 'recipient', 'excerpt', 'is_encrypted'])
        .where('bot_id', '=', botId)
        .where('stanza_id', '=', stanzaId)
        .orderBy('seen_at', 'desc')
        .execute();
      return rows.map(({ author, recipient, excerpt, is_encrypted: isEncrypted }) => ({
        author,
        recipient,
        excerpt: box.open(excerpt, excerptPlace(botId, stanzaId, author, recipient)),
        isEncrypted: isEncrypted === 1,
      }));
    },
    /** Drops what was told before that moment, some at each call. */
    forgetBefore: sweep({ table: 'known_message', owner: 'bot_id', name: 'stanza_id' }),
  };
}
export type KnownMessageRepository = ReturnType<typeof knownMessageRepository>;
