import { spawn } from 'node:child_process';
import type { UtilityProcess } from 'electron';
import type { EngineMessage, HostMessage } from '../../server/host-messages.ts';

/** One running engine process, whatever kind of process it is. */
export interface EngineHost {
  post(message: HostMessage): void;
  onMessage(listener: (message: EngineMessage) => void): void;
  /** Called once. */
  onExit(listener: (reason: ExitReason) => void): void;
  /** Ends the process at once; asking it to stop is a message. */
  kill(): void;
}

/** How a process came to its end. */
export type ExitReason =
  | { kind: 'code'; code: number | null }
  | { kind: 'signal'; signal: string }
  /** There never was one. */
  | { kind: 'spawn'; detail: string };

/** Takes what the engine writes: its log. */
export type TakeOutput = (chunk: Buffer) => void;

/** The first Node that the engine runs on. */
const ENGINE_NODE_MAJOR = 24;

/** Whether Electron's own Node carries the engine, so that it may be a utility process. */
export function canHostEngine(nodeVersion: string): boolean {
  return Number.parseInt(nodeVersion, 10) >= ENGINE_NODE_MAJOR;
}

/** What makes a Node run more than its program. */
const NODE_SWITCHES = ['NODE_OPTIONS', 'NODE_PATH', 'NODE_REPL_EXTERNAL_MODULE'] as const;

/**
 * The environment of the engine's process. An installed app runs what was installed: as with Electron itself (its fuses),
 * nobody slips a program in by the environment.
 */
export function engineEnv(env: NodeJS.ProcessEnv, isPackaged: boolean): NodeJS.ProcessEnv {
  const kept = { ...env };
  if (isPackaged) for (const name of NODE_SWITCHES) delete kept[name];
  return kept;
}

type Fork = (
  entry: string,
  args: string[],
  options: { serviceName: string; stdio: ['ignore', 'pipe', 'pipe'] },
) => UtilityProcess;

/** The engine in a utility process of Electron. `fork` is `utilityProcess.fork`. */
export function utilityHost(fork: Fork, entry: string, takeOutput: TakeOutput): EngineHost {
  const child = fork(entry, [], { serviceName: 'Botmother engine', stdio: ['ignore', 'pipe', 'pipe'] });
  child.stdout?.on('data', takeOutput);
  child.stderr?.on('data', takeOutput);
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
  takeOutput: TakeOutput,
): EngineHost {
  const { ELECTRON_RUN_AS_NODE: _, ...childEnv } = env;
  // Not fork(): Electron's version of it puts ELECTRON_RUN_AS_NODE back.
  const child = spawn(node, [entry], {
    env: childEnv,
    serialization: 'json',
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  child.stdout?.on('data', takeOutput);
  child.stderr?.on('data', takeOutput);
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
        if (child.pid === undefined) listener({ kind: 'spawn', detail: error.message });
      });
    },
    kill: () => void child.kill('SIGKILL'),
  };
}

function exitReason(code: number | null, signal: NodeJS.Signals | null): ExitReason {
  return signal === null ? { kind: 'code', code } : { kind: 'signal', signal };
}

/** What comes from another process is unknown until it was looked at. */
function isEngineMessage(message: unknown): message is EngineMessage {
  if (typeof message !== 'object' || message === null || !('type' in message)) return false;
  const fields = message as Record<string, unknown>;
  const areTexts = (...names: string[]) => names.every((name) => typeof fields[name] === 'string');
  if (message.type === 'failed') return areTexts('message');
  return message.type === 'ready' && areTexts('apiUrl', 'privateUrl', 'privateToken');
}
