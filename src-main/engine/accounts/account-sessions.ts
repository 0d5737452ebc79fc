import { refuse } from '../../../src-shared/errors.ts';
import type { EngineEvents, SessionState } from '../../../src-shared/events.ts';
import type { BotId } from '../../../src-shared/ids.ts';
import type { BareJid, FullJid } from '../../../src-shared/jid.ts';
import { reason as why } from '../../../src-shared/text/reasons.ts';
import type { Clock } from '../../base/clock.ts';
import type { Emitter } from '../../base/emitter.ts';
import { KeyedQueue } from '../../base/keyed-queue.ts';
import type { Logger } from '../../base/logger.ts';
import { Scope } from '../../base/scope.ts';
import type { Session, SessionConfig } from '../../gateways/xmpp/session.ts';
import type { SessionPool } from '../../gateways/xmpp/session-pool.ts';
import type { Account, AccountRepository } from '../../store/account-repository.ts';
import type { SettingService } from '../settings/setting-service.ts';

interface AccountSessionsDeps {
  accounts: AccountRepository;
  settings: SettingService;
  pool: SessionPool;
  events: Emitter<EngineEvents>;
  clock: Clock;
  logger: Logger;
  resource: string;
  /** Ties a started session to the engine: inbound units and outbox. */
  attach: (account: Account, session: Session) => Promise<Attachment>;
  /** Of a dedicated bot's account: whether the bot is switched on. */
  isBotActive: (botId: BotId) => Promise<boolean>;
  /** What the bot's session tells of itself (XEP-0030). */
  identityOf?: (account: Account) => Promise<SessionConfig['identity']>;
}

/** What works on a session, and ends after it. */
export interface Attachment {
  /** The engine on another machine that acts for the account, while this one stands by. */
  actsInstead?(): FullJid | undefined;
  /** Finishes what another engine of the account must not do once more, while the session is still there. */
  retire(): Promise<void>;
  /** The account is no longer ours: takes away what was published for it, while the session is still there. */
  leave(): Promise<void>;
  close(): Promise<void>;
}

/** Sessions of many accounts are begun so many at a time; how many sign in at a time is the pool's. */
const SETTLED_AT_ONCE = 4;

/** Keeps exactly the sessions online that should be: of enabled accounts, while bots are switched on at all. */
export function accountSessions(deps: AccountSessionsDeps) {
  const { accounts, settings, pool, events, clock, logger, resource, attach, isBotActive, identityOf } = deps;
  const scope = new Scope();
  let isRunning = false;
  const attached = new Map<BareJid, { account: Account; work: Scope; attachment?: Attachment }>();
  const changes = new KeyedQueue<BareJid>();

  async function open(account: Account): Promise<void> {
    const { id: accountId, jid, service, ca } = account;
    const password = await accounts.passwordOf(accountId);
    const identity = await identityOf?.(account);
    const session = pool.start({
      jid,
      resource,
      password: () => password,
      service,
      ca,
      ...(identity && { identity }),
    });
    const work = new Scope();
    attached.set(jid, { account, work });
    work.add(
      session.onState(({ state, reason }) => {
        logger.info({ account: jid, state, reason }, 'session state changed');
        events.emit('account.session-changed', { accountId, jid, state, reason });
      }),
    );
    try {
      const attachment = await attach(account, session);
      work.add(() => attachment.close());
      attached.set(jid, { account, work, attachment });
    } catch (error) {
      await close(jid);
      throw error;
    }
  }

  async function close(jid: BareJid, isGone = false): Promise<void> {
    const known = attached.get(jid);
    if (!known) return;
    await known.attachment?.retire();
    if (isGone) await known.attachment?.leave();
    await pool.stop(jid);
    attached.delete(jid);
    await known.work.close();
  }

  /** A person's switch holds for the bots of that person too. */
  async function isSwitchedOn(account: Account): Promise<boolean> {
    if (!account.isEnabled) return false;
    if (account.botId === undefined) return true;
    const owner = await accounts.ownerOf(account.botId);
    return (owner?.isEnabled ?? true) && isBotActive(account.botId);
  }

  /**
   * Brings one account's session to what its row says, `isAnew` even if it runs already: its credentials may be new,
   * and one that has failed gets another try. Changes of one account run one after the other.
   */
  const settle = (jid: BareJid, isAnew: boolean) =>
    changes.run(jid, async () => {
      const isWanted = async () => {
        const account = await accounts.byJid(jid);
        if (!account || scope.isClosed || !settings.get('bot_features_enabled')) return undefined;
        return (await isSwitchedOn(account)) ? account : undefined;
      };
      let account = await isWanted();
      const running = attached.get(jid)?.account;
      if (running) {
        // The account may have been removed and added again: its session belongs to the old row then.
        const isGone = (await accounts.byJid(jid))?.id !== running.id;
        if (!account || isAnew || isGone) await close(jid, isGone);
        account = await isWanted();
      }
      if (account && !attached.has(jid)) await open(account);
      if (scope.isClosed) await close(jid);
    });
  const notChanged = (jid: BareJid, error: unknown) =>
    logger.error({ err: error, account: jid }, 'session could not be changed');
  const settleSoon = (jid: BareJid, isAnew = false) => {
    settle(jid, isAnew).catch((error: unknown) => notChanged(jid, error));
  };
  const settleBotsOf = async (owner: BareJid, isAnew = false) => {
    for (const { jid } of await accounts.ofBotsOf(owner)) settleSoon(jid, isAnew);
  };
  const report = (error: unknown) => logger.error({ err: error }, 'sessions could not be changed');
  /** A few at a time: hundreds at once would hold everything that attaching reads in memory together. */
  const settleAll = async () => {
    const waiting = (await accounts.all()).map(({ jid }) => jid);
    const worker = async () => {
      for (let jid = waiting.shift(); jid && !scope.isClosed; jid = waiting.shift()) {
        const settling = jid;
        await settle(settling, false).catch((error: unknown) => notChanged(settling, error));
      }
    };
    await Promise.all(Array.from({ length: SETTLED_AT_ONCE }, worker));
  };

  return {
    /** Starts what should run and follows every change from then on. */
    async start(): Promise<void> {
      isRunning = true;
      scope.add(events.on('account.added', ({ jid }) => settleSoon(jid)));
      scope.add(events.on('account.removed', ({ jid }) => settleSoon(jid)));
      scope.add(
        events.on('account.switched', ({ jid }) => {
          settleSoon(jid, true);
          settleBotsOf(jid).catch(report);
        }),
      );
      for (const change of ['bot.created', 'bot.changed'] as const) {
        scope.add(events.on(change, ({ owner }) => void settleBotsOf(owner).catch(report)));
      }
      // The row is gone with the bot: whoever has a session and no row is closed.
      scope.add(
        events.on('bot.deleted', ({ botId }) => {
          for (const [jid, { account }] of attached) if (account.botId === botId) settleSoon(jid);
        }),
      );
      scope.add(
        events.on('setting.changed', ({ key }) => {
          if (key !== 'bot_features_enabled') return;
          settleAll().catch(report);
        }),
      );
      settleAll().catch(report);
    },
    of: (jid: BareJid): Session | undefined => (attached.has(jid) ? pool.get(jid) : undefined),
    /** The account as its session was started with, while it has one. */
    accountOf: (jid: BareJid): Account | undefined => attached.get(jid)?.account,
    /** Settles when what was asked for so far is done. */
    settled: (jid: BareJid): Promise<void> => changes.run(jid, async () => undefined),
    /** The engine on another machine that acts for the account, while this one stands by. */
    actsInstead: (jid: BareJid): FullJid | undefined => attached.get(jid)?.attachment?.actsInstead?.(),
    stateOf(jid: BareJid): SessionState {
      return this.of(jid)?.state ?? 'offline';
    },
    /** Resolves when the account is online; refuses when it cannot sign in, not within `timeoutMs`, or when nobody waits any more. */
    async online(jid: BareJid, timeoutMs: number, gone?: AbortSignal): Promise<void> {
      // What was asked for before is done first: a session of old credentials says nothing.
      await this.settled(jid);
      const waiting = new Scope();
      const { promise, resolve, reject } = Promise.withResolvers<void>();
      const look = () => {
        const session = this.of(jid);
        if (session?.state === 'online') resolve();
        if (session?.state === 'failed')
          reject(refuse('account.login-failed', { account: jid, reason: session.reason ?? '' }));
      };
      waiting.add(events.on('account.session-changed', (event) => event.jid === jid && look()));
      clock.after(waiting, timeoutMs, () =>
        reject(
          refuse('account.login-failed', {
            account: jid,
            reason: this.of(jid)?.reason ?? why('here.too-long', {}),
          }),
        ),
      );
      const leave = () =>
        reject(refuse('account.login-failed', { account: jid, reason: why('here.cancelled', {}) }));
      gone?.addEventListener('abort', leave);
      waiting.add(() => gone?.removeEventListener('abort', leave));
      if (gone?.aborted) leave();
      look();
      await promise.finally(() => waiting.close());
    },
    /** False until `start`, and without the edges: nothing will come online then. */
    get isRunning(): boolean {
      return isRunning;
    },
    async stop(): Promise<void> {
      isRunning = false;
      await scope.close();
      // Behind whatever is under way for each account.
      const known = new Set([...attached.keys(), ...(await accounts.all()).map(({ jid }) => jid)]);
      await Promise.all([...known].map((jid) => changes.run(jid, () => close(jid))));
    },
  };
}
export type AccountSessions = ReturnType<typeof accountSessions>;
