/** What the process that hosts the engine (Electron's main, or nothing) and the engine tell each other. */
export interface StartMessage {
  type: 'start';
  dataDir: string;
  /** The data key, base64, when the host keeps it in the OS keystore; else the engine uses its key file. */
  dataKey?: string;
  /** Where the window's listener was before; taken again when it is free, so that the page need not be loaded anew. */
  privatePort?: number;
}
export type HostMessage = StartMessage | { type: 'stop' };

export type EngineMessage =
  /** The window loads `privateUrl` and sends `privateToken` as bearer token to that origin only. */
  | { type: 'ready'; apiUrl: string; privateUrl: string; privateToken: string }
  /** The engine cannot start; `message` is meant for people. The process exits after it. */
  | { type: 'failed'; message: string };
