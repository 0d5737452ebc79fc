import type { Answer } from '../../support/scripted/scripted-server.ts';

/** What goes over the pipe between a test and its `omemo-host.ts`. */
export type FromHost =
  | { kind: 'connect'; jid: string }
  | { kind: 'disconnect'; jid: string }
  | { kind: 'request'; n: number; jid: string; iq: string }
  | { kind: 'send'; n: number; jid: string; stanza: string }
  | { kind: 'handled'; n: number }
  /** The engine has promised to send it. */
  | { kind: 'said'; text: string }
  | { kind: 'online' };

export type ToHost =
  | { kind: 'answer'; n: number; answer: Answer | undefined }
  | { kind: 'stanza'; n: number; jid: string; stanza: string }
  | { kind: 'say'; text: string }
  | { kind: 'stop' };
