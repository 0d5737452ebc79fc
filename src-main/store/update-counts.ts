import type { BotId } from '../../src-shared/ids.ts';
import { changesOf } from './known-rows.ts';
import type { Store, Tx } from './open.ts';
import { prepared, type Slots } from './prepared.ts';

export interface QueueLimits {
  perBot: number;
  perConversation: number;
}

/** Ids are even, so that `offset = last` and `offset = last + 1` mean the same to a program. */
const UPDATE_ID_STEP = 2;

interface BotCount {
  last_update_id: number;
  waiting_updates: number;
  dropped_updates: number;
}

interface ConversationCount {
  botId: BotId;
  conversation: string;
  waiting: number;
}

/** What the units of one commit come to. */
interface Counted {
  bots: Map<BotId, BotCount>;
  conversations: Map<string, ConversationCount>;
}

/** Counts as they are committed, for all that count in the same store. */
interface Known {
  bots: Map<BotId, BotCount>;
  conversations: Map<string, number>;
}

/** Addresses can be made up: of no more conversations it is known how many updates wait, the others are counted anew. */
const KNOWN_CONVERSATIONS = 5_000;

const knownByStore = new WeakMap<Store, Known>();

function knownOf(store: Store): Known {
  const known = knownByStore.get(store) ?? { bots: new Map(), conversations: new Map() };
  if (!knownByStore.has(store)) changesOf(store, 'bot').onChange(() => known.bots.clear());
  knownByStore.set(store, known);
  return known;
}

/**
 * How many updates wait, per bot and per conversation: counted as they come and go. The units of one commit count together,
 * and what a bot comes to is written once; what waits in a conversation is looked up once, and known from then on.
 */
export function updateCounts(store: Store) {
  const botRow = prepared((slot: Slots<{ botId: BotId }>) =>
    store.read
      .selectFrom('bot')
      .select(['last_update_id', 'waiting_updates', 'dropped_updates'])
      .where('id', '=', slot('botId')),
  );
  const waitingIn = prepared((slot: Slots<{ botId: BotId; conversation: string }>) =>
    store.read
      .selectFrom('update_queue')
      .select((e) => e.fn.countAll<number>().as('count'))
      .where('bot_id', '=', slot('botId'))
      .where('conversation', '=', slot('conversation')),
  );
  const saveBot = prepared((slot: Slots<BotCount & { botId: BotId }>) =>
    store.read
      .updateTable('bot')
      .set({
        last_update_id: slot('last_update_id'),
        waiting_updates: slot('waiting_updates'),
        dropped_updates: slot('dropped_updates'),
      })
      .where('id', '=', slot('botId')),
  );

  const known = knownOf(store);
  const key = {};
  /** A commit that fails takes its counts along: its units run again in another. */
  const countedIn = (tx: Tx) =>
    tx.shared<Counted>(
      key,
      () => ({ bots: new Map(), conversations: new Map() }),
      (counted) => save(tx, counted),
    );

  async function save(tx: Tx, { bots, conversations }: Counted): Promise<void> {
    for (const [botId, count] of bots) saveBot(tx.db, { botId, ...count });
    tx.afterCommit(() => {
      for (const [botId, count] of bots) known.bots.set(botId, count);
      if (known.conversations.size + conversations.size > KNOWN_CONVERSATIONS) known.conversations.clear();
      for (const [place, { waiting }] of conversations) known.conversations.set(place, waiting);
    });
  }

  function ofBot(tx: Tx, botId: BotId): BotCount | undefined {
    const { bots } = countedIn(tx);
    const counted = bots.get(botId);
    if (counted) return counted;
    const row = known.bots.get(botId) ?? botRow(tx.db, { botId })[0];
    const count = row && { ...row };
    if (count) bots.set(botId, count);
    return count;
  }

  /** As committed before this commit: what its units do is counted from here on, and may have been done a moment ago. */
  const committedIn = (place: string, botId: BotId, conversation: string): number =>
    known.conversations.get(place) ?? waitingIn(store.read, { botId, conversation })[0]?.count ?? 0;

  function ofConversation(tx: Tx, botId: BotId, conversation: string): ConversationCount {
    const { conversations } = countedIn(tx);
    const place = `${botId}/${conversation}`;
    const counted = conversations.get(place);
    if (counted) return counted;
    const count = { botId, conversation, waiting: committedIn(place, botId, conversation) };
    conversations.set(place, count);
    return count;
  }

  async function dropped(tx: Tx, botId: BotId, number: number): Promise<void> {
    const count = ofBot(tx, botId);
    if (count) count.dropped_updates += number;
  }

  return {
    /** How many wait, and how many did not fit since the bot was made. */
    async of(botId: BotId, tx?: Tx): Promise<{ waiting: number; dropped: number }> {
      const row = tx ? ofBot(tx, botId) : botRow(store.read, { botId })[0];
      return { waiting: row?.waiting_updates ?? 0, dropped: row?.dropped_updates ?? 0 };
    },
    /** Counts updates that did not fit, or had to make room. */
    dropped,

    /** Counts one more, and gives it its number; undefined, and counted as dropped, when its conversation is full. */
    async enter(
      tx: Tx,
      botId: BotId,
      conversation: string,
      limit: number,
    ): Promise<{ updateId: number; inBot: number; inConversation: number } | undefined> {
      const inBot = ofBot(tx, botId);
      if (!inBot) throw new Error('an update for a bot that is gone');
      const own = ofConversation(tx, botId, conversation);
      if (own.waiting >= limit) {
        inBot.dropped_updates += 1;
        return undefined;
      }
      own.waiting += 1;
      inBot.waiting_updates += 1;
      inBot.last_update_id += UPDATE_ID_STEP;
      return {
        updateId: inBot.last_update_id,
        inBot: inBot.waiting_updates,
        inConversation: own.waiting,
      };
    },

    /** Brings the counts down by rows that left the queue. */
    async leave(tx: Tx, botId: BotId, gone: readonly { conversation: string }[]): Promise<void> {
      if (gone.length === 0) return;
      const inBot = ofBot(tx, botId);
      if (inBot) inBot.waiting_updates -= gone.length;
      for (const { conversation } of gone) ofConversation(tx, botId, conversation).waiting -= 1;
    },

    /** Whether one more update of that conversation fits. */
    async hasRoom(tx: Tx, botId: BotId, conversation: string, limits: QueueLimits): Promise<boolean> {
      const own = ofConversation(tx, botId, conversation);
      if (own.waiting >= limits.perConversation) return false;
      return (ofBot(tx, botId)?.waiting_updates ?? 0) < limits.perBot;
    },
  };
}
