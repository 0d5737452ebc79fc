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
import type { OmemoVersion } from '../../gateways/omemo/ratchet-backend.ts';
import { isContent } from '../../gateways/omemo/sce-content.ts';
import { sealEnvelope } from '../../gateways/omemo/sce-envelope.ts';
import { OMEMO_VERSIONS } from '../../gateways/omemo/wire-names.ts';
import { childElements, type Element, xml } from '../../gateways/xmpp/element.ts';
import { NS_REACTIONS } from '../../gateways/xmpp/xep-0444-reactions.ts';
import type { Account } from '../../store/account-repository.ts';
import type { OmemoKeysRepository } from '../../store/omemo-keys-repository.ts';
import type { OmemoPeerRepository, PeerDevice } from '../../store/omemo-peer-repository.ts';
import type { Tx } from '../../store/open.ts';
import type { Backends } from './backends.ts';
import type { OwnDevices } from './own-device.ts';
import { ownKeys } from './own-keys.ts';

/** Of a message without content: its clients expect one all the same. */
const IV_BYTES = 12;

interface SealingDeps {
  own: OwnDevices;
  keys: OmemoKeysRepository;
  peers: OmemoPeerRepository;
  backends: Backends;
  clock: Clock;
  logger: Logger;
  /** The body of an encrypted message, for clients that cannot read it: one of the fixed texts. */
  fallbackText: (account: Account) => string;
}

/** A device that a message goes to, in the version it is encrypted in for that device. */
interface Target {
  device: PeerDevice;
  version: OmemoVersion;
}

/** Whom a message is encrypted for. */
export interface Recipient {
  to: BareJid;
  /** One device alone, as for the message that only moves a ratchet. */
  device?: { deviceId: number; version: OmemoVersion };
}

/** Encrypts finished stanzas in the unit that stores them: the new state of each ratchet is committed with its message. */
export function sealing(deps: SealingDeps) {
  const { own, keys, peers, backends, clock, logger, fallbackText } = deps;

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
  async function targets(tx: Tx, account: Account, to: BareJid, self: number): Promise<Target[]> {
    const theirs = await targetsOf(tx, account, to, self);
    if (theirs.length === 0) throw refuse('omemo.no-device', { to });
    const isToOthers = to !== account.jid && account.botId === undefined;
    return isToOthers ? [...theirs, ...(await targetsOf(tx, account, account.jid, self))] : theirs;
  }

  async function encryptFor(
    tx: Tx,
    account: Account,
    { device, version }: Target,
    material: Uint8Array,
  ): Promise<EncryptedKey> {
    const identity = await own.require(account.id, tx);
    const name = { accountId: account.id, jid: device.jid, deviceId: device.deviceId, version };
    const record = await peers.session(tx, name);
    if (!record) throw new Error('a session has gone within a unit');
    const backend = await backends.of(version);
    const sealed = await backend.encrypt(
      ownKeys(tx, keys, { accountId: account.id, identity, version }),
      record,
      material,
    );
    await peers.saveSession(tx, name, sealed.record, clock.now());
    return { jid: device.jid, deviceId: device.deviceId, ...sealed.message };
  }

  async function elementOf(
    tx: Tx,
    account: Account,
    {
      version,
      devices,
      content,
    }: { version: OmemoVersion; devices: Target[]; content: Uint8Array | undefined },
  ): Promise<Element> {
    const { deviceId: senderDeviceId } = await own.require(account.id, tx);
    const sealed = content && sealPayload(version, content);
    const material = sealed?.keyMaterial ?? emptyKeyMaterial(version);
    const encrypted: EncryptedKey[] = [];
    for (const target of devices) encrypted.push(await encryptFor(tx, account, target, material));
    return encryptedElement({
      version,
      senderDeviceId,
      keys: encrypted,
      payload: sealed?.payload,
      iv: sealed?.iv ?? (version === 'legacy' ? randomBytes(IV_BYTES) : undefined),
    });
  }

  return {
    /** Whether somebody has a device that a message of this account can be encrypted for now. */
    async isPossible(tx: Tx, account: Account, to: BareJid): Promise<boolean> {
      const identity = await own.of(account.id, tx);
      return identity !== undefined && (await targetsOf(tx, account, to, identity.deviceId)).length > 0;
    },

    /**
     * The stanza with all that it says encrypted for every device that may read it: one `<encrypted>` for each version that
     * is needed. Refuses with `omemo.no-device` when nobody could read it.
     */
    async seal(tx: Tx, account: Account, to: BareJid, stanza: Element): Promise<Element> {
      const { deviceId: self } = await own.require(account.id, tx);
      const all = await targets(tx, account, to, self);
      const { content, outer } = partsOf(stanza);
      const elements: Element[] = [];
      for (const version of OMEMO_VERSIONS) {
        const devices = all.filter((target) => target.version === version);
        if (devices.length === 0) continue;
        const plaintext =
          version === 'legacy'
            ? Buffer.from(legacyText(content))
            : sealEnvelope({ content, from: account.jid, timeMs: clock.now() });
        elements.push(await elementOf(tx, account, { version, devices, content: plaintext }));
      }
      const isLegacyRead = all.some(({ version }) => version === 'legacy');
      logger.debug({ account: account.jid, devices: all.length }, 'a message was encrypted');
      return xml(
        'message',
        { ...stanza.attrs },
        ...elements,
        ...besideEncrypted(isLegacyRead ? 'legacy' : 'omemo2'),
        // OMEMO 0.3 carries a text and nothing else: what the text refers to stands outside for its clients.
        ...(isLegacyRead ? content.filter(isReference) : []),
        ...outer.filter((one) => one.getName() !== 'store'),
        xml('body', {}, fallbackText(account)),
      );
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
      const element = await elementOf(tx, account, { version: to.version, devices, content: undefined });
      return xml(
        'message',
        { ...stanza.attrs },
        element,
        ...besideEncrypted(to.version),
        ...childElements(stanza),
      );
    },
  };
}
export type Sealing = ReturnType<typeof sealing>;

function partsOf(stanza: Element): { content: Element[]; outer: Element[] } {
  const content: Element[] = [];
  const outer: Element[] = [];
  for (const one of childElements(stanza)) (isSaid(one) ? content : outer).push(one);
  return { content, outer };
}

/** A body has the namespace of the stanza it was built for. */
const isBody = (element: Element) => element.getName() === 'body' && element.attrs.xmlns === undefined;
const isSaid = (element: Element) => isBody(element) || isContent(element);
/** Tells nothing but which message is meant, and how clients shall treat it. */
const isReference = (element: Element) => !isBody(element) && element.getNS() !== NS_REACTIONS;

/** The text of a message in a version that has nothing but texts: reactions are written out. */
function legacyText(content: readonly Element[]): string {
  const body = content.find(isBody);
  if (body) return body.getText();
  return content
    .filter((one) => one.getNS() === NS_REACTIONS)
    .flatMap((one) => childElements(one).map((emoji) => emoji.getText()))
    .join(' ');
}
