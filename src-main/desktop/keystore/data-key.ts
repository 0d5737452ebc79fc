import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { KeystoreStatus } from '../../../src-shared/desktop-bridge.ts';
import type { Text } from '../text/text.ts';
import type { Keystore } from './os-keystore.ts';
import { writeForGood } from './write-for-good.ts';

/** There is neither a key nor a keystore: a person has to say where the key shall be. */
export class NeedsKeyChoice extends Error {}

/** The key is in the keystore, and the keystore does not give it. Nothing was changed. */
export class KeystoreRefuses extends Error {
  /** Whether there is a keystore at all at this moment. */
  readonly isThere: boolean;
  constructor(isThere: boolean, cause?: unknown) {
    super('The keystore does not give the data key.', { cause });
    this.isThere = isThere;
  }
}

/** The file with the sealed key is damaged. */
export class SealedKeyBroken extends Error {
  readonly file: string;
  constructor(file: string) {
    super(`${file} cannot be read.`);
    this.file = file;
  }
}

/** The key cannot be moved; `message` is for people. */
export class CannotMove extends Error {}

const KEY_BYTES = 32;

interface DataKeyDeps {
  dataDir: string;
  /** A key file that was named from outside: then it counts, and nothing here touches it. */
  givenFile: string | undefined;
  keystore: Keystore;
  text: () => Text;
}

/**
 * The key that the database is sealed with: in the key file, as a server has it, or sealed by the keystore of the
 * system in a file beside it. Where both are, the key file counts: a restored backup brings one. No step throws away
 * the one before the other was read back.
 */
export function dataKeys({ dataDir, givenFile, keystore, text }: DataKeyDeps) {
  const folder = join(dataDir, 'keys');
  const plainFile = join(folder, 'data.key');
  const sealedFile = join(folder, 'data.key.sealed');
  const isBegun = () => existsSync(join(dataDir, 'bot_registry.db'));

  function place(): KeystoreStatus['place'] {
    if (givenFile !== undefined) return 'given';
    if (existsSync(plainFile)) return 'file';
    if (existsSync(sealedFile)) return 'keystore';
    return 'none';
  }

  function seal(key: Buffer): void {
    const sealed = keystore.seal(key.toString('base64'));
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    const content = { version: 1, keystore: keystore.name(), sealed: sealed.toString('base64') };
    writeForGood(sealedFile, `${JSON.stringify(content)}\n`);
    if (!unseal().equals(key)) throw new Error('The keystore has changed what it was given.');
  }

  function unseal(): Buffer {
    const sealed = sealedText();
    if (!keystore.isAvailable()) throw new KeystoreRefuses(false);
    let key: Buffer;
    try {
      key = Buffer.from(keystore.open(Buffer.from(sealed, 'base64')), 'base64');
    } catch (error) {
      throw new KeystoreRefuses(true, error);
    }
    if (key.length !== KEY_BYTES) throw new KeystoreRefuses(true);
    return key;
  }

  function sealedText(): string {
    try {
      const { sealed } = JSON.parse(readFileSync(sealedFile, 'utf8')) as { sealed?: unknown };
      if (typeof sealed === 'string') return sealed;
    } catch {
      // Said below.
    }
    throw new SealedKeyBroken(sealedFile);
  }

  function toKeystore(): void {
    const key = Buffer.from(readFileSync(plainFile, 'utf8').trim(), 'base64');
    if (key.length !== KEY_BYTES) throw new CannotMove(text().keystore.fileUnusable(plainFile));
    try {
      seal(key);
    } catch {
      rmSync(sealedFile, { force: true });
      throw new CannotMove(text().keystore.sealFailed);
    }
    rmSync(plainFile);
  }

  function toFile(): void {
    const key = unseal();
    writeForGood(plainFile, `${key.toString('base64')}\n`);
    rmSync(sealedFile);
  }

  function status(): KeystoreStatus {
    const [where, isAvailable] = [place(), keystore.isAvailable()];
    const other = { keystore: 'file', file: 'keystore', given: null, none: null } as const;
    const canMoveTo = isAvailable ? other[where] : null;
    return { place: where, isAvailable, name: keystore.name(), canMoveTo };
  }

  return {
    /** Whether the keystore has to be asked before the engine can start. */
    needsKeystore: () => place() === 'keystore' || place() === 'none',
    /**
     * What the engine is told at its start: the key from the keystore, or nothing when it finds its file by itself. At
     * the very first start one is made, in the keystore. Throws `NeedsKeyChoice`, `KeystoreRefuses`, `SealedKeyBroken`.
     */
    forStart(): string | undefined {
      const where = place();
      if (where === 'keystore') return unseal().toString('base64');
      // A database without any key is the engine's to complain about: a new key could not open it.
      if (where !== 'none' || isBegun()) return undefined;
      if (!keystore.isAvailable()) throw new NeedsKeyChoice('There is no keystore.');
      const key = randomBytes(KEY_BYTES);
      try {
        seal(key);
      } catch {
        // It says that it is there and takes nothing: as good as none. Nothing was sealed with that key yet.
        rmSync(sealedFile, { force: true });
        throw new NeedsKeyChoice('The keystore takes nothing.');
      }
      return key.toString('base64');
    },
    /** The person chose the key file. It is there from now on, so nobody is asked again. */
    keepInFile(): void {
      if (place() !== 'none' || isBegun()) return;
      mkdirSync(folder, { recursive: true, mode: 0o700 });
      writeForGood(plainFile, `${randomBytes(KEY_BYTES).toString('base64')}\n`);
    },
    status,
    /** Moves the key. Throws `CannotMove` with words for people when it stays where it was. */
    move(to: 'keystore' | 'file'): KeystoreStatus {
      const { place: from, isAvailable } = status();
      const words = text().keystore;
      if (from === 'given') throw new CannotMove(words.given);
      if (from === 'none') throw new CannotMove(words.none);
      if (from === to) throw new CannotMove(words.already);
      if (!isAvailable) throw new CannotMove(words.unavailable);
      if (to === 'keystore') toKeystore();
      else toFile();
      return status();
    },
  };
}
export type DataKeys = ReturnType<typeof dataKeys>;
