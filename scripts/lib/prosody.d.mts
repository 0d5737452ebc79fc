import type { Ports, XmppServer } from './xmpp-server.d.mts';

export interface ProsodySettings {
  logLevel?: string;
  /** How long a broken stream can be resumed (XEP-0198). */
  resumeSeconds?: number;
  maxStanzaBytes?: number;
  /** Let clients make accounts (XEP-0077). */
  inBandRegistration?: boolean;
  /** What passwords are stored as, and so which SCRAM is offered. */
  passwordHash?: 'SHA-1' | 'SHA-256';
  /** SASL mechanisms that are not offered. */
  disabledSasl?: string[];
  /** Accounts that may administer the server over XMPP (XEP-0133). */
  admins?: string[];
}

export interface ProsodyOptions {
  dir: string;
  domains?: string[] | undefined;
  /** What is left out is chosen freely. */
  ports?: Partial<Ports> | undefined;
  settings?: ProsodySettings | undefined;
}

export interface Prosody extends XmppServer {
  readonly kind: 'prosody';
}

export function startProsody(options: ProsodyOptions): Promise<Prosody>;
