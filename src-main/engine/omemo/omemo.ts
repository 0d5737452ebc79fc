import type { EngineEvents } from '../../../src-shared/events.ts';
import type { AccountId } from '../../../src-shared/ids.ts';
import type { BareJid } from '../../../src-shared/jid.ts';
import { atMost } from '../../base/at-most.ts';
import type { Clock } from '../../base/clock.ts';
import type { Emitter } from '../../base/emitter.ts';
import type { Logger } from '../../base/logger.ts';
import type { SecretBox } from '../../base/secret-box.ts';
import { encryptedIn } from '../../gateways/omemo/encrypted-element.ts';
import { legacyBackend } from '../../gateways/omemo/legacy/legacy-backend.ts';
import { omemo2Backend } from '../../gateways/omemo/omemo2/omemo2-backend.ts';
import { OmemoTrouble } from '../../gateways/omemo/ratchet-backend.ts';
import type { Element } from '../../gateways/xmpp/element.ts';
import type { Session } from '../../gateways/xmpp/session.ts';
import type { Account } from '../../store/account-repository.ts';
import { omemoKeysRepository } from '../../store/omemo-keys-repository.ts';
import { omemoPeerRepository } from '../../store/omemo-peer-repository.ts';
import type { Store, Tx } from '../../store/open.ts';
import type { Outbox } from '../messages/outbox.ts';
import { acquaintances as acquaintancesOf } from './acquaintances.ts';
import { backendsOf } from './backends.ts';
import { attachOmemo } from './omemo-attachment.ts';
import { type Opened, opening } from './opening.ts';
import { ownDevices } from './own-device.ts';
import { peerDevices } from './peer-devices.ts';
import { type Publication, publication } from './publication.ts';
import { reach as reachOf } from './reach.ts';
import { repair as repairOf } from './repair.ts';
import { type Sealed, sealing as sealingOf } from './sealing.ts';
import { sessionBudget } from './session-budget.ts';

interface OmemoDeps {
  store: Store;
  box: SecretBox;
  outbox: Outbox;
  events: Emitter<EngineEvents>;
  clock: Clock;
  logger: Logger;
  sessionOf: (jid: BareJid) => Session | undefined;
  fallbackText: (account: Account, tx: Tx) => Promise<string>;
}

/** End-to-end encryption of accounts that have a device here (XEP-0384, both versions). */
export function omemoOf(deps: OmemoDeps) {
  const { store, box, outbox, events, clock, logger, sessionOf, fallbackText } = deps;
  const keys = omemoKeysRepository(store, box);
  const peers = omemoPeerRepository(store, box);
  const backends = backendsOf({ legacy: legacyBackend, omemo2: async () => omemo2Backend() });
  const own = ownDevices({ store, keys, clock });
  const devices = peerDevices({ peers, clock });
  const acquaintances = acquaintancesOf(devices);
  const sealing = sealingOf({ store, own, keys, peers, backends, clock, logger, fallbackText });
  const budget = sessionBudget(clock);
  const opener = opening({ own, keys, peers, devices, backends, budget, clock, logger });
  const reach = reachOf({
    store,
    own,
    keys,
    peers,
    devices,
    acquaintances,
    backends,
    clock,
    logger,
    sessionOf,
    async onNewDevices(account, jid, added) {
      events.emit('omemo.devices-added', {
        accountId: account.id,
        jid,
        deviceIds: added.map((one) => one.deviceId),
      });
    },
  });
  const repair = repairOf({ store, peers, reach, acquaintances, sealing, outbox, clock, logger });
  /** Servers that announce an account's own lists to it. */
  const announcing = new Set<string>();
  const publications = new Map<AccountId, Publication>();

  return {
    own,
    devices,
    peers,
    prepare: reach.prepare,
    isPossible: sealing.isPossible,
    /** Somebody's client came who may have a new device. */
    lookAgain: (account: Account, jid: BareJid): Promise<void> => reach.lookAgain(account, jid),
    /** A ratchet's library is loaded before a unit needs it. */
    ready: backends.ready,
    /** Whether an account has to do with somebody: strangers could make up devices without end. */
    isAcquainted: acquaintances.includes,

    /** To be awaited before the unit that opens a message: gets to know the device that wrote it. */
    async meet(account: Account, stanza: Element, from: BareJid): Promise<void> {
      const identity = await own.of(account.id);
      for (const { senderDeviceId: deviceId, version } of sendersOf(stanza)) {
        if (from === account.jid && deviceId === identity?.deviceId) continue;
        await reach.meet(account, { jid: from, deviceId, version });
      }
    },

    /**
     * Encrypts a finished stanza in the unit that stores it: for somebody, or for these people in a room. Refuses with
     * `omemo.no-device`.
     */
    async seal(
      tx: Tx,
      account: Account,
      to: BareJid,
      stanza: Element,
      members?: readonly BareJid[],
    ): Promise<Sealed> {
      const sealed = await sealing.seal(tx, account, to, stanza, members);
      tx.afterCommit(() => repair.answered(account, sealed.reached));
      return sealed;
    },

    /**
     * Decrypts a stanza in the unit that stores what it says. What follows from it for the ratchet happens after the
     * commit; `isRepairing` says whether a message that cannot be read leads to a new session by itself.
     */
    async open(
      tx: Tx,
      account: Account,
      {
        stanza,
        from,
        to,
        isRepairing,
        isRoom = false,
      }: { stanza: Element; from: BareJid; to: BareJid; isRepairing: boolean; isRoom?: boolean },
    ): Promise<Opened> {
      const opened = await opener.open(tx, account, stanza, { from, to, isRoom });
      if (opened.kind === 'opened' || opened.kind === 'empty') {
        const { writer, begins, asksForAnswer, counter } = opened;
        tx.afterCommit(() => {
          if (begins) publications.get(account.id)?.renewSoon();
          if (asksForAnswer) repair.answerSoon(account, writer);
          repair.heard(account, writer, counter);
          reach.heard(account, writer);
        });
      }
      if (opened.kind === 'trouble' && isRepairing) {
        const { why, writer } = opened;
        tx.afterCommit(() => {
          if (why === 'not-for-us') publications.get(account.id)?.renewSoon();
          if (RENEWED.has(why)) repair.renew(account, writer).catch(report);
        });
      }
      return opened;
    },

    /** Where a message could not be read: begins a new session, if that mends it. False when there is none. */
    async mend(account: Account, { why, writer }: Extract<Opened, { kind: 'trouble' }>): Promise<boolean> {
      if (why === 'not-for-us') publications.get(account.id)?.renewSoon();
      return RENEWED.has(why) && repair.begin(account, writer);
    },
    /** What a device needs to learn of a new session. */
    sendEmpty: repair.sendEmpty,

    /** Publishes the account's device over its session and keeps it there. */
    attach(account: Account, session: Session, owner: BareJid | undefined) {
      const renumber = () =>
        store.write(async (tx) => {
          await own.renumber(tx, account.id);
          await peers.forgetSessions(tx, account.id);
        });
      const published = publication({ account, session, own, renumber, announcing, clock, logger });
      publications.set(account.id, published);
      void published.published.then(() =>
        events.emit('omemo.published', { accountId: account.id, jid: account.jid }),
      );
      const attached = attachOmemo({
        account,
        session,
        publication: published,
        reach,
        acquaintances,
        owner,
        logger,
      });
      attached.add(() => {
        publications.delete(account.id);
        own.release(account.id);
      });
      return attached;
    },

    /**
     * Settles when others can find the account's device, or after a while: who gets a message from a device that is on
     * no list cannot read it.
     */
    async published(accountId: AccountId): Promise<void> {
      const published = publications.get(accountId)?.published;
      if (published) await atMost(clock, PUBLISHED_WITHIN_MS, published);
    },
    /** Takes the account's device off the network; its keys stay until `reset`. False where it may still be there. */
    async withdraw(accountId: AccountId): Promise<boolean> {
      const published = publications.get(accountId);
      if (published) return published.withdraw();
      return (await own.of(accountId)) === undefined;
    },
    /** Forgets the account's device: the next one has new keys and no sessions. What is known of others stays. */
    async reset(tx: Tx, account: Account): Promise<void> {
      await own.forget(tx, account.id);
      await peers.forgetSessions(tx, account.id);
    },

    /** Forgets keys that nothing can need any more, and sessions that nobody has used for long. */
    async expire(tx: Tx): Promise<void> {
      await own.expire(tx);
      await peers.forgetUnlistedSessions(tx, clock.now() - UNLISTED_KEPT_MS);
    },
    close: () => repair.close(),
  };

  function report(error: unknown): void {
    logger.warn({ err: error }, 'an OMEMO session could not be repaired');
  }
}
export type Omemo = ReturnType<typeof omemoOf>;

/** Who encrypted a message, as it says; nobody where that cannot be read. */
function sendersOf(stanza: Element) {
  try {
    return encryptedIn(stanza);
  } catch (error) {
    if (error instanceof OmemoTrouble) return [];
    throw error;
  }
}

/** An unanswering server must not keep a program waiting for ever. */
const PUBLISHED_WITHIN_MS = 10_000;

/** A device that is on no list is not written to; its ratchet is kept for what it may still write. */
const UNLISTED_KEPT_MS = 30 * 24 * 60 * 60 * 1_000;

/** Troubles that a new session mends. */
export const RENEWED: ReadonlySet<string> = new Set([
  'no-session',
  'unknown-prekey',
  'bad-mac',
  'too-far',
  'malformed',
]);
