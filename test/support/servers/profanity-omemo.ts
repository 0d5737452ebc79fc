import { onTestFinished } from 'vitest';
import { waitUntil } from '../../../scripts/lib/wait.mjs';
import type { AtEnd } from '../test-folder.ts';
import { type LoggedMessage, type Profanity, type ProfanityOptions, startProfanity } from './profanity.ts';

/** How it decides on devices that it has not seen yet. */
export type TrustMode = 'manual' | 'firstusage' | 'blind';

export interface KnownFingerprint {
  /** Of the identity key in its Curve25519 form: 64 hex digits. */
  fingerprint: string;
  isTrusted: boolean;
}

/** A profanity with an OMEMO device: version 0.3, which is all it knows. */
export interface OmemoProfanity extends Profanity {
  /** Of its own device. */
  readonly fingerprint: string;
  readonly device: number;
  /**
   * Opens the window of a contact, who needs a published device; what is said there from now on is encrypted. `name`: what
   * the contact is called in the list of contacts, and so by the window.
   */
  startEncrypted(contact: string, name?: string): Promise<void>;
  /** Joins a room and encrypts there, as soon as it has heard what the room is: it refuses before. */
  joinEncrypted(room: string, nick: string): Promise<void>;
  /** Types a text in the open window; resolves when it went out encrypted, rejects when it did not. */
  sayEncrypted(text: string): Promise<LoggedMessage>;
  /** The message with this text that came or went encrypted. */
  waitForEncrypted(text: string, timeoutMs?: number): Promise<LoggedMessage>;
  /** The devices of an account that it knows. */
  fingerprintsOf(jid: string): Promise<KnownFingerprint[]>;
  trust(contact: string, fingerprint: string): Promise<void>;
  untrust(contact: string, fingerprint: string): Promise<void>;
  /** Signs out; its keys and sessions are kept, and its windows are closed. */
  goOffline(): Promise<void>;
  goOnline(): Promise<void>;
}

export interface OmemoProfanityOptions extends ProfanityOptions {
  /** `blind`, unless this says otherwise. */
  trustMode?: TrustMode;
  /** When it ends. */
  atEnd?: AtEnd;
}

/** Typed commands need their time on a busy machine. */
const LOOK_EVERY_MS = 300;
const FINGERPRINT = /((?:[0-9a-f]{8}-){7}[0-9a-f]{8})/;

/** Starts it and makes its device; resolves when that is published. Each start is a new device. It ends with the test. */
export async function startOmemoProfanity({
  trustMode = 'blind',
  atEnd = onTestFinished,
  ...options
}: OmemoProfanityOptions): Promise<OmemoProfanity> {
  const profanity = await startProfanity(options);
  atEnd(profanity.stop);
  const { jid, type, screen, waitForScreen, waitForMessage, messages } = profanity;

  async function fingerprintsOf(of: string): Promise<KnownFingerprint[]> {
    await type('/clear');
    await type(`/omemo fingerprint ${of}`);
    const line = new RegExp(
      `${escaped(of)}'s OMEMO fingerprint: ${FINGERPRINT.source}( \\(trusted\\))?`,
      'g',
    );
    // The hints stand below the list.
    await waitForScreen(/You can untrust it with|There is no known fingerprints/);
    return [...(await screen()).matchAll(line)].map(([, shown = '', trusted]) => ({
      fingerprint: shown.replaceAll('-', ''),
      isTrusted: trusted !== undefined,
    }));
  }

  /** Resolves when it has read the device list and a bundle of the account. */
  const devicesKnown = (of: string) =>
    waitUntil(async () => (await fingerprintsOf(of)).length > 0, {
      what: `${jid} to know a device of ${of}`,
      everyMs: LOOK_EVERY_MS,
    });

  const wentEncrypted = (text: string) =>
    messages().filter((one) => one.text === text && one.encryption === 'omemo').length;

  async function decide(word: 'trust' | 'untrust', contact: string, fingerprint: string): Promise<void> {
    const shown = fingerprint.match(/.{8}/g)?.join('-') ?? '';
    await type(`/omemo ${word} ${contact} ${shown}`);
    await waitUntil(
      async () =>
        (await fingerprintsOf(contact)).some(
          (one) => one.fingerprint === fingerprint && one.isTrusted === (word === 'trust'),
        ),
      { what: `${jid} to ${word} ${shown}`, everyMs: LOOK_EVERY_MS, hint: () => `of ${contact}` },
    );
  }

  await type(`/omemo trustmode ${trustMode}`);
  await waitForScreen(/OMEMO fingerprints (will be trusted automatically|manually)/);
  await type('/omemo gen');
  const [, device = ''] = await waitForScreen(/Your Device ID is (\d+)/, 30_000);
  await type('/omemo fingerprint');
  const [, own = ''] = await waitForScreen(new RegExp(`Your OMEMO fingerprint: ${FINGERPRINT.source}`));
  // It learns of its own device, as of every other, from the server.
  await devicesKnown(jid);

  return {
    ...profanity,
    device: Number(device),
    fingerprint: own.replaceAll('-', ''),
    async joinEncrypted(room, nick) {
      await type(`/join ${room} nick ${nick}`);
      await waitForScreen(new RegExp(`You have joined the room as ${nick}`));
      await waitUntil(
        async () => {
          if (/\[OMEMO\]/.test(await screen())) return true;
          await type('/omemo start');
          return false;
        },
        { what: `${jid} to encrypt in ${room}`, everyMs: LOOK_EVERY_MS },
      );
    },
    async startEncrypted(contact, name = contact) {
      await type(`/omemo start ${contact}`);
      await waitForScreen(new RegExp(`^ *${escaped(name)}[^\\n]*\\[OMEMO\\]`));
      await devicesKnown(contact);
    },
    async sayEncrypted(text) {
      const before = wentEncrypted(text);
      await type('/clear');
      // With one slash it would be a command of its own.
      await type(text.startsWith('/') ? `/${text}` : text);
      const refusal = /cannot be decrypted for any recipient|not encrypted|failed to encrypt/i;
      await waitUntil(
        async () => {
          const refused = refusal.exec(await screen());
          if (refused) throw new Error(`${jid} did not send "${text}":\n${await screen()}`);
          return wentEncrypted(text) > before;
        },
        { what: `${jid} to send "${text}" encrypted`, hint: () => JSON.stringify(messages(), undefined, 1) },
      );
      return waitForMessage((one) => one.text === text && one.encryption === 'omemo');
    },
    waitForEncrypted: (text, timeoutMs) =>
      waitForMessage((one) => one.text === text && one.encryption === 'omemo', timeoutMs),
    fingerprintsOf,
    trust: (contact, fingerprint) => decide('trust', contact, fingerprint),
    untrust: (contact, fingerprint) => decide('untrust', contact, fingerprint),
    async goOffline() {
      await type('/disconnect');
      await waitForScreen(/^[^\n]*\[offline\] *\n/);
    },
    async goOnline() {
      await type(`/connect ${jid}`);
      await waitForScreen(/^[^\n]*\[online\] *\n/);
    },
  };
}

const escaped = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
