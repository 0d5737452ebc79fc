import { createLogger } from '../base/logger.ts';
import { secretBox } from '../base/secret-box.ts';
import { readConfig } from './config.ts';
import { fileKeyBox } from './file-key-box.ts';
import type { EngineMessage, HostMessage } from './host-messages.ts';
import { type RunningEngine, runEngine } from './run-engine.ts';
import { exitWhen, STOP_WITHIN_MS, serve } from './serve.ts';
import { wordsFor } from './words.ts';

/**
 * The engine as a process, in one of three hosts: Electron's utility process (messages over `parentPort`), a child
 * of Electron's main (messages over IPC), or on its own.
 */
interface Host {
  post(message: EngineMessage): void;
  onMessage(listener: (message: HostMessage) => void): void;
  /** The host is gone: so must we. */
  onLost(listener: () => void): void;
}

interface ParentPort {
  postMessage(message: unknown): void;
  on(name: 'message', listener: (event: { data: unknown }) => void): void;
}

function findHost(): Host | undefined {
  // Set by Electron in a utility process; its types are not known here.
  const { parentPort } = process as NodeJS.Process & { parentPort?: ParentPort };
  if (parentPort) {
    return {
      post: (message) => parentPort.postMessage(message),
      onMessage: (listener) => parentPort.on('message', ({ data }) => listener(data as HostMessage)),
      onLost: () => undefined,
    };
  }
  if (!process.send) return undefined;
  return {
    post: (message) => void process.send?.(message),
    onMessage: (listener) => void process.on('message', (message) => listener(message as HostMessage)),
    onLost: (listener) => void process.on('disconnect', listener),
  };
}

function serveHost(host: Host): void {
  const { port, mode, keyFile, logLevel } = readConfig({}, process.env);
  const logger = createLogger(logLevel);
  let engine: RunningEngine | undefined;
  const end = (isAskedTo = true) => {
    // An app that was killed ends nothing by force: the folder would stay taken for as long as a slow client likes.
    if (isAskedTo) setTimeout(() => void exitWhen(engine), STOP_WITHIN_MS).unref();
    void (engine?.stop() ?? Promise.resolve())
      .catch((error: unknown) => logger.error({ err: error }, 'the engine did not stop cleanly'))
      .finally(() => process.exit(0));
  };
  process.on('SIGTERM', () => end());
  process.on('SIGINT', () => end());
  host.onLost(() => end());
  host.onMessage((message) => {
    if (message.type === 'stop') return end();
    const { dataDir, dataKey, privatePort } = message;
    const openBox = () =>
      dataKey === undefined ? fileKeyBox(dataDir, keyFile) : secretBox(Buffer.from(dataKey, 'base64'));
    runEngine({ dataDir, privatePort, port, mode, keyFile, hasWindow: true }, openBox, logger).then(
      (running) => {
        engine = running;
        // The host starts it again, and finds the key of the new data in the folder: that is put in place in peace.
        void running.restartWanted.then(() => end(false));
        const { apiUrl, privateUrl, privateToken } = running;
        host.post({ type: 'ready', apiUrl, privateUrl, privateToken });
      },
      (error: unknown) => {
        logger.error({ err: error }, 'the engine cannot start');
        host.post({ type: 'failed', message: wordsFor(error) });
        setImmediate(() => process.exit(1));
      },
    );
  });
}

process.umask(0o077);
const host = findHost();
if (host) serveHost(host);
else process.exitCode = await serve(readConfig({}, process.env));
