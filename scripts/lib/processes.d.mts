import type { ChildProcess } from 'node:child_process';

export interface StartOptions {
  cwd?: string | undefined;
  env?: NodeJS.ProcessEnv | undefined;
  /** Where output goes (mode 0600). */
  logFile?: string | undefined;
  /** Instead of the log file. */
  stdout?: 'inherit' | 'pipe';
  stderr?: 'inherit' | 'pipe';
  /** What it reads on stdin; nothing when left out. */
  input?: string | undefined;
  /** Instead of `input`: it stays open, for the caller to write to. */
  stdin?: 'pipe';
}

export interface Running {
  readonly pid: number;
  readonly child: ChildProcess;
  readonly exited: Promise<{ code: number | null; signal: NodeJS.Signals | null }>;
  isRunning(): boolean;
  /** SIGTERM, and SIGKILL for what is still there after the time given. */
  stop(graceMs?: number): Promise<void>;
  /** SIGKILL. */
  kill(): Promise<void>;
}

export function startProcess(command: string, args: string[], options?: StartOptions): Promise<Running>;
export function stopEverything(): Promise<void>;
export function run(command: string, args: string[], options?: StartOptions): Promise<number>;
export function capture(
  command: string,
  args: string[],
  options?: StartOptions,
): Promise<{ code: number; stdout: string; stderr: string }>;
export function waitForLine(
  running: Pick<Running, 'child' | 'exited'>,
  pattern: RegExp,
  options: { what: string; timeoutMs?: number },
): Promise<RegExpExecArray>;
export function tail(file: string, lines?: number): string;
