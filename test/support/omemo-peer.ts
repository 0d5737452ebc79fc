import { rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { onTestFinished } from 'vitest';
import { waitUntil } from '../../scripts/lib/wait.mjs';
import { xml } from '../../src-main/gateways/xmpp/element.ts';
import { type LineProgram, startLineProgram } from './peers/json-lines.ts';
import { type PeerVersion, type PlainXmpp, plainXmpp } from './peers/plain-xmpp.ts';
import type { XmppServer } from './servers/servers.ts';
import { type AtEnd, testFolder } from './test-folder.ts';
import { until } from './until.ts';

// Debian's own Python, for which the packages are; another may come first in PATH.
const PYTHON = '/usr/bin/python3';
const PROGRAM = resolve(import.meta.dirname, 'peers', 'omemo_peer.py');
const START_WITHIN_MS = 30_000;

export interface OmemoPeerOptions {
  /** A server, or what stands in front of one. */
  server: Pick<XmppServer, 'service' | 'caFile'>;
  jid: string;
  password: string;
  /** Which versions of OMEMO it knows: 0.3, OMEMO 2, or both with the new one preferred. */
  mode: PeerVersion | 'both';
  /** Distinct for each device of an account. */
  resource?: string;
  /** Whether devices that nobody decided on get messages; they do, unless this says otherwise. */
  trustsBlindly?: boolean;
  /** When it ends. */
  atEnd?: AtEnd;
}

/** A message that came, or a copy of one that another device of the account sent or got. */
export interface PeerMessage {
  /** `empty` carries keys and no text; of an `undecryptable` one `problem` says why. */
  kind: 'encrypted' | 'plain' | 'empty' | 'undecryptable';
  text?: string;
  problem?: string;
  /** Full where it came so. */
  from: string;
  to: string;
  id: string | null;
  type: string;
  how: 'direct' | 'carbon-sent' | 'carbon-received';
  /** It waited on the server. */
  isDelayed: boolean;
  /** Of a correction: the id of what it corrects. */
  replaces: string | null;
  version?: PeerVersion;
  /** The sender's. */
  device?: number;
  /** What is held of the sender's device: `undecided`, `trusted`. */
  trust?: string;
  /** In the new version: all that was encrypted, as XML. */
  envelope?: string;
}

export interface EncryptedFor {
  jid: string;
  device: number;
  version: PeerVersion;
  /** Whether it begins a session that has not been answered yet. */
  isKeyExchange: boolean;
}

export interface SentMessage {
  id: string;
  devices: EncryptedFor[];
  /** Devices that were left out because their bundle cannot be had or used. */
  failed: { jid: string; device: number; version: PeerVersion; problem: string }[];
}

export interface PeerDevice {
  device: number;
  /** Those in whose device list it is. */
  versions: PeerVersion[];
  /** Of the identity key in its Curve25519 form: 64 hex digits, as clients show it. */
  fingerprint: string;
  /** In its Ed25519 form, hex. */
  identityKey: string;
  trust: 'undecided' | 'trusted' | 'distrusted';
}

/** A real OMEMO client: slixmpp with python-omemo. What came stays readable over all its connections. */
export interface OmemoPeer extends PlainXmpp, AsyncDisposable {
  readonly jid: string;
  /** With the resource the server gave. */
  readonly fullJid: string;
  /** Its number; another one after `startAnew`. */
  readonly device: number;
  readonly isOnline: boolean;
  /**
   * Encrypts for every device of a contact and the other own ones, each in one version. Resolves when the server has
   * taken it; rejects when no device can be encrypted for, or when one is undecided and trust is not blind. With `members`
   * it is said to these in the room `to`.
   */
  send(
    to: string,
    text: string,
    options?: { id?: string; replaces?: string; members?: readonly string[] },
  ): Promise<SentMessage>;
  messages(): readonly PeerMessage[];
  /** The first message that fits, when it has come; a text means an encrypted message with exactly that text. */
  waitForMessage(
    fits: string | ((message: PeerMessage) => boolean),
    timeoutMs?: number,
  ): Promise<PeerMessage>;
  /** Comes into a room, and resolves when the room has shown it there. */
  enterRoom(room: string, nick: string): Promise<void>;
  ownDevice(): Promise<PeerDevice>;
  /** The devices of an account that it knows; with `isFresh` it reads the published lists before. */
  devicesOf(jid: string, options?: { isFresh?: boolean }): Promise<PeerDevice[]>;
  trust(jid: string, device: number, level: PeerDevice['trust']): Promise<void>;
  /** Signs out and ends the program; its keys and sessions are kept. */
  goOffline(): Promise<void>;
  /** Signs in again as the same device. */
  goOnline(): Promise<void>;
  /** Loses its keys and sessions, as after a new installation, and signs in as a new device. The old one stays listed. */
  startAnew(): Promise<void>;
  close(): Promise<void>;
}

interface Told {
  is: 'ready' | 'stanza' | 'message' | 'trouble' | 'ended' | 'gone';
  [detail: string]: unknown;
}

/** Starts it and resolves when it is online and its device is published. It ends with the test. */
export async function startOmemoPeer(options: OmemoPeerOptions): Promise<OmemoPeer> {
  const { server, jid, mode, atEnd = onTestFinished } = options;
  const store = join(testFolder(atEnd), 'store.db');
  const { hostname: host, port, protocol } = new URL(server.service);
  const settings = {
    jid,
    password: options.password,
    mode,
    store,
    host,
    port: Number(port),
    isDirectTls: protocol === 'xmpps:',
    caFile: server.caFile,
    resource: options.resource ?? 'omemo-peer',
    trustsBlindly: options.trustsBlindly ?? true,
  };
  const received: PeerMessage[] = [];
  const troubles: string[] = [];
  let identity: { jid: string; device: number } | undefined;
  let program: LineProgram | undefined;
  let why: string | undefined;

  const ask = <Answer>(what: string, details?: object): Promise<Answer> => {
    if (!program) throw new Error(`${jid} is offline`);
    return program.ask(what, details);
  };
  const { plain, take } = plainXmpp((stanza) => ask('raw', { xml: stanza }));

  function hear(line: object): void {
    const told = line as Told; // the program is ours
    if (told.is === 'stanza') take(String(told.xml));
    else if (told.is === 'message') received.push(told as unknown as PeerMessage);
    else if (told.is === 'trouble') troubles.push(String(told.problem));
    else if (told.is === 'ready') identity = told as unknown as typeof identity;
    else {
      identity = undefined;
      why = [why, told.reason].filter(Boolean).join('\n');
    }
  }

  async function goOnline(): Promise<void> {
    if (program) throw new Error(`${jid} is online already`);
    why = undefined;
    program = await startLineProgram([PYTHON, '-B', PROGRAM], settings, hear);
    const outcome = await until(`${jid} online`, () => identity ?? why, START_WITHIN_MS).catch(String);
    if (typeof outcome !== 'string') return;
    await goOffline('kill');
    throw new Error(`${jid} could not sign in with OMEMO: ${outcome}`);
  }

  async function goOffline(how: 'end' | 'kill' = 'end'): Promise<void> {
    const ending = program;
    program = undefined;
    identity = undefined;
    await ending?.[how]();
  }

  const present = () => {
    if (!identity) throw new Error(`${jid} is offline`);
    return identity;
  };
  const devicesOf = (of: string, { isFresh = false } = {}) =>
    ask<PeerDevice[]>('devices', { jid: of, isFresh });

  const peer: OmemoPeer = {
    ...plain,
    jid,
    get fullJid() {
      return present().jid;
    },
    get device() {
      return present().device;
    },
    get isOnline() {
      return identity !== undefined;
    },
    async send(to, text, { id = crypto.randomUUID(), replaces, members } = {}) {
      const request = { to, text, replaces, members, messageId: id };
      const outcome = await ask<Omit<SentMessage, 'id'>>('send', request);
      return { id, ...outcome };
    },
    messages: () => received,
    waitForMessage(fits, timeoutMs = 45_000) {
      const isWanted =
        typeof fits === 'function'
          ? fits
          : ({ kind, text }: PeerMessage) => kind === 'encrypted' && text === fits;
      return waitUntil(() => received.find(isWanted), {
        what: `a message to ${jid}${typeof fits === 'string' ? `: ${fits}` : ''}`,
        timeoutMs,
        hint: () => JSON.stringify({ received, troubles, why }, undefined, 1),
      });
    },
    async enterRoom(room, nick) {
      const history = xml('history', { maxstanzas: '0' });
      const asks = xml('x', { xmlns: 'http://jabber.org/protocol/muc' }, history);
      await plain.sendXml(xml('presence', { to: `${room}/${nick}` }, asks));
      await plain.waitForStanza(
        ({ name, attrs }) =>
          name === 'presence' && attrs.from === `${room}/${nick}` && attrs.type !== 'error',
      );
    },
    async ownDevice() {
      const own = (await devicesOf(jid)).find(({ device }) => device === present().device);
      if (!own) throw new Error(`${jid} does not know its own device`);
      return own;
    },
    devicesOf,
    trust: (of, device, level) => ask('trust', { jid: of, device, level }),
    goOffline: () => goOffline(),
    goOnline,
    async startAnew() {
      await goOffline();
      rmSync(store);
      await goOnline();
    },
    close: () => goOffline(),
    [Symbol.asyncDispose]: () => goOffline(),
  };
  atEnd(peer.close);
  await goOnline();
  return peer;
}
