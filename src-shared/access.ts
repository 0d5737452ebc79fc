/** Who is behind a call and where it came from: what the audit log keeps. */
export interface Caller {
  /** A JID, `admin` or `bot <id>`. */
  actor: string;
  /** An IP address, `chat`, `ad-hoc` (a command run from a menu of a chat client), `socket` or `window`. */
  from: string;
}
