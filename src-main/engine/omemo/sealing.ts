import { randomBytes } from 'node:crypto';
import { refuse } from '../../../src-shared/errors.ts';
import type { BareJid } from '../../../src-shared/jid.ts';
import type { Clock } from '../../base/clock.ts';
import type { Logger } from '../../base/logger.ts';
import {
  besideEncrypted,
  type EncryptedKey,
  encryptedElement,
} from '../../gateways/omemo/encrypted-element.ts';
import { emptyKeyMaterial, sealPayload } from '../../gateways/omemo/payload.ts';
import { OmemoTrouble, type OmemoVersion } from '../../gateways/omemo/ratchet-backend.ts';
import { sealEnvelope } from '../../gateways/omemo/sce-envelope.ts';
import { OMEMO_VERSIONS } from '../../gateways/omemo/wire-names.ts';
import { childElements, type Element, xml } from '../../gateways/xmpp/element.ts';
import type { Account } from '../../store/account-repository.ts';
import type { OmemoKeysRepository } from '../../store/omemo-keys-repository.ts';
import type { OmemoPeerRepository, PeerDevice } from '../../store/omemo-peer-repository.ts';
import type { Store, Tx } from '../../store/open.ts';
import type { Backends } from './backends.ts';
import type { Writer } from './opening.ts';
import type { OwnDevices } from './own-device.ts';
import { ownKeys } from './own-keys.ts';
import { isReactions, isReference, legacyText, partsOf } from './sealed-parts.ts';

/** Of a message without content: its clients expect one all the same. */
const IV_BYTES = 12;

interface SealingDeps {
  store: Store;
  own: OwnDevices;
  keys: OmemoKeysRepository;
  peers: OmemoPeerRepository;
  backends: Backends;
  clock: Clock;
  logger: Logger;
  /** The body of an encrypted message, for clients that cannot read it: one of the fixed texts, in the language of the account. */
  fallbackText: (account: Account, tx: Tx) => Promise<string>;
}

/** A device that a message goes to, in the version it is encrypted in for that device. */
interface Target {
  device: PeerDevice;
  version: OmemoVersion;
}

/** An encrypted stanza, and for which devices it is. */
export interface Sealed {
  stanza: Element;
  reached: Writer[];
}

/** Encrypts finished stanzas in the unit that stores them: the new state of each ratchet is committed with its message. */
export function sealing(deps: SealingDeps) {
  const { store, own, keys, peers, backends, clock, logger, fallbackText } = deps;

  /** The devices of somebody that can read us: listed, not distrusted, with a session. The preferred version of each. */
  async function targetsOf(tx: Tx, account: Account, jid: BareJid, self: number): Promise<Target[]> {
    const sessions = await peers.sessionsWith(account.id, jid, tx);
    const devices = await peers.devicesOf(account.id, jid, tx);
    return devices.flatMap((device) => {
      if (device.trust === 'distrusted' || (jid === account.jid && device.deviceId === self)) return [];
      const version = OMEMO_VERSIONS.find(
        (one) =>
          device.versions.includes(one) &&
          sessions.some((session) => session.deviceId === device.deviceId && session.version === one),
      );
      return version ? [{ device, version }] : [];
    });
  }

  /**
   * The other party's devices; a person's other own devices too, which show what was sent from here. A bot has no other
   * device: one that appears under its account is not its own.
   */
  async function targets(
    tx: Tx,
    account: Account,
    { to, self, members }: { to: BareJid; self: number; members: readonly BareJid[] | undefined },
  ): Promise<Target[]> {
    if (members) {
      const found: Target[] = [];
      for (const jid of members) found.push(...(await targetsOf(tx, account, jid, self)));
      return found;
    }
    const theirs = await targetsOf(tx, account, to, self);
    const isToOthers = to !== account.jid && account.botId === undefined;
    return isToOthers ? [...theirs, ...(await targetsOf(tx, account, account.jid, self))] : theirs;
  }

  /** For one device; undefined where the ratchet with it is damaged: then the session goes, and the next look begins another. */
  async function encryptFor(
    tx: Tx,
    account: Account,
    { device, version }: Target,
    material: Uint8Array,
  ): Promise<EncryptedKey | undefined> {
    const identity = await own.require(account.id, tx);
    const name = { accountId: account.id, jid: device.jid, deviceId: device.deviceId, version };
    const record = await peers.session(tx, name);
    if (!record) throw new Error('a session has gone within a unit');
    const backend = await backends.of(version);
    const mine = ownKeys(tx, keys, { accountId: account.id, identity, version });
    try {
      const sealed = await backend.encrypt(mine, record, material);
      await peers.saveSession(tx, name, sealed.record, clock.now());
      return { jid: device.jid, deviceId: device.deviceId, ...sealed.message };
    } catch (error) {
      if (!(error instanceof OmemoTrouble)) throw error;
      logger.warn({ err: error, account: account.jid, jid: device.jid }, 'an OMEMO session is damaged');
      // In a unit of its own: this one fails where nobody else can be reached.
      store
        .write((own) => peers.forgetSession(own, name, record))
        .catch((err: unknown) => logger.error({ err }, 'a damaged OMEMO session could not be dropped'));
      return undefined;
    }
  }

  /** Encrypts for all these; undefined where none of them can be reached. */
  async function elementOf(
    tx: Tx,
    account: Account,
    {
      version,
      devices,
      content,
    }: { version: OmemoVersion; devices: Target[]; content: Uint8Array | undefined },
  ): Promise<{ element: Element; reached: Writer[] } | undefined> {
    const { deviceId: senderDeviceId } = await own.require(account.id, tx);
    const sealed = content && sealPayload(version, content);
    const material = sealed?.keyMaterial ?? emptyKeyMaterial(version);
    const encrypted: EncryptedKey[] = [];
    const reached: Writer[] = [];
    for (const target of devices) {
      const key = await encryptFor(tx, account, target, material);
      if (!key) continue;
      encrypted.push(key);
      reached.push({ jid: target.device.jid, deviceId: target.device.deviceId, version });
    }
    if (encrypted.length === 0) return undefined;
    const element = encryptedElement({
      version,
      senderDeviceId,
      keys: encrypted,
      payload: sealed?.payload,
      iv: sealed?.iv ?? (version === 'legacy' ? randomBytes(IV_BYTES) : undefined),
    });
    return { element, reached };
  }

  return {
    /** Whether somebody has a device that a message of this account can be encrypted for now. */
    async isPossible(tx: Tx, account: Account, to: BareJid): Promise<boolean> {
      const identity = await own.of(account.id, tx);
      return identity !== undefined && (await targetsOf(tx, account, to, identity.deviceId)).length > 0;
    },

    /**
     * The stanza with all that it says encrypted for every device that may read it: one `<encrypted>` for each version that
     * is needed. Refuses with `omemo.no-device` when nobody could read it, and with `omemo.reaction-stays` when nobody could
     * understand that reactions are taken back. To a room it is said to its members, of whom one at least has to have a
     * device; the payload is encrypted once for all of them.
     */
    async seal(
      tx: Tx,
      account: Account,
      to: BareJid,
      stanza: Element,
      members?: readonly BareJid[],
    ): Promise<Sealed> {
      const { deviceId: self } = await own.require(account.id, tx);
      const isOther = (jid: BareJid) => (members ? jid !== account.jid : jid === to);
      const all = await targets(tx, account, { to, self, members });
      if (!all.some(({ device }) => isOther(device.jid)))
        throw members ? refuse('omemo.no-device-in-room', { to }) : refuse('omemo.no-device', { to });
      const { content, outer } = partsOf(stanza);
      const text = legacyText(content);
      const able = text === '' ? all.filter(({ version }) => version !== 'legacy') : all;
      if (!able.some(({ device }) => isOther(device.jid))) {
        if (content.some(isReactions)) throw refuse('omemo.reaction-stays', { to });
        throw new TypeError('a message without a text cannot be said in OMEMO 0.3');
      }
      const elements: Element[] = [];
      const reached: Writer[] = [];
      for (const version of OMEMO_VERSIONS) {
        const devices = able.filter((target) => target.version === version);
        if (devices.length === 0) continue;
        const plaintext =
          version === 'legacy'
            ? Buffer.from(text)
            : sealEnvelope({ content, from: account.jid, ...(members && { to }), timeMs: clock.now() });
        const sealed = await elementOf(tx, account, { version, devices, content: plaintext });
        if (!sealed) continue;
        elements.push(sealed.element);
        reached.push(...sealed.reached);
      }
      if (!reached.some(({ jid }) => isOther(jid)))
        throw members ? refuse('omemo.no-device-in-room', { to }) : refuse('omemo.no-device', { to });
      const isLegacyRead = reached.some(({ version }) => version === 'legacy');
      logger.debug({ account: account.jid, devices: reached.length }, 'a message was encrypted');
      const element = xml(
        'message',
        { ...stanza.attrs },
        ...elements,
        ...besideEncrypted(isLegacyRead ? 'legacy' : 'omemo2'),
        // OMEMO 0.3 carries a text and nothing else: what the text refers to stands outside for its clients.
        ...(isLegacyRead ? content.filter(isReference) : []),
        ...outer.filter((one) => one.getName() !== 'store'),
        xml('body', {}, await fallbackText(account, tx)),
      );
      return { stanza: element, reached };
    },

    /** A message that says nothing and moves the ratchet with one device (key transport, or an answer to a key exchange). */
    async sealEmpty(
      tx: Tx,
      account: Account,
      to: { jid: BareJid; deviceId: number; version: OmemoVersion },
      stanza: Element,
    ): Promise<Element | undefined> {
      const name = { accountId: account.id, jid: to.jid, deviceId: to.deviceId };
      const device = await peers.device(name, tx);
      if (!device || !(await peers.session(tx, { ...name, version: to.version }))) return undefined;
      const devices = [{ device, version: to.version }];
      const sealed = await elementOf(tx, account, { version: to.version, devices, content: undefined });
      if (!sealed) return undefined;
      return xml(
        'message',
        { ...stanza.attrs },
        sealed.element,
        ...besideEncrypted(to.version),
        ...childElements(stanza),
      );
    },
  };
}
export type Sealing = ReturnType<typeof sealing>;
