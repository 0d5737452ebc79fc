import type { Ports, XmppServer } from './xmpp-server.d.mts';

export interface EjabberdSettings {
  /** `debug` writes every stanza to the log. */
  logLevel?: string;
  /** How long a broken stream can be resumed (XEP-0198). */
  resumeSeconds?: number;
  /** Whether messages are kept (XEP-0313); they are, unless this says otherwise. */
  archive?: boolean;
  maxStanzaBytes?: number;
  /** Let clients make accounts (XEP-0077). */
  inBandRegistration?: boolean;
  /** Force the nodes of OMEMO 0.3 open, as Debian's own configuration does. */
  openOmemoNodes?: boolean;
  /** What passwords are stored as, and so which SCRAM is offered. */
  scramHash?: 'sha' | 'sha256' | 'sha512';
  /** SASL mechanisms that are not offered. */
  disabledSasl?: string[];
  /** Lines of YAML that stand below these keys too. */
  extra?: { acl?: string; apiPermissions?: string; listen?: string };
}

export interface EjabberdOptions {
  dir: string;
  domains?: string[] | undefined;
  /** What is left out is chosen freely. */
  ports?: Partial<Ports> | undefined;
  settings?: EjabberdSettings | undefined;
}

export interface Ejabberd extends XmppServer {
  readonly kind: 'ejabberd';
  readonly apiUrl: string;
  /** May do everything over the API. */
  readonly adminJid: string;
  readonly adminPassword: string;
  /** May only manage accounts. */
  readonly provisionerJid: string;
  readonly provisionerPassword: string;
  /** Calls a command of the admin API as the administrator. */
  api(command: string, args?: Record<string, unknown>): Promise<unknown>;
}

export function startEjabberd(options: EjabberdOptions): Promise<Ejabberd>;
