import type { Generated } from 'kysely';

/** The own OMEMO device of an account. Keys are X25519, 32 bytes. */
export interface OmemoIdentityTable {
  account_id: number;
  /** 1 to 2^31-1, the same in both versions of OMEMO. */
  device_id: number;
  public_key: Buffer;
  /** Sealed. */
  private_key: Buffer;
  /** The highest number of a prekey; numbers are never used again. */
  last_prekey_id: Generated<number>;
  created_at: number;
}

/** The newest one is published; those before it still open what was sent to them. */
export interface OmemoSignedPreKeyTable {
  account_id: number;
  id: number;
  public_key: Buffer;
  /** Sealed. */
  private_key: Buffer;
  /** Each version signs another encoding of the key. */
  legacy_signature: Buffer;
  omemo2_signature: Buffer;
  created_at: number;
}

export interface OmemoPreKeyTable {
  account_id: number;
  version: 'legacy' | 'omemo2';
  id: number;
  public_key: Buffer;
  /** Sealed. */
  private_key: Buffer;
  /** When a session began with it: it is no longer published, and goes soon. */
  used_at: number | null;
}

/** Somebody an account writes to, or the account itself. */
export interface OmemoContactTable {
  account_id: number;
  jid: string;
  /** When the device list was read for the first time: devices that are new after that are new to us. */
  known_since: number | null;
  /** Whether the last message between the two was encrypted. */
  is_encrypted: Generated<number>;
  /** When that last changed. */
  noted_at: number | null;
}

/** A device of somebody else, or another one of the account itself. */
export interface OmemoDeviceTable {
  account_id: number;
  jid: string;
  device_id: number;
  /** X25519; null until its bundle or its first message was seen. It changes only when somebody approves that. */
  identity_key: Buffer | null;
  trust: 'trusted' | 'new' | 'distrusted';
  /** Of OMEMO, in which it is on the device list now, separated by commas; empty: gone from it. */
  versions: Generated<string>;
  label: string | null;
  first_seen: number;
  /** Its last message. */
  last_seen: number | null;
  /** The last new session because of a message that could not be decrypted, and how many there were in a row. */
  repaired_at: number | null;
  repairs: Generated<number>;
  /** Another key that it has shown since, which nobody has approved. */
  other_key: Buffer | null;
  /** When somebody approved it, or took that back; null: its trust came by itself. */
  decided_at: number | null;
  /** When the partner was told that it is new. */
  told_at: number | null;
}

export interface OmemoSessionTable {
  account_id: number;
  jid: string;
  device_id: number;
  version: 'legacy' | 'omemo2';
  /** Sealed. */
  record: Buffer;
  updated_at: number;
}

/** A device that was given up here while its account was not online: it may still be on the lists there. */
export interface OmemoLeftDeviceTable {
  tenant_id: string;
  /** The account may be gone from here. */
  jid: string;
  device_id: number;
  left_at: number;
}

/** A command of a device that nobody has approved yet. */
export interface WaitingCommandTable {
  id: string;
  account_id: number;
  jid: string;
  device_id: number;
  /** Sealed stanza, decrypted. */
  content: Buffer;
  received_at: number;
  sent_at: number;
}
