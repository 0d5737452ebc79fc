import { randomBytes } from 'node:crypto';
import type { Caller } from '../../../src-shared/access.ts';
import { refuse } from '../../../src-shared/errors.ts';
import type { EngineEvents } from '../../../src-shared/events.ts';
import type { Clock } from '../../base/clock.ts';
import type { Emitter } from '../../base/emitter.ts';
import type { Bot, BotRepository } from '../../store/bot-repository.ts';
import type { Tx } from '../../store/open.ts';
import type { AuditTrail } from '../audit/audit-trail.ts';

interface BotTokensDeps {
  bots: BotRepository;
  audit: AuditTrail;
  events: Emitter<EngineEvents>;
  clock: Clock;
}

const TOKEN_BYTES = 32;

/** API tokens: `bm_` and 64 hex digits from the system's random source. A bot has at most one, for a while two. */
export function botTokens({ bots, audit, events, clock }: BotTokensDeps) {
  const nowS = () => Math.floor(clock.now() / 1_000);
  const announce = (tx: Tx, bot: Bot) =>
    tx.afterCommit(() => events.emit('bot.changed', { botId: bot.id, owner: bot.owner }));

  return {
    /** The bot of a token; refuses a token that is unknown, revoked or replaced. */
    async bearer(token: string): Promise<Bot> {
      const bot = await bots.byToken(token, nowS());
      if (!bot) throw refuse('token.unknown', {});
      return bot;
    },
    /** The token in clear; empty when it was revoked. */
    of: bots.tokenOf,
    /** The first token of a new bot: part of its creation, so not noted by itself. */
    async first(tx: Tx, id: Bot['id']): Promise<string> {
      const token = newToken();
      await bots.setToken(tx, id, token);
      return token;
    },
    /**
     * Replaces the token. The old one ends with the commit, or is taken for `overlapS` more seconds, so that programs
     * can be changed over. Does not activate the bot.
     */
    async replace(tx: Tx, bot: Bot, caller: Caller, overlapS = 0): Promise<string> {
      const token = newToken();
      await bots.setToken(tx, bot.id, token, overlapS > 0 ? nowS() + overlapS : undefined);
      await audit.note(tx, caller, { action: 'bot.token', botId: bot.id });
      announce(tx, bot);
      return token;
    },
    /** Takes the token away, and one that was replaced but still taken: nobody can act as the bot. */
    async revoke(tx: Tx, bot: Bot, caller: Caller): Promise<void> {
      await bots.setToken(tx, bot.id, undefined);
      await audit.note(tx, caller, { action: 'bot.revoke', botId: bot.id });
      announce(tx, bot);
    },
  };
}
export type BotTokens = ReturnType<typeof botTokens>;

const newToken = () => `bm_${randomBytes(TOKEN_BYTES).toString('hex')}`;
