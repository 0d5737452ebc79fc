import type { Chain } from '@privacyresearch/libsignal-protocol-typescript';
import { KEY_LENGTH } from '../curve.ts';
import { arrayBufferOf, chainName, decodeKey, encodeKey } from './encoding.ts';
import type { Library, SessionType } from './library.ts';
import type { ByteReader, ByteWriter } from './record-bytes.ts';

const BEGUN_BY_US = 1;
const NOT_ANSWERED = 2;

/** One state of a session. Chain counters begin at -1 in the library, so they are written one higher. */
export function writeState(library: Library, writer: ByteWriter, state: SessionType): ByteWriter {
  const { indexInfo, currentRatchet, pendingPreKey } = state;
  const { baseKey, baseKeyType, remoteIdentityKey } = indexInfo;
  const { ephemeralKeyPair, lastRemoteEphemeralKey, rootKey, previousCounter } = currentRatchet;
  const sending = ephemeralKeyPair && state.chains[chainName(ephemeralKeyPair.pubKey)];
  if (!baseKey || !ephemeralKeyPair || !sending?.chainKey.key)
    throw new Error('The state of the session is not complete.');

  const isOurs = baseKeyType === library.BaseKeyType.OURS;
  writer.number((isOurs ? BEGUN_BY_US : 0) + (pendingPreKey ? NOT_ANSWERED : 0));
  for (const key of [baseKey, remoteIdentityKey, lastRemoteEphemeralKey, ephemeralKeyPair.pubKey]) {
    writer.bytes(decodeKey(key));
  }
  writer.bytes(ephemeralKeyPair.privKey).bytes(rootKey).number(previousCounter);
  if (pendingPreKey) writer.number(pendingPreKey.preKeyId ?? 0).number(pendingPreKey.signedKeyId);
  writer.number(sending.chainKey.counter + 1).bytes(sending.chainKey.key);

  const receiving = Object.entries(state.chains).filter(
    ([, chain]) => chain.chainType === library.ChainType.RECEIVING,
  );
  writer.number(receiving.length);
  for (const [name, chain] of receiving) writeReceivingChain(writer, name, chain);
  return writer;
}

export function readState(library: Library, reader: ByteReader): SessionType {
  const flags = reader.number();
  const [baseKey, remoteIdentityKey, lastRemoteEphemeralKey, pubKey] = [
    encodedKey(reader),
    encodedKey(reader),
    encodedKey(reader),
    encodedKey(reader),
  ];
  const ephemeralKeyPair = { pubKey, privKey: key(reader) };
  const currentRatchet = {
    ephemeralKeyPair,
    lastRemoteEphemeralKey,
    rootKey: key(reader),
    previousCounter: reader.number(),
  };
  const baseKeyType = flags & BEGUN_BY_US ? library.BaseKeyType.OURS : library.BaseKeyType.THEIRS;
  const state: SessionType = {
    indexInfo: { baseKey, baseKeyType, remoteIdentityKey, closed: -1 },
    currentRatchet,
    oldRatchetList: [],
    chains: {},
  };
  if (flags & NOT_ANSWERED) {
    state.pendingPreKey = { baseKey, preKeyId: reader.number(), signedKeyId: reader.number() };
  }
  state.chains[chainName(pubKey)] = {
    chainType: library.ChainType.SENDING,
    chainKey: { counter: reader.number() - 1, key: key(reader) },
    messageKeys: {},
  };
  for (let left = reader.number(); left > 0; left -= 1) {
    const [name, chain] = readReceivingChain(library, reader);
    state.chains[name] = chain;
  }
  return state;
}

function writeReceivingChain(writer: ByteWriter, name: string, chain: Chain<ArrayBuffer>): void {
  const { counter, key: chainKey } = chain.chainKey;
  if (!chainKey) throw new Error('A receiving chain is closed.');
  const stored = Object.entries(chain.messageKeys);
  writer.bytes(decodeKey(Buffer.from(name, 'base64')));
  writer
    .number(counter + 1)
    .bytes(chainKey)
    .number(stored.length);
  for (const [at, messageKey] of stored) writer.number(Number(at)).bytes(messageKey);
}

function readReceivingChain(library: Library, reader: ByteReader): [string, Chain<ArrayBuffer>] {
  const name = chainName(encodedKey(reader));
  const chainKey = { counter: reader.number() - 1, key: key(reader) };
  const messageKeys: Record<number, ArrayBuffer> = {};
  for (let left = reader.number(); left > 0; left -= 1) messageKeys[reader.number()] = key(reader);
  return [name, { chainType: library.ChainType.RECEIVING, chainKey, messageKeys }];
}

const key = (reader: ByteReader): ArrayBuffer => reader.bytes(KEY_LENGTH).buffer;
const encodedKey = (reader: ByteReader): ArrayBuffer => arrayBufferOf(encodeKey(reader.bytes(KEY_LENGTH)));
