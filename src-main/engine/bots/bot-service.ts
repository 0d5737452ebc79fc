import { randomBytes } from 'node:crypto';
import type { Caller } from '../../../src-shared/access.ts';
import { refuse } from '../../../src-shared/errors.ts';
import type { EngineEvents, SessionState } from '../../../src-shared/events.ts';
import type { BotId } from '../../../src-shared/ids.ts';
import type { BareJid } from '../../../src-shared/jid.ts';
import type { Clock } from '../../base/clock.ts';
import type { Emitter } from '../../base/emitter.ts';
import type { AccountRepository } from '../../store/account-repository.ts';
import type { AuditRepository } from '../../store/audit-repository.ts';
import type { Bot, BotRepository } from '../../store/bot-repository.ts';
import type { Store, Tx } from '../../store/open.ts';
import type { SettingService } from '../settings/setting-service.ts';

interface BotServiceDeps {
  store: Store;
  bots: BotRepository;
  accounts: AccountRepository;
  audit: AuditRepository;
  settings: SettingService;
  events: Emitter<EngineEvents>;
  clock: Clock;
  /** State of the session that carries an account's personal bots. */
  sessionState: (owner: BareJid) => SessionState;
}

export const BOTS_PER_OWNER = 20;
const NAME = /^[^\p{Cc}\p{Cs}\p{Zl}\p{Zp}]{1,64}$/u;
const TOKEN_BYTES = 32;
const ACTIVE_NOTED_EVERY_S = 60;

const newToken = () => `bm_${randomBytes(TOKEN_BYTES).toString('hex')}`;

/** Makes, finds and changes bots. Changes happen in the caller's unit and are announced after its commit. */
export function botService({
  store,
  bots,
  accounts,
  audit,
  settings,
  events,
  clock,
  sessionState,
}: BotServiceDeps) {
  const lastNoted = new Map<BotId, number>();
  const nowS = () => Math.floor(clock.now() / 1_000);

  async function owned(id: number, owner: BareJid | undefined, tx: Tx): Promise<Bot> {
    const bot = await bots.byId(id, tx);
    // A foreign bot is "not found": whose it is stays private.
    if (!bot || (owner && bot.owner !== owner)) throw refuse('bot.not-found', { id });
    return bot;
  }

  return {
    async create(
      tx: Tx,
      request: { name: string; owner: BareJid; mode: Bot['mode'] },
      caller: Caller,
    ): Promise<{ bot: Bot; token: string }> {
      const name = request.name.trim();
      if (!NAME.test(name)) throw refuse('bot.name', {});
      if (request.mode === 'dedicated') {
        if (!settings.get('ejabberd_api_url')) throw refuse('ejabberd.not-configured', {});
        throw refuse('bot.dedicated-unavailable', {});
      }
      const { owner, mode } = request;
      if (!(await accounts.byJid(owner, tx))) throw refuse('account.unknown', { account: owner });
      if ((await bots.countOf(tx, owner)) >= BOTS_PER_OWNER) {
        throw refuse('bot.limit', { owner, limit: BOTS_PER_OWNER });
      }
      const botId = await bots.insert(tx, { name, owner, mode, createdAt: nowS() });
      const token = newToken();
      await bots.setToken(tx, botId, token);
      await audit.insert(tx, {
        action: 'bot.create',
        ...caller,
        outcome: 'ok',
        botId,
        details: name,
        at: nowS(),
      });
      tx.afterCommit(() => events.emit('bot.created', { botId, owner }));
      return { bot: await owned(botId, owner, tx), token };
    },

    /** All bots, or those of one owner, by id. */
    list: (owner?: BareJid, tx?: Tx): Promise<Bot[]> => bots.all(owner, tx),
    countActive: () => bots.countActive(),

    /** The bot of a token; refuses a token that is unknown, revoked or replaced. */
    async byToken(token: string): Promise<Bot> {
      const bot = await bots.byToken(token);
      if (!bot) throw refuse('token.unknown', {});
      return bot;
    },

    tokenOf: (id: BotId) => bots.tokenOf(id),

    /** Replaces the token; the old one ends with the commit. Does not activate the bot. */
    async replaceToken(
      tx: Tx,
      id: number,
      owner: BareJid | undefined,
      caller: Caller,
    ): Promise<{ bot: Bot; token: string }> {
      const bot = await owned(id, owner, tx);
      const token = newToken();
      await bots.setToken(tx, bot.id, token);
      await audit.insert(tx, { action: 'bot.token', ...caller, outcome: 'ok', botId: bot.id, at: nowS() });
      tx.afterCommit(() => events.emit('bot.changed', { botId: bot.id, owner: bot.owner }));
      return { bot, token };
    },

    /** The bot's program was here. Written at most once a minute, and never waited for. */
    noteActive(id: BotId): void {
      if (nowS() - (lastNoted.get(id) ?? 0) < ACTIVE_NOTED_EVERY_S) return;
      lastNoted.set(id, nowS());
      store.write((tx) => bots.setLastActive(tx, id, nowS())).catch(() => lastNoted.delete(id));
    },

    /** Where the bot stands with its server: the state of the session it speaks through. */
    stateOf(bot: Bot): SessionState | 'unavailable' {
      if (bot.mode === 'cloud') return 'unavailable';
      return bot.status === 'active' ? sessionState(bot.owner) : 'offline';
    },

    /** The bot that gets what is typed into the self-chat: the newest active one. */
    async selectedOf(owner: BareJid, tx?: Tx): Promise<Bot | undefined> {
      const all = await bots.all(owner, tx);
      return all.findLast((bot) => bot.status === 'active' && bot.mode === 'personal');
    },
  };
}
export type BotService = ReturnType<typeof botService>;
