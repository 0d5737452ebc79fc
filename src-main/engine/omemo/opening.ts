import type { BareJid } from '../../../src-shared/jid.ts';
import type { Clock } from '../../base/clock.ts';
import type { Logger } from '../../base/logger.ts';
import { encryptedIn, type ForUs, keysForDevice } from '../../gateways/omemo/encrypted-element.ts';
import { openPayload } from '../../gateways/omemo/payload.ts';
import {
  type Decrypted,
  OmemoTrouble,
  type OmemoTroubleKind,
  type OmemoVersion,
  type SkipBudget,
  skipBudget,
} from '../../gateways/omemo/ratchet-backend.ts';
import { isContent } from '../../gateways/omemo/sce-content.ts';
import { openEnvelope } from '../../gateways/omemo/sce-envelope.ts';
import { NS_OMEMO } from '../../gateways/omemo/wire-names.ts';
import { childElements, type Element, xml } from '../../gateways/xmpp/element.ts';
import { NS_OUT_OF_BAND } from '../../gateways/xmpp/xep-0066-out-of-band.ts';
import { NS_FILE_SHARING } from '../../gateways/xmpp/xep-0447-file-sharing.ts';
import type { Account } from '../../store/account-repository.ts';
import type { OmemoKeysRepository } from '../../store/omemo-keys-repository.ts';
import type { OmemoPeerRepository, PeerDevice } from '../../store/omemo-peer-repository.ts';
import type { Tx } from '../../store/open.ts';
import type { Backends } from './backends.ts';
import type { OwnDevices } from './own-device.ts';
import { ownKeys } from './own-keys.ts';
import type { PeerDevices } from './peer-devices.ts';
import type { SessionBudget } from './session-budget.ts';

interface OpeningDeps {
  own: OwnDevices;
  keys: OmemoKeysRepository;
  peers: OmemoPeerRepository;
  devices: PeerDevices;
  backends: Backends;
  /** Of the key exchanges that are worked on. */
  budget: SessionBudget;
  clock: Clock;
  logger: Logger;
}

/** Which device wrote something. */
export interface Writer {
  jid: BareJid;
  deviceId: number;
  version: OmemoVersion;
}

/** What the ratchet could take, and we do not. */
type RefusedWhy = 'changed-key' | 'distrusted' | 'too-many-sessions';

export type Opened =
  /** What the message says, as if it had come in clear, and from which device it is. */
  | {
      kind: 'opened';
      stanza: Element;
      writer: Writer;
      device: PeerDevice;
      begins: boolean;
      asksForAnswer: boolean;
      counter: number;
    }
  /** It moved the ratchet and says nothing. */
  | { kind: 'empty'; writer: Writer; begins: boolean; asksForAnswer: boolean; counter: number }
  /** It cannot be read. Nothing has changed. */
  | { kind: 'trouble'; why: OmemoTroubleKind | 'not-for-us' | RefusedWhy; writer: Writer }
  /** Our own device wrote it, or it moves the ratchets of other devices and says nothing. */
  | { kind: 'nothing' };

/** Decrypts in the unit that stores what was said: the ratchet moves together with that, or not at all. */
export function opening(deps: OpeningDeps) {
  const { own, keys, peers, devices, backends, budget, clock, logger } = deps;

  /** Refuses a key exchange of somebody who has begun too many sessions lately, before any work is put into it. */
  function checkBudget(account: Account, writer: Writer): void {
    if (!budget.isSpent(account.id, writer.jid)) return;
    if (budget.isNews(account.id, writer.jid))
      logger.warn({ account: account.jid, jid: writer.jid }, 'somebody begins too many OMEMO sessions');
    throw new Refusal('too-many-sessions', writer);
  }

  async function decrypt(
    tx: Tx,
    account: Account,
    from: BareJid,
    { message, key }: ForUs,
    skips: SkipBudget,
  ): Promise<{ decrypted: Decrypted; writer: Writer; device: PeerDevice }> {
    const { version, senderDeviceId } = message;
    const writer: Writer = { jid: from, deviceId: senderDeviceId, version };
    const device = await devices.of(tx, account, from, senderDeviceId);
    if (device.trust === 'distrusted') throw new Refusal('distrusted', writer);
    if (key.isKeyExchange) checkBudget(account, writer);
    const identity = await own.require(account.id, tx);
    const name = { accountId: account.id, ...writer };
    const record = await peers.session(tx, name);
    const backend = await backends.of(version);
    const decrypted = await backend.decrypt(
      ownKeys(tx, keys, { accountId: account.id, identity, version }),
      record,
      key,
      skips,
    );
    if (decrypted.begun) tx.afterCommit(() => budget.spend(account.id, from));
    // A known number with another key is another device, or somebody who wants to be taken for this one.
    if (device.identityKey && !isSame(device.identityKey, decrypted.identityKey)) {
      // Somebody may have put a client up again under its old number: then this is the key to approve.
      await devices.save(tx, account.id, { ...device, otherKey: decrypted.identityKey });
      throw new Refusal('changed-key', writer);
    }
    return { decrypted, writer, device };
  }

  /** All that follows from a message that was decrypted, but what it says. */
  async function keep(
    tx: Tx,
    account: Account,
    { decrypted, writer, device }: { decrypted: Decrypted; writer: Writer; device: PeerDevice },
  ): Promise<PeerDevice> {
    const { record, identityKey, begun } = decrypted;
    await peers.saveSession(tx, { accountId: account.id, ...writer }, record, clock.now());
    if (begun?.preKeyId !== undefined) {
      await own.notePreKeyUsed(tx, account.id, writer.version, begun.preKeyId);
    }
    // A bot was to trust the device of the list: with which key that is only its bundle says, and not who writes first.
    const isUnchecked = account.botId !== undefined && !device.identityKey && device.trust === 'trusted';
    const trust = isUnchecked ? ('new' as const) : device.trust;
    const seen = { ...device, identityKey, trust, lastSeen: clock.now(), repairs: 0, repairedAt: undefined };
    await devices.keep(tx, account.id, seen);
    return seen;
  }

  return {
    /**
     * Opens a message stanza (the inner one of a carbon or of the archive) that came from somebody, by their own address also
     * in a room, to which it was then said. What it says replaces what is encrypted; with OMEMO 2 nothing that stood outside counts as said.
     */
    async open(
      tx: Tx,
      account: Account,
      stanza: Element,
      { from, to, isRoom }: { from: BareJid; to: BareJid; isRoom: boolean },
    ): Promise<Opened> {
      const { deviceId } = await own.require(account.id, tx);
      const unknown: Writer = { jid: from, deviceId: 0, version: 'legacy' };
      let trouble: Opened = { kind: 'trouble', why: 'malformed', writer: unknown };
      try {
        const messages = encryptedIn(stanza);
        const [first] = messages;
        if (first && from === account.jid && first.senderDeviceId === deviceId) return { kind: 'nothing' };
        const writer = first && { jid: from, deviceId: first.senderDeviceId, version: first.version };
        trouble = { kind: 'trouble', why: 'not-for-us', writer: writer ?? unknown };
        const allForUs = keysForDevice(messages, { jid: account.jid, deviceId });
        if (allForUs.length === 0 && messages.every(({ payload }) => !payload)) return { kind: 'nothing' };
        const skips = skipBudget();
        for (const forUs of allForUs) {
          const { version, senderDeviceId } = forUs.message;
          try {
            const found = await decrypt(tx, account, from, forUs, skips);
            const said = readContent(forUs, found.decrypted.plaintext, { from, to, isRoom });
            const device = await keep(tx, account, found);
            const { decrypted } = found;
            const begins = decrypted.begun !== undefined;
            // A repeated one says that no answer has come yet.
            const asksForAnswer = begins || forUs.key.isKeyExchange;
            const { counter } = decrypted;
            if (!said) return { kind: 'empty', writer: found.writer, begins, asksForAnswer, counter };
            return {
              kind: 'opened',
              stanza: inClear(stanza, version, said),
              writer: found.writer,
              device,
              begins,
              asksForAnswer,
              counter,
            };
          } catch (error) {
            // What fails has cost as much as what succeeds.
            if (forUs.key.isKeyExchange && error instanceof OmemoTrouble && error.kind !== 'duplicate')
              tx.afterCommit(() => budget.spend(account.id, from));
            trouble = troubleOf(error, { jid: from, deviceId: senderDeviceId, version });
          }
        }
      } catch (error) {
        trouble = troubleOf(error, unknown);
      }
      return trouble;
    },
  };
}
export type Opening = ReturnType<typeof opening>;

class Refusal extends Error {
  readonly why: RefusedWhy;
  readonly writer: Writer;
  constructor(why: RefusedWhy, writer: Writer) {
    super(why);
    this.why = why;
    this.writer = writer;
  }
}

function troubleOf(error: unknown, writer: Writer): Opened {
  if (error instanceof Refusal) return { kind: 'trouble', why: error.why, writer: error.writer };
  if (error instanceof OmemoTrouble) return { kind: 'trouble', why: error.kind, writer };
  throw error;
}

/** Undefined for a message that says nothing. */
function readContent(
  { message }: ForUs,
  keyMaterial: Uint8Array,
  place: { from: BareJid; to: BareJid; isRoom: boolean },
): Element[] | undefined {
  const { version, payload, iv } = message;
  if (!payload) return undefined;
  const plaintext = openPayload(version, { payload, iv, keyMaterial });
  if (version === 'omemo2') return openEnvelope(plaintext, place).content;
  return [xml('body', {}, Buffer.from(plaintext).toString('utf8'))];
}

/**
 * The stanza without what is encrypted and without the text for clients that cannot read it. OMEMO 0.3 has its
 * references outside; of OMEMO 2 everything that can be said inside is taken from inside.
 */
function inClear(stanza: Element, version: OmemoVersion, said: readonly Element[]): Element {
  const namespaces: readonly string[] = Object.values(NS_OMEMO);
  const outer = childElements(stanza).filter((one) => {
    if (one.getName() === 'encrypted' && namespaces.includes(one.getNS() ?? '')) return false;
    if (one.getName() === 'body' || one.getName() === 'subject') return false;
    // A server could add a file to what somebody said.
    if (FILE_NAMESPACES.includes(one.getNS() ?? '')) return false;
    return version === 'legacy' || !isContent(one);
  });
  return xml('message', { ...stanza.attrs }, ...outer, ...said);
}

const FILE_NAMESPACES: readonly string[] = [NS_OUT_OF_BAND, NS_FILE_SHARING];

const isSame = (a: Uint8Array, b: Uint8Array) => a.length === b.length && Buffer.compare(a, b) === 0;
