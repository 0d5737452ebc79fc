/** Who is behind a call and where it came from: what the audit log keeps. */
export interface Caller {
  /** A JID, `admin` or `bot <id>`. */
  actor: string;
  /** An IP address, `chat`, `socket` or `window`. */
  from: string;
}
