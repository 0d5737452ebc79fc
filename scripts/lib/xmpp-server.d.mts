/** An XMPP server of our own on loopback, whichever program it is. */
export interface XmppServer {
  readonly kind: 'ejabberd' | 'prosody';
  /** Everything it writes is below. */
  readonly dir: string;
  /** The first of `domains`. */
  readonly domain: string;
  readonly domains: readonly string[];
  readonly host: string;
  /** STARTTLS. */
  readonly c2sPort: number;
  /** Direct TLS. */
  readonly tlsPort: number;
  /** Plain HTTP: /ws, /bosh, /upload, and ejabberd's /api. */
  readonly httpPort: number;
  /** The same over TLS. */
  readonly httpsPort: number;
  /** What `account add --service` takes. */
  readonly service: string;
  /** The CA to trust, PEM. */
  readonly caFile: string;
  readonly logFile: string;
  /** Of the server program itself; another one after `restart`. */
  readonly pid: number;
  /** Rejects when the account exists. */
  register(user: string, password: string, host?: string): Promise<void>;
  unregister(user: string, host?: string): Promise<void>;
  hasAccount(user: string, host?: string): Promise<boolean>;
  isRunning(): boolean;
  /** In order; accounts and archive stay in the folder. */
  stop(): Promise<void>;
  /** Starts again with the same ports, also after `stop` or `kill`. */
  restart(): Promise<void>;
  /** SIGKILL. ejabberd may lose what it stored in the last seconds: its database writes with a delay. */
  kill(): Promise<void>;
  onUnexpectedEnd(listener: (reason: string) => void): void;
}

export interface Ports {
  c2s: number;
  tls: number;
  http: number;
  https: number;
}
