import type { Scope } from '../../base/scope.ts';
import type { Element } from './element.ts';
import type { Identity } from './identity.ts';
import type { Session } from './session.ts';

/** What a session offers to extensions beyond what the rest of the program sees. */
export interface ExtensionHost extends Session {
  /**
   * Begins at each new session, in order, between binding and the presence; what it writes at once, the server reads
   * before that. Nothing waits for its answers. A rejection ends the session.
   */
  onBound(step: () => Promise<void>): () => void;
  /**
   * Writes an element that is no stanza, such as `<active/>` (XEP-0352): it is not counted, and not sent again after a
   * cut. Throws `SessionLost` when there is no stream.
   */
  sendNonza(element: Element): void;
  /** The features advertised now, sorted and without repetition. */
  readonly features: readonly string[];
  /** Who the session is in service discovery, now. */
  readonly identity: Identity;
}

/** Attaches to a session and takes itself off with the scope. One file per XEP. An `XmppExtension` is one too. */
export type SessionExtension = (session: ExtensionHost, scope: Scope) => void;
