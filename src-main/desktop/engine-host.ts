import { spawn } from 'node:child_process';
import type { UtilityProcess } from 'electron';
import type { EngineMessage, HostMessage } from '../server/host-messages.ts';

/** One running engine process, whatever kind of process it is. */
export interface EngineHost {
  post(message: HostMessage): void;
  onMessage(listener: (message: EngineMessage) => void): void;
  /** Called once, with the reason in words for people. */
  onExit(listener: (reason: string) => void): void;
  /** Ends the process at once; asking it to stop is a message. */
  kill(): void;
}

/** The first Node that the engine runs on. */
const ENGINE_NODE_MAJOR = 24;

/** Whether Electron's own Node carries the engine, so that it may be a utility process. */
export function canHostEngine(nodeVersion: string): boolean {
  return Number.parseInt(nodeVersion, 10) >= ENGINE_NODE_MAJOR;
}

type Fork = (
  entry: string,
  args: string[],
  options: { serviceName: string; stdio: 'inherit' },
) => UtilityProcess;

/** The engine in a utility process of Electron. `fork` is `utilityProcess.fork`. */
export function utilityHost(fork: Fork, entry: string): EngineHost {
  const child = fork(entry, [], { serviceName: 'Botmother engine', stdio: 'inherit' });
  return {
    post: (message) => child.postMessage(message),
    onMessage: (listener) => {
      child.on('message', (message: unknown) => {
        if (isEngineMessage(message)) listener(message);
      });
    },
    onExit: (listener) => {
      child.once('exit', (code) => listener(exitReason(code, null)));
    },
    kill: () => {
      // UtilityProcess.kill() only asks.
      if (child.pid !== undefined) process.kill(child.pid, 'SIGKILL');
    },
  };
}

/** The engine in a child process on a Node of its own. */
export function childHost(
  node: string,
  entry: string,
  env: NodeJS.ProcessEnv,
  output: 'inherit' | 'ignore' = 'inherit',
): EngineHost {
  const { ELECTRON_RUN_AS_NODE: _, ...childEnv } = env;
  // Not fork(): Electron's version of it puts ELECTRON_RUN_AS_NODE back.
  const child = spawn(node, [entry], {
    env: childEnv,
    serialization: 'json',
    stdio: ['ignore', output, output, 'ipc'],
  });
  return {
    post: (message) => {
      // Without a callback a send to a process that has just died would be thrown as an uncaught error.
      if (child.connected) child.send(message, () => undefined);
    },
    onMessage: (listener) => {
      child.on('message', (message: unknown) => {
        if (isEngineMessage(message)) listener(message);
      });
    },
    onExit: (listener) => {
      child.once('exit', (code, signal) => listener(exitReason(code, signal)));
      child.on('error', (error) => {
        // Without a process id nothing was started, and no exit follows.
        if (child.pid === undefined) listener(`it could not be started (${error.message})`);
      });
    },
    kill: () => void child.kill('SIGKILL'),
  };
}

function exitReason(code: number | null, signal: NodeJS.Signals | null): string {
  return signal === null ? `it ended with code ${code ?? 'unknown'}` : `it was ended by ${signal}`;
}

/** What comes from another process is unknown until it was looked at. */
function isEngineMessage(message: unknown): message is EngineMessage {
  if (typeof message !== 'object' || message === null || !('type' in message)) return false;
  const fields = message as Record<string, unknown>;
  const areTexts = (...names: string[]) => names.every((name) => typeof fields[name] === 'string');
  if (message.type === 'failed') return areTexts('message');
  return message.type === 'ready' && areTexts('apiUrl', 'privateUrl', 'privateToken');
}
