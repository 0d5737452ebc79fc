import { X509Certificate } from 'node:crypto';
import type { Caller } from '../../../src-shared/access.ts';
import type { AuditedChange } from '../../../src-shared/audit-actions.ts';
import { refuse } from '../../../src-shared/errors.ts';
import type { EngineEvents } from '../../../src-shared/events.ts';
import type { BareJid } from '../../../src-shared/jid.ts';
import { reason as why } from '../../../src-shared/text/reasons.ts';
import { atMost } from '../../base/at-most.ts';
import type { Clock } from '../../base/clock.ts';
import type { Emitter } from '../../base/emitter.ts';
import type { SessionConfig } from '../../gateways/xmpp/session.ts';
import type { Account, AccountRepository } from '../../store/account-repository.ts';
import type { Bot, BotRepository } from '../../store/bot-repository.ts';
import type { Store, Tx } from '../../store/open.ts';
import type { AuditTrail } from '../audit/audit-trail.ts';
import type { Omemo } from '../omemo/omemo.ts';
import type { LeftDevices } from './left-devices.ts';

interface AccountServiceDeps {
  store: Store;
  accounts: AccountRepository;
  bots: BotRepository;
  audit: AuditTrail;
  events: Emitter<EngineEvents>;
  clock: Clock;
  /** The resource of every session of this data folder. */
  resource: string;
  /** Deletes a bot with all that belongs to it. */
  deleteBot: (tx: Tx, bot: Bot, caller: Caller) => Promise<unknown>;
  omemo: Pick<Omemo, 'own' | 'withdraw'>;
  leftDevices: LeftDevices;
  /** Signs in once and resolves, or rejects with a reason for people. */
  probe: (config: SessionConfig, cancel: AbortSignal | undefined) => Promise<void>;
}

export interface SignIn {
  jid: BareJid;
  password: string;
  /** Undefined: as it was, and found by its domain for a new account. Null: found by its domain from now on. */
  service: string | null | undefined;
  /** A certificate authority of its own; undefined: as it was. Null: none any more. */
  ca: string | null | undefined;
  /** False: store without trying, for a server that cannot be reached at the moment. */
  verify: boolean;
  /** Consent to an OMEMO device of its own; undefined: as it was, and none for a new account. */
  omemo?: boolean | undefined;
}

/** Refuses what is not one or more PEM certificates, before anything tries to use it. */
function checkCa(ca: string): void {
  const blocks = ca.match(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g);
  try {
    if (!blocks) throw new Error('none');
    for (const block of blocks) new X509Certificate(block);
  } catch {
    throw refuse('request.invalid', { reason: 'The CA file holds no certificate in PEM form.' });
  }
}

/** A server that does not answer must not keep an account from being removed. */
const WITHDRAWN_WITHIN_MS = 5_000;

/** XMPP accounts that people signed in with. */
export function accountService(deps: AccountServiceDeps) {
  const { store, accounts, bots, audit, events, clock, resource, deleteBot, probe, omemo, leftDevices } =
    deps;
  const note = (tx: Tx, action: AuditedChange, jid: BareJid, caller: Caller) =>
    audit.note(tx, caller, { action, details: jid });

  async function known(jid: BareJid, tx?: Tx): Promise<Account> {
    const account = await accounts.ofPerson(jid, tx);
    if (!account) throw refuse('account.not-found', { account: jid });
    return account;
  }

  /** Nobody signs in as a bot: its account is the bot's alone, with a password that nobody knows. */
  async function checkPersons(jid: BareJid, tx?: Tx): Promise<void> {
    const account = await accounts.byJid(jid, tx);
    if (account?.botId !== undefined) throw refuse('account.of-bot', { account: jid, id: account.botId });
  }

  async function consent(tx: Tx, { id, jid }: Account, hasOmemo: boolean, caller: Caller): Promise<void> {
    await accounts.setOmemo(tx, id, hasOmemo);
    await note(tx, hasOmemo ? 'account.omemo-on' : 'account.omemo-off', jid, caller);
  }

  /** Takes the account's device off the network while that is possible. False where it may still be there. */
  async function withdraw({ id }: Account): Promise<boolean> {
    let isGone = false;
    const withdrawing = omemo.withdraw(id).then((done) => {
      isGone = done;
    });
    await atMost(clock, WITHDRAWN_WITHIN_MS, withdrawing);
    return isGone;
  }

  async function checkBots(tx: Tx, jid: BareJid, withBots: boolean): Promise<void> {
    const count = await bots.countOf(tx, jid);
    if (count > 0 && !withBots) throw refuse('account.has-bots', { account: jid, count });
  }

  return {
    list: () => accounts.people(),
    /** Makes one account the operator's: it runs this installation. */
    async makeOperator(jid: BareJid, caller: Caller): Promise<void> {
      await store.write(async (tx) => {
        const account = await known(jid, tx);
        await accounts.setOperator(tx, account.id);
        await note(tx, 'account.operator', jid, caller);
        tx.afterCommit(() => events.emit('account.changed', { accountId: account.id, jid }));
      });
    },
    /** The language of answers in the account's chat; undefined: the setting's. */
    async setLanguage(jid: BareJid, language: 'en' | 'de' | undefined, caller: Caller): Promise<void> {
      await store.write(async (tx) => {
        const account = await known(jid, tx);
        await accounts.setLanguage(tx, account.id, language);
        await note(tx, 'account.language', jid, caller);
        tx.afterCommit(() => events.emit('account.changed', { accountId: account.id, jid }));
      });
    },
    /** The account as it is now; refuses one that is not signed in. */
    known,
    /** The account of a person; undefined when it is not signed in here. */
    find: (jid: BareJid, tx?: Tx) => accounts.ofPerson(jid, tx),
    /** Also the own account of a dedicated bot. */
    async any(jid: BareJid, tx?: Tx): Promise<Account> {
      const account = await accounts.byJid(jid, tx);
      if (!account) throw refuse('account.not-found', { account: jid });
      return account;
    },

    /**
     * Signs in once, then stores the account; on a failure, and once it was cancelled, nothing is stored. The first one is
     * the operator's. An account that is known gets the new password, keeps what was not said, and connects anew.
     */
    async add(signIn: SignIn, caller: Caller, cancel?: AbortSignal): Promise<{ isNew: boolean }> {
      const { jid, password, verify, omemo } = signIn;
      if (typeof signIn.ca === 'string') checkCa(signIn.ca);
      await checkPersons(jid);
      const where = (before: Account | undefined) => ({
        service: signIn.service === undefined ? before?.service : (signIn.service ?? undefined),
        ca: signIn.ca === undefined ? before?.ca : (signIn.ca ?? undefined),
      });
      if (verify) {
        const config = { jid, resource, password: () => password, ...where(await accounts.ofPerson(jid)) };
        await probe(config, cancel).catch((error: unknown) => {
          const reason = error instanceof Error ? error.message : 'unknown';
          throw refuse('account.login-failed', { account: jid, reason });
        });
      }
      return store.write(async (tx) => {
        if (cancel?.aborted)
          throw refuse('account.login-failed', { account: jid, reason: why('here.cancelled', {}) });
        await checkPersons(jid, tx);
        const known = await accounts.ofPerson(jid, tx);
        if (known) {
          await accounts.update(tx, known.id, { password, ...where(known) });
          await note(tx, 'account.update', jid, caller);
          if (omemo !== undefined && omemo !== known.hasOmemo) await consent(tx, known, omemo, caller);
          tx.afterCommit(() =>
            events.emit('account.switched', { accountId: known.id, jid, isEnabled: true }),
          );
          return { isNew: false };
        }
        const isOperator = (await accounts.countPeople(tx)) === 0;
        const createdAt = clock.now();
        const accountId = await accounts.insert(tx, {
          jid,
          password,
          ...where(undefined),
          isOperator,
          hasOmemo: omemo === true,
          createdAt,
        });
        await note(tx, 'account.add', jid, caller);
        if (omemo === true) await note(tx, 'account.omemo-on', jid, caller);
        tx.afterCommit(() => events.emit('account.added', { accountId, jid }));
        return { isNew: true };
      });
    },

    /**
     * Ends the session and forgets the account. Its bots go only when asked for. Resolves with the number of its OMEMO
     * device where that may still be on the account's lists: there was no session to take it off.
     */
    async remove(jid: BareJid, withBots: boolean, caller: Caller): Promise<{ deviceLeft?: number }> {
      const isGone = await withdraw(
        await store.write(async (tx) => {
          await checkBots(tx, jid, withBots);
          return known(jid, tx);
        }),
      );
      return store.write(async (tx) => {
        const account = await known(jid, tx);
        await checkBots(tx, jid, withBots);
        const device = await omemo.own.of(account.id, tx);
        const deviceLeft = isGone ? undefined : device?.deviceId;
        if (deviceLeft !== undefined) await leftDevices.note(tx, jid, deviceLeft);
        for (const bot of await bots.all(jid, tx)) await deleteBot(tx, bot, caller);
        await accounts.delete(tx, account.id);
        await note(tx, 'account.remove', jid, caller);
        tx.afterCommit(() => events.emit('account.removed', { accountId: account.id, jid }));
        return deviceLeft === undefined ? {} : { deviceLeft };
      });
    },

    /**
     * Consent to an OMEMO device of its own, given later or taken back. The session begins anew: it publishes the device, or
     * takes it off the network and forgets its keys (withdraw-device.ts).
     */
    async setOmemo(jid: BareJid, hasOmemo: boolean, caller: Caller): Promise<void> {
      await store.write(async (tx) => {
        const account = await known(jid, tx);
        if (account.hasOmemo === hasOmemo) return;
        await consent(tx, account, hasOmemo, caller);
        const { id: accountId, isEnabled } = account;
        tx.afterCommit(() => events.emit('account.switched', { accountId, jid, isEnabled }));
      });
    },

    /** The account switch: really connects and disconnects. */
    async setEnabled(jid: BareJid, isEnabled: boolean, caller: Caller): Promise<void> {
      await store.write(async (tx) => {
        const account = await known(jid, tx);
        await accounts.setEnabled(tx, account.id, isEnabled);
        await note(tx, isEnabled ? 'account.enable' : 'account.disable', jid, caller);
        tx.afterCommit(() => events.emit('account.switched', { accountId: account.id, jid, isEnabled }));
      });
    },
  };
}
export type AccountService = ReturnType<typeof accountService>;
