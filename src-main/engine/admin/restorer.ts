import type { Readable } from 'node:stream';

/** A backup that is being brought in: a file beside the data, until it is applied or dropped. */
export interface HeldBackup {
  /** Takes the bytes of the file. */
  take(content: Readable): Promise<HeldBackup>;
  /**
   * Proves the whole of it with the passphrase; refuses it with the reason. `apply` ends the engine, puts the backup in
   * the place of the data, and has the engine started anew.
   */
  check(passphrase: string): Promise<{ createdAt: number; version: string; apply: () => void }>;
  /** Takes it away again. */
  drop(): Promise<void>;
}

/** Brings backups into the folder of a running engine: who runs the engine can do that, nobody else. */
export interface Restorer {
  /** Refuses while another one is being brought in. */
  hold(): Promise<HeldBackup>;
}
