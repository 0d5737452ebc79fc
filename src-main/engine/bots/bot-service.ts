import type { Caller } from '../../../src-shared/access.ts';
import { DESCRIPTION_LENGTH } from '../../../src-shared/api/bot-settings.ts';
import type { TokenScope } from '../../../src-shared/api/token-scopes.ts';
import { refuse } from '../../../src-shared/errors.ts';
import type { EngineEvents, SessionState } from '../../../src-shared/events.ts';
import type { BotId } from '../../../src-shared/ids.ts';
import type { BareJid } from '../../../src-shared/jid.ts';
import { checkText } from '../../../src-shared/xml-text.ts';
import type { Clock } from '../../base/clock.ts';
import type { Emitter } from '../../base/emitter.ts';
import type { Account, AccountRepository } from '../../store/account-repository.ts';
import type { Bot, BotRepository } from '../../store/bot-repository.ts';
import type { Store, Tx } from '../../store/open.ts';
import type { AuditTrail } from '../audit/audit-trail.ts';
import type { SensitiveChanges } from '../notices/sensitive-changes.ts';
import type { BotTokens } from './bot-tokens.ts';

interface BotServiceDeps {
  store: Store;
  bots: BotRepository;
  accounts: AccountRepository;
  tokens: BotTokens;
  changes: Pick<SensitiveChanges, 'botCreated'>;
  audit: AuditTrail;
  events: Emitter<EngineEvents>;
  clock: Clock;
  /** State of the session that a bot speaks through: its owner's, or its own. */
  sessionState: (jid: BareJid) => SessionState;
}

interface NewBot {
  name: string;
  owner: BareJid;
  mode: Bot['mode'];
  /** What its first token may do; everything when left out. */
  scopes?: readonly TokenScope[] | undefined;
}

export const BOTS_PER_OWNER = 20;
/** Of any script, with something to be seen in it. */
const NAME = /^(?=.*[^\p{Cf}\p{M}\p{Z}])[^\p{Cc}\p{Cs}\p{Zl}\p{Zp}\uFFFE\uFFFF]{1,64}$/u;
const ACTIVE_NOTED_EVERY_S = 60;

/** Makes, finds and changes bots. Changes happen in the caller's unit and are announced after its commit. */
export function botService({
  store,
  bots,
  accounts,
  tokens,
  changes,
  audit,
  events,
  clock,
  sessionState,
}: BotServiceDeps) {
  const lastNoted = new Map<BotId, number>();
  const nowS = () => Math.floor(clock.now() / 1_000);

  const announce = (tx: Tx, bot: Bot) =>
    tx.afterCommit(() => events.emit('bot.changed', { botId: bot.id, owner: bot.owner }));

  async function owned(id: number, owner?: BareJid, tx?: Tx): Promise<Bot> {
    const bot = await bots.byId(id, tx);
    // A foreign bot is "not found": whose it is stays private.
    if (!bot || (owner && bot.owner !== owner)) throw refuse('bot.not-found', { id });
    return bot;
  }

  return {
    /** Refuses what cannot be made: a wrong name, an owner who is unknown or has enough bots. */
    async checkNew(tx: Tx, { name, owner, mode }: NewBot): Promise<void> {
      if (!NAME.test(name.trim())) throw refuse('bot.name', {});
      // Two bots that own each other would talk for ever.
      if (await bots.hasJid(owner, tx)) throw refuse('bot.owner-is-bot', { owner });
      // Only a personal bot speaks through its owner's account.
      if (mode === 'personal' && !(await accounts.ofPerson(owner, tx)))
        throw refuse('account.unknown', { account: owner });
      if ((await bots.countOf(tx, owner)) >= BOTS_PER_OWNER) {
        throw refuse('bot.limit', { owner, limit: BOTS_PER_OWNER });
      }
    },

    /** Stores a new bot with its first token; a dedicated one has its account already (dedicated-bots.ts). */
    async create(
      tx: Tx,
      request: NewBot & { jid?: BareJid },
      caller: Caller,
    ): Promise<{ bot: Bot; token: string }> {
      await this.checkNew(tx, request);
      const { owner, mode, jid } = request;
      const name = request.name.trim();
      const botId = await bots.insert(tx, { name, owner, mode, jid, createdAt: nowS() });
      const token = await tokens.first(tx, botId, request.scopes);
      await audit.note(tx, caller, { action: 'bot.create', botId, details: name });
      await changes.botCreated(tx, { id: botId, name, owner }, caller);
      tx.afterCommit(() => events.emit('bot.created', { botId, owner }));
      return { bot: await owned(botId, owner, tx), token };
    },

    /** All bots, or those of one owner, by id. */
    list: (owner?: BareJid, tx?: Tx): Promise<Bot[]> => bots.all(owner, tx),
    countActive: () => bots.countActive(),

    /** The bot with that id; refuses an id that is unknown, or of somebody else when an owner is given. */
    find: owned,

    /** Deletes a bot with its queue, settings and commands. Its id is never used again. */
    async delete(tx: Tx, bot: Bot, caller: Caller): Promise<void> {
      await bots.delete(tx, bot.id);
      await audit.note(tx, caller, { action: 'bot.delete', botId: bot.id, details: bot.name });
      tx.afterCommit(() => events.emit('bot.deleted', { botId: bot.id, owner: bot.owner }));
    },

    /** Switches a bot on or off; one that is so already stays so. A bot that is off keeps its token and its queue. */
    async setActive(tx: Tx, bot: Bot, isActive: boolean, caller: Caller): Promise<void> {
      if (isActive && bot.mode === 'cloud') throw refuse('bot.cloud-unavailable', {});
      await bots.setStatus(tx, bot.id, isActive ? 'active' : 'disabled');
      await audit.note(tx, caller, { action: isActive ? 'bot.activate' : 'bot.deactivate', botId: bot.id });
      announce(tx, bot);
    },

    /** Takes the token away and switches the bot off: nobody can act as it until it has a new one and is switched on. */
    async revoke(tx: Tx, bot: Bot, caller: Caller): Promise<void> {
      await tokens.revoke(tx, bot, caller);
      await this.setActive(tx, bot, false, caller);
    },

    /** Refuses what cannot be a description. */
    checkDescription(text: string): void {
      const description = text.trim();
      if ([...description].length > DESCRIPTION_LENGTH) {
        throw refuse('bot.description', { limit: DESCRIPTION_LENGTH });
      }
      checkText('description', description);
    },

    /** What the bot is for, as its menu and its profile show it. */
    async setDescription(tx: Tx, bot: Bot, text: string, caller: Caller): Promise<void> {
      const description = text.trim();
      this.checkDescription(description);
      await bots.setDescription(tx, bot.id, description);
      await audit.note(tx, caller, { action: 'bot.description', botId: bot.id });
      announce(tx, bot);
    },

    /** Chooses the bot that gets what is typed into the self-chat. */
    async select(tx: Tx, account: Account, bot: Bot, caller: Caller): Promise<void> {
      await accounts.selectBot(tx, account.id, bot.id);
      await audit.note(tx, caller, { action: 'bot.use', botId: bot.id });
      announce(tx, bot);
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
      if (bot.status !== 'active') return 'offline';
      return sessionState(bot.jid === '' ? bot.owner : bot.jid);
    },

    /** The bot that gets what is typed into the self-chat: the one chosen with /use, else the newest active one. */
    async selectedOf(owner: BareJid, tx?: Tx): Promise<Bot | undefined> {
      return (await this.chosenOf(owner, tx)) ?? (await this.activeOf(owner, tx)).at(-1);
    },
    /** The bot chosen with /use, while it is there and switched on. */
    async chosenOf(owner: BareJid, tx?: Tx): Promise<Bot | undefined> {
      const account = await accounts.ofPerson(owner, tx);
      if (account?.selectedBotId === undefined) return undefined;
      return (await this.activeOf(owner, tx)).find(({ id }) => id === account.selectedBotId);
    },
    /** The personal bots of an account that are switched on, by id. */
    async activeOf(owner: BareJid, tx?: Tx): Promise<Bot[]> {
      const all = await bots.all(owner, tx);
      return all.filter((bot) => bot.status === 'active' && bot.mode === 'personal');
    },
  };
}
export type BotService = ReturnType<typeof botService>;
