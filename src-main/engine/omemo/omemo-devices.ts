import type { Caller } from '../../../src-shared/access.ts';
import { refuse } from '../../../src-shared/errors.ts';
import type { EngineEvents } from '../../../src-shared/events.ts';
import type { BareJid } from '../../../src-shared/jid.ts';
import type { Clock } from '../../base/clock.ts';
import type { Emitter } from '../../base/emitter.ts';
import { foreignText } from '../../gateways/xmpp/foreign-text.ts';
import type { Account, AccountRepository } from '../../store/account-repository.ts';
import type { Bot } from '../../store/bot-repository.ts';
import type { PeerDevice } from '../../store/omemo-peer-repository.ts';
import type { Store, Tx } from '../../store/open.ts';
import type { LeftDevices } from '../accounts/left-devices.ts';
import type { AuditTrail } from '../audit/audit-trail.ts';
import type { SensitiveChanges } from '../notices/sensitive-changes.ts';
import type { Omemo } from './omemo.ts';

interface OmemoDevicesDeps {
  store: Store;
  omemo: Omemo;
  leftDevices: LeftDevices;
  accounts: AccountRepository;
  audit: AuditTrail;
  changes: Pick<SensitiveChanges, 'deviceDecided'>;
  events: Emitter<EngineEvents>;
  clock: Clock;
}

/** The devices around one account: its own here, and those of the people it talks to. */
export interface DeviceOverview {
  account: BareJid;
  /** Undefined before the account has one. */
  own: { deviceId: number; fingerprint: string } | undefined;
  /** Its own other devices first. Their labels are fit to be shown. */
  others: (PeerDevice & { fingerprint: string | undefined; otherFingerprint: string | undefined })[];
}

/**
 * What people see and decide about devices: which there are, which may command a bot, and another device for an account in
 * place of the one it has.
 */
export function omemoDevices({
  store,
  omemo,
  leftDevices,
  accounts,
  audit,
  changes,
  events,
  clock,
}: OmemoDevicesDeps) {
  const { own, peers, devices } = omemo;

  async function accountOf(bot: Bot, tx?: Tx): Promise<Account> {
    const account = await accounts.ofBot(bot.id, tx);
    if (!account) throw refuse('bot.not-dedicated', { id: bot.id });
    return account;
  }

  return {
    /** The account of a dedicated bot; refuses any other bot. */
    accountOf,

    /** The number of the device that an account has in this installation. */
    async installedFor(jid: BareJid): Promise<number | undefined> {
      const account = await accounts.byJid(jid);
      return account && (await own.of(account.id))?.deviceId;
    },

    async overview(account: Account, tx?: Tx): Promise<DeviceOverview> {
      const identity = await own.of(account.id, tx);
      const known = await peers.allDevices(account.id, tx);
      return {
        account: account.jid,
        own: identity && { deviceId: identity.deviceId, fingerprint: fingerprintOf(identity.keys.publicKey) },
        others: known
          .filter(({ jid, deviceId }) => jid !== account.jid || deviceId !== identity?.deviceId)
          .sort((one, other) => Number(other.jid === account.jid) - Number(one.jid === account.jid))
          .map((device) => ({
            ...device,
            label: device.label && foreignText(device.label),
            otherFingerprint: device.otherKey && fingerprintOf(device.otherKey),
            fingerprint: device.identityKey && fingerprintOf(device.identityKey),
          })),
      };
    },

    /**
     * Approves a device, or takes the approval back: nothing is encrypted for it then, and nothing of it is heard. Without a
     * JID it is one of the owner, or in the chat of somebody with themselves one of their own first. Approved is what was
     * seen: of a device that shows another key this one, from here on; of one that was distrusted what it publishes next.
     */
    async setTrust(
      tx: Tx,
      account: Account,
      change: { deviceId: number; jid?: BareJid | undefined; trust: 'trusted' | 'distrusted' },
      caller: Caller,
    ): Promise<void> {
      const { deviceId, trust } = change;
      const known = await peers.allDevices(account.id, tx);
      const device = named(
        known.filter((one) => one.deviceId === deviceId),
        account,
        change.jid,
      );
      if (!device) throw refuse('omemo.unknown-device', { device: deviceId });
      if (trust === 'trusted' && !device.identityKey) throw refuse('omemo.no-keys', { device: deviceId });
      const isAnew = trust === 'trusted' && (device.trust === 'distrusted' || device.otherKey !== undefined);
      await devices.save(tx, account.id, {
        ...device,
        trust,
        decidedAt: clock.now(),
        ...(isAnew && { identityKey: device.otherKey, otherKey: undefined }),
      });
      if (trust === 'distrusted' || isAnew) await peers.forgetSessions(tx, account.id, device);
      await audit.note(tx, caller, {
        action: trust === 'trusted' ? 'omemo.trust' : 'omemo.distrust',
        ...(account.botId !== undefined && { botId: account.botId }),
        details: `${device.jid} ${deviceId}`,
      });
      if (isAnew || device.trust !== trust) {
        const key = (isAnew && device.otherKey) || device.identityKey;
        const decided = {
          trust,
          device: `${device.jid} ${deviceId}`,
          fingerprint: key ? fingerprintOf(key) : '',
        };
        await changes.deviceDecided(tx, account, decided, caller);
      }
      tx.afterCommit(() =>
        events.emit('omemo.trust-changed', { accountId: account.id, jid: device.jid, deviceId }),
      );
    },

    /** Puts a new device with new keys in the place of the account's one: when keys may have been seen by somebody. */
    async reset(account: Account, caller: Caller): Promise<void> {
      if (!account.hasOmemo) throw refuse('omemo.no-own-device', {});
      const isGone = await omemo.withdraw(account.id);
      await store.write(async (tx) => {
        const before = await own.of(account.id, tx);
        // A bot is alone on its list, and takes off what is there besides.
        if (before && !isGone && account.botId === undefined)
          await leftDevices.note(tx, account.jid, before.deviceId);
        await omemo.reset(tx, account);
        await audit.note(tx, caller, {
          action: 'omemo.reset',
          ...(account.botId !== undefined && { botId: account.botId }),
          details: account.jid,
        });
        // The session begins anew, and with it the new device is published.
        tx.afterCommit(() =>
          events.emit('account.switched', {
            accountId: account.id,
            jid: account.jid,
            isEnabled: account.isEnabled,
          }),
        );
      });
    },
  };
}
export type OmemoDevices = ReturnType<typeof omemoDevices>;

/** The one of these that is meant, if that can be told. */
function named(found: readonly PeerDevice[], account: Account, jid: BareJid | undefined) {
  const meant = jid ?? (found.some((one) => one.jid === account.jid) ? account.jid : undefined);
  // Under a bot's account there is no device but its own.
  const others = found.filter((one) => one.jid !== account.jid);
  const candidates =
    account.botId !== undefined && jid === undefined
      ? others
      : found.filter((one) => meant === undefined || one.jid === meant);
  return candidates.length === 1 ? candidates[0] : undefined;
}

/** As clients show it: the key in hexadecimal digits, in groups of eight. */
export const fingerprintOf = (identityKey: Uint8Array): string =>
  Buffer.from(identityKey)
    .toString('hex')
    .replace(/(.{8})(?=.)/g, '$1 ');
