import { randomBytes } from 'node:crypto';
import type { Caller } from '../../../src-shared/access.ts';
import { TOKEN_SCOPES, type TokenScope } from '../../../src-shared/api/token-scopes.ts';
import { refuse } from '../../../src-shared/errors.ts';
import type { EngineEvents } from '../../../src-shared/events.ts';
import type { Clock } from '../../base/clock.ts';
import type { Emitter } from '../../base/emitter.ts';
import type { Bot } from '../../store/bot-repository.ts';
import type { BotTokenRepository, KnownToken, TokenUse } from '../../store/bot-token-repository.ts';
import type { Store, Tx } from '../../store/open.ts';
import type { AuditTrail } from '../audit/audit-trail.ts';
import type { SensitiveChanges } from '../notices/sensitive-changes.ts';

interface BotTokensDeps {
  store: Store;
  repository: BotTokenRepository;
  changes: SensitiveChanges;
  audit: AuditTrail;
  events: Emitter<EngineEvents>;
  clock: Clock;
}

export interface TokenWish {
  /** For how long the token before is still taken. */
  overlapS?: number | undefined;
  /** What it may do; everything when left out. */
  scopes?: readonly TokenScope[] | undefined;
}

const TOKEN_BYTES = 32;
const USE_NOTED_EVERY_S = 60;

/** API tokens: `bm_` and 64 hex digits from the system's random source. A bot has at most one, for a while two. */
export function botTokens({ store, repository, changes, audit, events, clock }: BotTokensDeps) {
  const nowS = () => Math.floor(clock.now() / 1_000);
  const lastNoted = new Map<string, number>();
  const announce = (tx: Tx, bot: Bot) =>
    tx.afterCommit(() => events.emit('bot.changed', { botId: bot.id, owner: bot.owner }));
  /** The next use of what is a new token now is written at once. */
  const forgetUse = (tx: Tx, id: Bot['id']) =>
    tx.afterCommit(() => {
      lastNoted.delete(`${id} current`);
      lastNoted.delete(`${id} old`);
    });

  return {
    /** Whose token it is; refuses one that is unknown, revoked or replaced. */
    async known(token: string): Promise<KnownToken> {
      const known = await repository.find(token, nowS());
      if (!known) throw refuse('token.unknown', {});
      return known;
    },
    /** The token in clear; empty when it was revoked. */
    of: repository.of,
    /** The tokens that are taken now, the current one first: what each may do, and when it was last used. */
    inUse: (id: Bot['id'], tx?: Tx): Promise<TokenUse[]> => repository.inUse(id, nowS(), tx),
    /** The token was shown and is valid. Written at most once a minute for each, and never waited for. */
    noteUsed({ bot: { id }, slot }: Pick<KnownToken, 'bot' | 'slot'>): void {
      const key = `${id} ${slot}`;
      const at = nowS();
      if (at - (lastNoted.get(key) ?? 0) < USE_NOTED_EVERY_S) return;
      lastNoted.set(key, at);
      store.write((tx) => repository.setUsed(tx, id, slot, at)).catch(() => lastNoted.delete(key));
    },
    /** The first token of a new bot: part of its creation, so not noted by itself. */
    async first(tx: Tx, id: Bot['id'], scopes: readonly TokenScope[] = TOKEN_SCOPES): Promise<string> {
      const token = newToken();
      await repository.set(tx, id, token, scopes);
      return token;
    },
    /**
     * Replaces the token. The old one ends with the commit, or is taken for `overlapS` more seconds, with the scopes it
     * had, so that programs can be changed over. Does not activate the bot.
     */
    async replace(
      tx: Tx,
      bot: Bot,
      caller: Caller,
      { overlapS = 0, scopes = TOKEN_SCOPES }: TokenWish = {},
    ): Promise<string> {
      const token = newToken();
      await repository.set(tx, bot.id, token, scopes, overlapS > 0 ? nowS() + overlapS : undefined);
      const details = scopes.length === TOKEN_SCOPES.length ? undefined : scopes.join(', ');
      await audit.note(tx, caller, { action: 'bot.token', botId: bot.id, details });
      await changes.tell(tx, bot.id, 'token-replaced', caller);
      forgetUse(tx, bot.id);
      announce(tx, bot);
      return token;
    },
    /** Takes the token away, and one that was replaced but still taken: nobody can act as the bot. */
    async revoke(tx: Tx, bot: Bot, caller: Caller): Promise<void> {
      await repository.clear(tx, bot.id);
      await audit.note(tx, caller, { action: 'bot.revoke', botId: bot.id });
      await changes.tell(tx, bot.id, 'token-revoked', caller);
      forgetUse(tx, bot.id);
      announce(tx, bot);
    },
  };
}
export type BotTokens = ReturnType<typeof botTokens>;

const newToken = () => `bm_${randomBytes(TOKEN_BYTES).toString('hex')}`;
