import type { EngineEvents } from '../../../src-shared/events.ts';
import type { AccountId, BotId } from '../../../src-shared/ids.ts';
import type { BareJid } from '../../../src-shared/jid.ts';
import type { Clock } from '../../base/clock.ts';
import type { Emitter } from '../../base/emitter.ts';
import type { Tx } from '../../store/open.ts';
import type { OutboxRepository, SettledState } from '../../store/outbox-repository.ts';
import type { ComposedMessage } from './compose.ts';

interface OutboxDeps {
  repository: OutboxRepository;
  events: Emitter<EngineEvents>;
  clock: Clock;
}

/** How long a settled message's state can be asked for. */
const STATE_KEPT_MS = 24 * 60 * 60 * 1_000;

/** The only way out: what is committed here is sent, in order, until the server has it. */
export function outbox({ repository, events, clock }: OutboxDeps) {
  return {
    /** Puts a finished message on its way, in the caller's unit. */
    async put(
      tx: Tx,
      from: { accountId: AccountId; botId: BotId | null },
      message: ComposedMessage,
    ): Promise<void> {
      await repository.insert(tx, {
        id: message.id,
        accountId: from.accountId,
        botId: from.botId,
        conversation: message.to,
        stanza: message.stanza,
        createdAt: clock.now(),
      });
      tx.afterCommit(() => events.emit('message.queued', { accountId: from.accountId }));
    },

    /**
     * News of a message: the server has it (`acked`), the recipient's client got or showed it, or it will not get
     * there (`failed`). News that somebody sends counts only from the one the message went to.
     */
    async settle(
      tx: Tx,
      messageId: string,
      state: SettledState,
      news: { reason?: string | undefined; accountId?: AccountId; from?: BareJid } = {},
    ): Promise<void> {
      const { reason = null, accountId, from } = news;
      const options = { reason, at: clock.now(), accountId, from };
      const row = await repository.settle(tx, messageId, state, options);
      if (row)
        tx.afterCommit(() => events.emit('message.state-changed', { messageId, botId: row.botId, state }));
    },

    stateOf: repository.stateOf,
    isOurs: repository.isOurs,
    waiting: repository.waiting,
    expire: (tx: Tx) => repository.forgetSettledBefore(tx, clock.now() - STATE_KEPT_MS),
  };
}
export type Outbox = ReturnType<typeof outbox>;
