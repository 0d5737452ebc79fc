import type { CalledCaller } from '../../../src-shared/access.ts';
import type { EngineEvents } from '../../../src-shared/events.ts';
import type { BareJid } from '../../../src-shared/jid.ts';
import type { Clock } from '../../base/clock.ts';
import type { Emitter } from '../../base/emitter.ts';
import type { Logger } from '../../base/logger.ts';
import { Scope } from '../../base/scope.ts';
import type { BotErrand, BotErrandRepository } from '../../store/bot-errand-repository.ts';
import type { Store, Tx } from '../../store/open.ts';
import type { AuditTrail } from '../audit/audit-trail.ts';
import type { AccountProvider } from '../provisioning/account-provider.ts';

export interface BotErrandsDeps {
  store: Store;
  errands: BotErrandRepository;
  audit: AuditTrail;
  events: Emitter<EngineEvents>;
  clock: Clock;
  logger: Logger;
  /** Makes and removes accounts; refuses when nothing is set for that. */
  provider: () => AccountProvider;
  /** Whether the account lets us in with that password; rejects when that cannot be told now. */
  isOurs: (jid: BareJid, owner: BareJid, password: string) => Promise<boolean>;
  /** Whether a bot of this installation has that address. */
  isInUse: (jid: BareJid) => Promise<boolean>;
  /** Settles when no session of that address is there any more. */
  sessionClosed: (jid: BareJid) => Promise<void>;
  /** Takes the bot out of its owner's roster, when the owner is signed in here. */
  forgetContact: (owner: BareJid, jid: BareJid) => Promise<void>;
}

const RETRY_MS = [60_000, 5 * 60_000, 15 * 60_000, 60 * 60_000];
/** As the audit log calls what errands do. */
const ACTIONS = {
  register: 'bot.account-given-up',
  remove: 'bot.account-removed',
  contact: 'bot.contact-removed',
} as const;
const CALLER: CalledCaller = { actor: 'botmother', from: 'engine' };

/**
 * What is to be done at servers about the accounts of dedicated bots, each as a row of its own: it survives a restart, and
 * is tried until it is done. The steps can be repeated.
 */
export function botErrands(deps: BotErrandsDeps) {
  const {
    store,
    errands,
    audit,
    events,
    clock,
    logger,
    provider,
    isOurs,
    isInUse,
    sessionClosed,
    forgetContact,
  } = deps;
  const scope = new Scope();
  const running = new Map<number, Promise<boolean>>();
  /** Accounts that are just being made here: not ours to judge before `done`, or `perform`. */
  const underWay = new Set<number>();
  let isStarted = false;

  async function perform({ kind, jid, owner, password, attempts }: BotErrand): Promise<void> {
    if (kind === 'contact') return forgetContact(owner, jid);
    await sessionClosed(jid);
    // A bot has it: whatever the row meant to do is over.
    if (await isInUse(jid)) return;
    // Begun by an engine that ended before it knew whether the account was made, or removed already with the answer lost:
    // it may be somebody else's now.
    if ((kind === 'register' || attempts > 0) && !(await isOurs(jid, owner, password))) return;
    const accounts = provider();
    try {
      await accounts.remove(jid, password);
    } finally {
      await accounts.close();
    }
  }

  async function attempt(id: number): Promise<boolean> {
    const errand = (await errands.all()).find((one) => one.id === id);
    if (!errand) return true;
    try {
      await perform(errand);
      // The row stays then, and the next engine finds the account gone.
      if (scope.isClosed) return true;
      await store.write(async (tx) => {
        await errands.delete(tx, errand.id);
        if (errand.kind !== 'register')
          await audit.note(tx, CALLER, { action: ACTIONS[errand.kind], details: errand.jid });
      });
      return true;
    } catch (error) {
      if (scope.isClosed) return false;
      const attempts = errand.attempts + 1;
      const delayMs = RETRY_MS[Math.min(attempts, RETRY_MS.length) - 1] ?? 0;
      logger.warn({ err: error, jid: errand.jid, attempts }, 'an errand could not be done yet');
      const reason = error instanceof Error ? error.message : 'unknown';
      await store.write(async (tx) => {
        await errands.postpone(tx, errand.id, { attempts, reason, dueAt: clock.now() + delayMs });
        const act = { action: ACTIONS[errand.kind], details: `${errand.jid}: ${reason}` };
        await audit.refused(CALLER, act, tx);
      });
      plan(delayMs);
      return false;
    }
  }

  const report = (error: unknown) => {
    if (!scope.isClosed) logger.error({ err: error }, 'errands could not be done');
  };

  /** One attempt at a time for each errand. */
  function run(id: number): Promise<boolean> {
    const known = running.get(id);
    if (known) return known;
    const work = attempt(id)
      .catch((error: unknown) => {
        report(error);
        // The row is as it was.
        plan(RETRY_MS[0] ?? 0);
        return false;
      })
      .finally(() => running.delete(id));
    running.set(id, work);
    return work;
  }

  function plan(delayMs: number): void {
    if (isStarted && !scope.isClosed) clock.after(scope, delayMs, () => void look());
  }

  const isOpen = ({ id }: BotErrand) => !underWay.has(id);
  const isDue = (errand: BotErrand) => errand.dueAt <= clock.now() && isOpen(errand);

  async function look(isMeant = isDue): Promise<void> {
    try {
      for (const { id } of (await errands.all()).filter(isMeant)) {
        // The errands before it took their time: it may be done meanwhile, or was tried.
        const errand = (await errands.all()).find((one) => one.id === id);
        if (errand && isMeant(errand)) await run(id);
      }
    } catch (error) {
      report(error);
    }
  }

  return {
    /** Notes in the unit that an account is about to be made; `done` when it is known what became of it. */
    async begin(tx: Tx, errand: { jid: BareJid; owner: BareJid; password: string }): Promise<number> {
      const id = await errands.insert(tx, { ...errand, kind: 'register', dueAt: clock.now() });
      tx.afterCommit(() => underWay.add(id));
      return id;
    },
    async done(tx: Tx, id: number): Promise<void> {
      await errands.delete(tx, id);
      tx.afterCommit(() => underWay.delete(id));
    },
    /** The account is to go, and the owner's contact with it, from this unit on. Resolves with the number of the first. */
    async remove(tx: Tx, errand: { jid: BareJid; owner: BareJid; password: string }): Promise<number> {
      const contact = await errands.insert(tx, { ...errand, kind: 'contact', dueAt: clock.now() });
      tx.onDisk(() => this.performSoon(contact));
      return errands.insert(tx, { ...errand, kind: 'remove', dueAt: clock.now() });
    },
    /** What waits because it could not be done yet. */
    waiting: async (): Promise<BotErrand[]> => (await errands.all()).filter(({ attempts }) => attempts > 0),
    /** Does an errand now. True when it is done; it is tried again later otherwise. */
    perform(id: number): Promise<boolean> {
      underWay.delete(id);
      return run(id);
    },
    /** The same, with nobody who waits for it. */
    performSoon(id: number): void {
      void this.perform(id);
    },
    /** Takes up what earlier engines left. Returns the function that ends it. */
    start(): () => Promise<void> {
      isStarted = true;
      // Somebody may just have mended what they failed for.
      scope.add(
        events.on('setting.changed', ({ key }) => void (key.startsWith('ejabberd_') && look(isOpen))),
      );
      errands
        .all()
        .then((all) => {
          for (const { dueAt } of all) plan(Math.max(0, dueAt - clock.now()));
        })
        .catch(report);
      return () => scope.close();
    },
    /** What is under way is not waited for: its row stays, and the next engine does it again. */
    close: (): Promise<void> => scope.close(),
  };
}
export type BotErrands = ReturnType<typeof botErrands>;
