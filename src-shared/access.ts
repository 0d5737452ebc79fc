/** Who is behind a call and where it came from: what the audit log keeps. */
export interface Caller {
  /** A JID, `bot <id>` or a word for who has none. */
  actor: string;
  /** An IP address, or a word for another way in; none for what Botmother does by itself. */
  from: string;
}
/** What those are called who act without an address of their own. Each has its words in the window. */
export type CalledActor = 'admin' | 'unknown' | 'engine' | 'botmother';
/** What those ways in are called that are no IP address; `ad-hoc`: a command run from a menu of a chat client. */
export type CalledPlace = 'chat' | 'ad-hoc' | 'socket' | 'window' | 'invitation' | 'engine';
/** Somebody with words in the window. */
export interface CalledCaller extends Caller {
  actor: CalledActor;
  from: CalledPlace | '';
}
