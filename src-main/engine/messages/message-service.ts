import { refuse } from '../../../src-shared/errors.ts';
import type { MessageId } from '../../../src-shared/ids.ts';
import { bareJidOnly } from '../../../src-shared/jid.ts';
import { checkText } from '../../../src-shared/xml-text.ts';
import type { Clock } from '../../base/clock.ts';
import { STANZA_LIMIT_BYTES } from '../../gateways/xmpp/element.ts';
import type { Session } from '../../gateways/xmpp/session.ts';
import type { AccountRepository } from '../../store/account-repository.ts';
import type { Bot, BotRepository } from '../../store/bot-repository.ts';
import type { Store } from '../../store/open.ts';
import { composeChat } from './compose.ts';
import type { Outbox } from './outbox.ts';

interface MessageServiceDeps {
  store: Store;
  outbox: Outbox;
  accounts: AccountRepository;
  bots: BotRepository;
  clock: Clock;
  sessionOf: (account: Bot['owner']) => Session | undefined;
}

/** A session that has been away for less is about to come back: messages queue meanwhile. */
const QUEUED_WHILE_AWAY_MS = 60_000;
const RETRY_AFTER_S = 30;

/** What programs send through their bot. */
export function messageService({ store, outbox, accounts, bots, clock, sessionOf }: MessageServiceDeps) {
  /** Refuses when the account is signed out or has been away for a minute: a 200 is a promise to deliver. */
  function checkReach(owner: Bot['owner']): void {
    const session = sessionOf(owner);
    if (session?.state === 'online') return;
    const awayMs = session?.awaySinceMs === undefined ? Infinity : clock.monotonic() - session.awaySinceMs;
    if (session && session.state !== 'failed' && awayMs < QUEUED_WHILE_AWAY_MS) return;
    const reason = session?.reason ?? 'it is signed out';
    throw refuse('account.offline', { account: owner, reason, seconds: RETRY_AFTER_S }, RETRY_AFTER_S);
  }

  return {
    /**
     * Commits a chat message to the outbox and resolves with its id: it is sent until the server acknowledged it,
     * also after a restart. A program may not write to a bot of this installation.
     */
    async send(bot: Bot, message: { to: string; text: string }): Promise<MessageId> {
      const to = bareJidOnly(message.to);
      checkText('text', message.text);
      if (bot.mode === 'cloud') throw refuse('bot.cloud-unavailable', {});
      if (await bots.hasJid(to)) throw refuse('recipient.own-bot', { to });
      const composed = composeChat(bot.owner, to, message.text);
      // Some characters take more room on the wire than in the text.
      const bytes = Buffer.byteLength(composed.stanza);
      if (bytes > STANZA_LIMIT_BYTES) {
        throw refuse('text.too-long', { field: 'text', bytes, limit: STANZA_LIMIT_BYTES });
      }
      checkReach(bot.owner);
      const account = await accounts.byJid(bot.owner);
      if (!account) throw refuse('account.unknown', { account: bot.owner });
      await store.write((tx) => outbox.put(tx, { accountId: account.id, botId: bot.id }, composed));
      return composed.id;
    },
  };
}
export type MessageService = ReturnType<typeof messageService>;
