import { refuse } from '../../../src-shared/errors.ts';
import type { EngineEvents, SessionState } from '../../../src-shared/events.ts';
import type { BareJid } from '../../../src-shared/jid.ts';
import type { Clock } from '../../base/clock.ts';
import type { Emitter } from '../../base/emitter.ts';
import { KeyedQueue } from '../../base/keyed-queue.ts';
import type { Logger } from '../../base/logger.ts';
import { Scope } from '../../base/scope.ts';
import type { Session } from '../../gateways/xmpp/session.ts';
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
  /** Ties a started session to the engine: inbound units and outbox. The scope ends with the session. */
  attach: (account: Account, session: Session) => Promise<Scope>;
}

/** Keeps exactly the sessions online that should be: of enabled accounts, while bots are switched on at all. */
export function accountSessions(deps: AccountSessionsDeps) {
  const { accounts, settings, pool, events, clock, logger, resource, attach } = deps;
  const scope = new Scope();
  let isRunning = false;
  const attached = new Map<BareJid, Scope>();
  const changes = new KeyedQueue<BareJid>();

  async function open(account: Account, password: string): Promise<void> {
    const { id: accountId, jid, service, ca } = account;
    const session = pool.start({ jid, resource, password: () => password, service, ca });
    const work = await attach(account, session);
    work.add(
      session.onState(({ state, reason }) => {
        logger.info({ account: jid, state, reason }, 'session state changed');
        events.emit('account.session-changed', { accountId, jid, state, reason });
      }),
    );
    attached.set(jid, work);
  }

  async function close(jid: BareJid): Promise<void> {
    const work = attached.get(jid);
    if (!work) return;
    attached.delete(jid);
    await pool.stop(jid);
    await work.close();
  }

  /**
   * Brings one account's session to what its row says, `isAnew` even if it runs already: its credentials may be new,
   * and one that has failed gets another try. Changes of one account run one after the other.
   */
  const settle = (jid: BareJid, isAnew: boolean) =>
    changes.run(jid, async () => {
      const account = await accounts.byJid(jid);
      const isWanted = account?.isEnabled && settings.get('bot_features_enabled') && !scope.isClosed;
      if (!account || !isWanted) return close(jid);
      if (isAnew) await close(jid);
      if (!attached.has(jid)) await open(account, await accounts.passwordOf(account.id));
    });
  const settleSoon = (jid: BareJid, isAnew = false) => {
    settle(jid, isAnew).catch((error: unknown) =>
      logger.error({ err: error, account: jid }, 'session could not be changed'),
    );
  };
  const settleAll = async () => {
    for (const { jid } of await accounts.all()) settleSoon(jid);
  };

  return {
    /** Starts what should run and follows every change from then on. */
    async start(): Promise<void> {
      isRunning = true;
      scope.add(events.on('account.added', ({ jid }) => settleSoon(jid)));
      scope.add(events.on('account.removed', ({ jid }) => settleSoon(jid)));
      scope.add(events.on('account.switched', ({ jid }) => settleSoon(jid, true)));
      scope.add(
        events.on('setting.changed', ({ key }) => {
          if (key !== 'bot_features_enabled') return;
          void settleAll();
        }),
      );
      await settleAll();
    },
    of: (jid: BareJid): Session | undefined => (attached.has(jid) ? pool.get(jid) : undefined),
    stateOf(jid: BareJid): SessionState {
      return this.of(jid)?.state ?? 'offline';
    },
    /** Resolves when the account is online; refuses when it cannot sign in, or not within `timeoutMs`. */
    async online(jid: BareJid, timeoutMs: number): Promise<void> {
      // What was asked for before is done first: a session of old credentials says nothing.
      await changes.run(jid, async () => undefined);
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
            reason: this.of(jid)?.reason ?? 'it takes too long',
          }),
        ),
      );
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
      await Promise.all([...attached.keys()].map((jid) => changes.run(jid, () => close(jid))));
    },
  };
}
export type AccountSessions = ReturnType<typeof accountSessions>;
