import type { AccountId } from '../../../src-shared/ids.ts';
import type { BareJid } from '../../../src-shared/jid.ts';
import type { Clock } from '../../base/clock.ts';
import type { ListedDevice } from '../../gateways/omemo/device-list.ts';
import type { OmemoVersion } from '../../gateways/omemo/ratchet-backend.ts';
import { OMEMO_VERSIONS } from '../../gateways/omemo/wire-names.ts';
import type { Account } from '../../store/account-repository.ts';
import type { OmemoPeerRepository, PeerDevice, Trust } from '../../store/omemo-peer-repository.ts';
import type { Tx } from '../../store/open.ts';

interface PeerDevicesDeps {
  peers: OmemoPeerRepository;
  clock: Clock;
}

/** Of one account, beside those that are listed: numbers can be made up. */
const DEVICES_KEPT = 50;

/** What was published under both versions; undefined for a list that could not be read and says nothing. */
export type PublishedLists = Partial<Record<OmemoVersion, readonly ListedDevice[] | undefined>>;

/**
 * Foreign devices as an account knows them. A bot trusts the devices its owner had when it was made; later ones are new,
 * until somebody approves them (contract, section 4). People's own accounts trust blindly until told otherwise.
 */
export function peerDevices({ peers, clock }: PeerDevicesDeps) {
  async function trustOfNew(tx: Tx, account: Account, jid: BareJid): Promise<Trust> {
    const isFirstLook = (await peers.knownSince(account.id, jid, tx)) === undefined;
    return account.botId === undefined || isFirstLook ? 'trusted' : 'new';
  }

  const unseen = (jid: BareJid, deviceId: number, trust: Trust): PeerDevice => ({
    jid,
    deviceId,
    identityKey: undefined,
    trust,
    versions: [],
    label: undefined,
    firstSeen: clock.now(),
    lastSeen: undefined,
    repairedAt: undefined,
    repairs: 0,
    otherKey: undefined,
    decidedAt: undefined,
  });

  return {
    /** Whether lists say anything that is not known yet. */
    async isNews(account: Account, jid: BareJid, lists: PublishedLists): Promise<boolean> {
      if ((await peers.knownSince(account.id, jid)) === undefined) return true;
      const known = new Map((await peers.devicesOf(account.id, jid)).map((one) => [one.deviceId, one]));
      return OMEMO_VERSIONS.some((version) => {
        const list = lists[version];
        if (!list) return false;
        const isGone = [...known.values()].some(
          ({ deviceId, versions }) => versions.includes(version) && !list.some(({ id }) => id === deviceId),
        );
        return (
          isGone ||
          list.some(({ id, label }) => {
            const device = known.get(id);
            return !device?.versions.includes(version) || (label !== undefined && label !== device.label);
          })
        );
      });
    },

    /** Takes over what somebody's device lists say. Resolves with the devices that no list had named before. */
    async noteLists(tx: Tx, account: Account, jid: BareJid, lists: PublishedLists): Promise<PeerDevice[]> {
      const trust = await trustOfNew(tx, account, jid);
      const isListed = (id: number) =>
        OMEMO_VERSIONS.some((version) => lists[version]?.some((one) => one.id === id));
      const before = await peers.devicesOf(account.id, jid, tx);
      const byId = new Map(before.map((device) => [device.deviceId, device]));
      const added: PeerDevice[] = [];
      const listed = OMEMO_VERSIONS.flatMap((version) => lists[version] ?? []);
      for (const { id } of listed) {
        const known = byId.get(id);
        // One that has only written so far is news all the same.
        if (known && (known.versions.length > 0 || known.trust !== 'new')) continue;
        const device = known ?? unseen(jid, id, trust);
        if (added.includes(device)) continue;
        byId.set(id, device);
        added.push(device);
      }
      for (const device of byId.values()) {
        const versions = OMEMO_VERSIONS.filter((version) => {
          const list = lists[version];
          return list ? list.some(({ id }) => id === device.deviceId) : device.versions.includes(version);
        });
        const label = lists.omemo2?.find(({ id }) => id === device.deviceId)?.label ?? device.label;
        // It wrote before its list was read: it was there from the beginning all the same. That its key is the one that
        // wrote is not said by the list: it comes from the bundle.
        const isFirst = trust === 'trusted' && device.trust === 'new' && isListed(device.deviceId);
        const identityKey = isFirst ? undefined : device.identityKey;
        if (isFirst && device.identityKey) await peers.forgetSessions(tx, account.id, device);
        const next = { ...device, versions, label, identityKey, trust: isFirst ? trust : device.trust };
        if (added.includes(device) || isFirst || !isListedAs(device, next))
          await peers.saveDevice(tx, account.id, next);
      }
      // A list that could not be read may name more devices of the first hour: then the next look is the first one.
      if (OMEMO_VERSIONS.every((version) => lists[version] !== undefined)) {
        if ((await peers.knownSince(account.id, jid, tx)) === undefined)
          await peers.noteKnown(tx, account.id, jid, clock.now());
      }
      return added;
    },

    /** A device that writes to us; one that no list has named is new to us all the same. */
    async of(tx: Tx, account: Account, jid: BareJid, deviceId: number): Promise<PeerDevice> {
      const name = { accountId: account.id, jid, deviceId };
      const found = await peers.device(name, tx);
      // Before the first list came nobody knows whether it was there when the bot was made: it was not seen.
      return found ?? unseen(jid, deviceId, account.botId === undefined ? 'trusted' : 'new');
    },

    /** Keeps what was learned of a device that wrote. Of one account there are only so many. */
    async keep(tx: Tx, accountId: AccountId, device: PeerDevice): Promise<void> {
      await peers.saveDevice(tx, accountId, device);
      if (device.versions.length === 0) await peers.forgetOldest(tx, accountId, device.jid, DEVICES_KEPT);
    },
    save: (tx: Tx, accountId: AccountId, device: PeerDevice) => peers.saveDevice(tx, accountId, device),
    all: (accountId: AccountId, jid: BareJid, tx?: Tx) => peers.devicesOf(accountId, jid, tx),
    isKnown: async (accountId: AccountId, jid: BareJid, tx?: Tx) =>
      (await peers.knownSince(accountId, jid, tx)) !== undefined,
  };
}
const isListedAs = (one: PeerDevice, other: PeerDevice): boolean =>
  one.label === other.label && one.versions.join() === other.versions.join();

export type PeerDevices = ReturnType<typeof peerDevices>;
