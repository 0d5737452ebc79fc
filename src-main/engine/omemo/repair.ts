import { parse } from 'ltx';
import type { Clock } from '../../base/clock.ts';
import type { Logger } from '../../base/logger.ts';
import { RateLimit } from '../../base/rate-limit.ts';
import { Scope } from '../../base/scope.ts';
import type { Account } from '../../store/account-repository.ts';
import type { OmemoPeerRepository } from '../../store/omemo-peer-repository.ts';
import type { Store, Tx } from '../../store/open.ts';
import { composeTransport } from '../messages/compose.ts';
import type { Outbox } from '../messages/outbox.ts';
import type { Acquaintances } from './acquaintances.ts';
import type { Writer } from './opening.ts';
import type { Reach } from './reach.ts';
import type { Sealing } from './sealing.ts';

interface RepairDeps {
  store: Store;
  peers: OmemoPeerRepository;
  reach: Reach;
  acquaintances: Acquaintances;
  sealing: Sealing;
  outbox: Outbox;
  clock: Clock;
  logger: Logger;
}

/** A device gets a new session once in that time, then in twice that time, and so on. */
const FIRST_PAUSE_MS = 10 * 60 * 1_000;
const LONGEST_PAUSE_MS = 24 * 60 * 60 * 1_000;
/** An answer to a key exchange waits a moment: a real answer serves as well. */
const ANSWER_AFTER_MS = 2_000;
/** From this number of messages without an answer on, an empty one lets the peer turn its ratchet (XEP-0384). */
const HEARTBEAT_AT = 53;

/** Gets ratchets to work again, and keeps them turning, with messages that say nothing. */
export function repair(deps: RepairDeps) {
  const { store, peers, reach, acquaintances, sealing, outbox, clock, logger } = deps;
  const scope = new Scope();
  /** Devices that are about to get an answer. */
  const answering = new Set<string>();
  /** Devices that got a heartbeat, with the number of the message it was for: the next one is for another chain. */
  const heartbeats = new Map<string, number>();
  /** A number that is on no list yet may be any: of those, one leads to a look at the lists. */
  const looks = new RateLimit<string>(
    () => ({ depth: 1, perSecond: 1_000 / FIRST_PAUSE_MS }),
    clock.monotonic,
  );
  const keyOf = (account: Account, { jid, deviceId, version }: Writer) =>
    `${account.id}/${jid}/${deviceId}/${version}`;

  async function sendEmpty(tx: Tx, account: Account, writer: Writer): Promise<void> {
    const composed = composeTransport(writer.jid);
    const sealed = await sealing.sealEmpty(tx, account, writer, parse(composed.stanza));
    if (!sealed) return;
    const from = { accountId: account.id, botId: account.botId ?? null };
    await outbox.put(tx, from, { ...composed, stanza: sealed.toString() });
  }

  const log = (error: unknown) => logger.warn({ err: error }, 'an OMEMO session could not be kept going');

  /** Whether the device may get another session now; notes that it does. */
  async function takesTurn(account: Account, { jid, deviceId }: Writer): Promise<boolean> {
    const name = { accountId: account.id, jid, deviceId };
    if (!(await peers.device(name))) return looks.take(`${account.id}/${jid}`).waitMs === 0;
    return store.write(async (tx) => {
      const device = await peers.device(name, tx);
      if (!device) return false;
      const pauseMs = Math.min(FIRST_PAUSE_MS * 2 ** Math.max(0, device.repairs - 1), LONGEST_PAUSE_MS);
      if (device.repairedAt !== undefined && clock.now() - device.repairedAt < pauseMs) return false;
      const next = { ...device, repairedAt: clock.now(), repairs: device.repairs + 1 };
      await peers.saveDevice(tx, account.id, next);
      return true;
    });
  }

  function answerSoon(account: Account, writer: Writer): void {
    const key = keyOf(account, writer);
    if (answering.has(key) || scope.isClosed) return;
    answering.add(key);
    clock.after(scope, ANSWER_AFTER_MS, () => {
      if (answering.delete(key)) answer(account, writer).catch(log);
    });
  }

  async function answer(account: Account, writer: Writer): Promise<void> {
    if (!(await acquaintances.includes(account, writer.jid))) return;
    await store.write((tx) => sendEmpty(tx, account, writer));
  }

  return {
    /** A message of this device could not be decrypted: it gets a new session. False when it gets none now. */
    async begin(account: Account, writer: Writer): Promise<boolean> {
      if (writer.deviceId === 0 || !(await acquaintances.includes(account, writer.jid))) return false;
      if (!(await takesTurn(account, writer))) return false;
      return reach.renew(account, writer);
    },
    sendEmpty,
    /** The same, and the device learns of it at once. */
    async renew(account: Account, writer: Writer): Promise<void> {
      if (await this.begin(account, writer)) await store.write((tx) => sendEmpty(tx, account, writer));
    },

    /** The device began a session: unless something is sent to it in a moment, an empty message is. */
    answerSoon,
    /** A message came: where the device has heard nothing for long, it is answered too, once for each of its chains. */
    heard(account: Account, writer: Writer, counter: number): void {
      const key = keyOf(account, writer);
      const beatenAt = heartbeats.get(key);
      if (counter < HEARTBEAT_AT) heartbeats.delete(key);
      else if (beatenAt === undefined || counter < beatenAt) {
        heartbeats.set(key, counter);
        answerSoon(account, writer);
      }
    },
    /** Something was encrypted for these devices: that is answer enough. */
    answered(account: Account, reached: readonly Writer[]): void {
      for (const writer of reached) answering.delete(keyOf(account, writer));
    },
    close: () => scope.close(),
  };
}
export type Repair = ReturnType<typeof repair>;
