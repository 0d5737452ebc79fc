import { expect } from 'vitest';
import { keyPairOf } from '../../src-main/gateways/omemo/curve.ts';
import { legacyBackend } from '../../src-main/gateways/omemo/legacy/legacy-backend.ts';
import {
  OmemoTrouble,
  type OwnKeys,
  type PeerBundle,
} from '../../src-main/gateways/omemo/ratchet-backend.ts';
import { innerOf, protobufFields } from './protobuf-fields.ts';

/** A dialogue of two peers of another implementation: test/fixtures/omemo-vectors/README.md. */
export interface Transcript {
  alice: TranscriptPeer;
  bob: TranscriptPeer & { signed_prekey: TranscriptKey; prekeys: TranscriptKey[] };
  bundle: {
    identity_key: string;
    signed_prekey_id: number;
    signed_prekey: string;
    signature: string;
    prekeys: { id: number; pub: string }[];
  };
  used_prekey: number;
  alice_ephemeral_priv: string;
  alice_ratchet_privs: string[];
  bob_ratchet_privs: string[];
  steps: TranscriptStep[];
}

interface TranscriptPeer {
  device: number;
  identity: { priv: string; curve_pub: string };
}

interface TranscriptKey {
  id: number;
  priv: string;
}

export interface TranscriptStep {
  n: number;
  sender: 'alice' | 'bob';
  kex: boolean;
  body: string;
  plain: string;
  expect: 'ok' | 'reject' | 'duplicate';
}

/** How the maker counts the messages of the previous chain, field 3: like libsignal (n-1), or n. */
type Counting = 'libsignal' | 'specification';

const hex = (text: string): Uint8Array => new Uint8Array(Buffer.from(text, 'hex'));
const wireKey = (text: string): Uint8Array => new Uint8Array(Buffer.from(text, 'base64')).slice(1);
const bodyOf = (step: TranscriptStep): Uint8Array => new Uint8Array(Buffer.from(step.body, 'base64'));

/**
 * Plays one side with its recorded keys: sends what it sent, byte for byte, and reads what the other side sent, in the
 * order of delivery. Answers how many messages were compared.
 */
export async function playLegacy(transcript: Transcript, role: 'alice' | 'bob', counting: Counting) {
  const draws = (
    role === 'bob'
      ? transcript.bob_ratchet_privs
      : [transcript.alice_ephemeral_priv, ...transcript.alice_ratchet_privs]
  ).map(hex);
  let drawn = 0;
  const backend = await legacyBackend(() => {
    const next = draws[drawn];
    if (!next) throw new Error('More keys were drawn than the maker drew.');
    drawn += 1;
    return keyPairOf(next);
  });
  const own = ownKeys(transcript, role);
  let record = role === 'alice' ? await backend.startSession(own, bundleOf(transcript)) : undefined;
  const sent = new Map<string, Uint8Array>();
  const mine = transcript.steps.filter((step) => step.sender === role && step.expect === 'ok');
  const counted = { sent: 0, read: 0, refused: 0 };

  /** Encrypts up to this step; what is between was sent, too, but never arrived or arrives later. */
  const send = async (upTo: TranscriptStep) => {
    if (!record) throw new Error('Nothing was received to answer to.');
    while (!sent.has(placeOf(upTo))) {
      const place = placeAfter([...sent.keys()].at(-1), upTo);
      const step = mine.find((one) => placeOf(one) === place);
      const { record: next, message } = await backend.encrypt(
        own,
        record,
        hex(step?.plain ?? '00'.repeat(32)),
      );
      record = next;
      expect(message.isKeyExchange).toBe(upTo.kex);
      sent.set(place, message.body);
    }
  };

  for (const [at, step] of transcript.steps.entries()) {
    if (step.sender === role) {
      if (step.expect !== 'ok') continue;
      await send(step);
      expectSame(sent.get(placeOf(step)), step, own.deviceId, counting);
      counted.sent += 1;
      continue;
    }
    const message = { body: bodyOf(step), isKeyExchange: step.kex };
    if (step.expect === 'ok') {
      // What is delivered later but belongs to the chain that now ends was sent before.
      const chain = [...sent.keys()].at(-1)?.split(' ')[0];
      const late = mine.filter((one) => one.n >= at && placeOf(one).split(' ')[0] === chain);
      for (const one of late) await send(one);
      const read = await backend.decrypt(own, record, message);
      expect(Buffer.from(read.plaintext).toString('hex')).toBe(step.plain);
      expect(read.begun).toEqual(record ? undefined : { preKeyId: transcript.used_prekey });
      const other = role === 'bob' ? transcript.alice : transcript.bob;
      expect(Buffer.from(read.identityKey).toString('hex')).toBe(other.identity.curve_pub);
      record = read.record;
      counted.read += 1;
    } else {
      const before: [number, Uint8Array | undefined] = [drawn, record && new Uint8Array(record)];
      const failure = await backend.decrypt(own, record, message).catch((error: unknown) => error);
      expect(failure).toBeInstanceOf(OmemoTrouble);
      if (step.expect === 'duplicate') expect(failure).toMatchObject({ kind: 'duplicate' });
      expect(record).toEqual(before[1]);
      [drawn] = before;
      counted.refused += 1;
    }
  }
  expect(drawn).toBe(draws.length);
  return counted;
}

/** How much there is to send, to read and to refuse for one side. */
export function countSteps({ steps }: Transcript, role: 'alice' | 'bob') {
  const mine = steps.filter((step) => step.sender === role && step.expect === 'ok');
  const theirs = steps.filter((step) => step.sender !== role);
  const read = theirs.filter((step) => step.expect === 'ok').length;
  return { sent: mine.length, read, refused: theirs.length - read };
}

/** Where a message is: its ratchet key and its number in that chain. */
function placeOf(step: TranscriptStep): string {
  const { message } = innerOf(bodyOf(step), step.kex);
  return `${Buffer.from(message.bytes(1)).toString('base64')} ${message.number(2)}`;
}

function placeAfter(last: string | undefined, upTo: TranscriptStep): string {
  const [chain] = placeOf(upTo).split(' ');
  const [lastChain, lastNumber] = last?.split(' ') ?? [];
  return `${chain} ${chain === lastChain ? Number(lastNumber) + 1 : 0}`;
}

/** Byte for byte, but for the two ways to count the previous chain, and the check that covers that number. */
function expectSame(
  body: Uint8Array | undefined,
  step: TranscriptStep,
  deviceId: number,
  counting: Counting,
): void {
  if (!body) throw new Error('The message was not sent.');
  const [ours, theirs] = [innerOf(body, step.kex), innerOf(bodyOf(step), step.kex)];
  const count = theirs.message.number(3);
  const isCountedAlike = counting === 'libsignal' || count === 0;
  if (isCountedAlike) expect(ours.bytes).toEqual(theirs.bytes);
  else {
    expect(ours.message.number(3)).toBe(count - 1);
    for (const field of [1, 4]) expect(ours.message.bytes(field)).toEqual(theirs.message.bytes(field));
    expect(ours.message.number(2)).toBe(theirs.message.number(2));
  }
  if (!step.kex) return;
  const [ourWrapper, theirWrapper] = [body, bodyOf(step)].map((one) => protobufFields(one.subarray(1)));
  for (const field of [2, 3]) expect(ourWrapper?.bytes(field)).toEqual(theirWrapper?.bytes(field));
  for (const field of [1, 6]) expect(ourWrapper?.number(field)).toBe(theirWrapper?.number(field));
  expect(ourWrapper?.number(5)).toBe(deviceId);
}

function ownKeys(transcript: Transcript, role: 'alice' | 'bob'): OwnKeys {
  const peer = transcript[role];
  const find = async (keys: TranscriptKey[], id: number) => {
    const found = role === 'bob' ? keys.find((one) => one.id === id) : undefined;
    return found && keyPairOf(hex(found.priv));
  };
  return {
    deviceId: peer.device,
    identity: keyPairOf(hex(peer.identity.priv)),
    preKey: (id) => find(transcript.bob.prekeys, id),
    signedPreKey: (id) => find([transcript.bob.signed_prekey], id),
  };
}

function bundleOf({ bundle, used_prekey }: Transcript): PeerBundle {
  return {
    identityKey: wireKey(bundle.identity_key),
    edIdentityKey: undefined,
    signedPreKey: {
      id: bundle.signed_prekey_id,
      publicKey: wireKey(bundle.signed_prekey),
      signature: new Uint8Array(Buffer.from(bundle.signature, 'base64')),
    },
    // Which one the maker took is a draw, too.
    preKeys: bundle.prekeys
      .filter(({ id }) => id === used_prekey)
      .map(({ id, pub }) => ({ id, publicKey: wireKey(pub) })),
  };
}
