import { onTestFinished, vi } from 'vitest';
import { freePorts } from '../../scripts/lib/ports.mjs';
import { silentLogger } from '../../src-main/base/logger.ts';
import { runCli } from '../../src-main/server/cli/cli.ts';
import { fileKeyBox } from '../../src-main/server/file-key-box.ts';
import { type RunningEngine, runEngine } from '../../src-main/server/run-engine.ts';
import { testFolder } from './test-folder.ts';

export interface CliAnswer {
  status: number;
  out: string;
  err: string;
}

/** Runs a command line in this process. */
export async function cli(...argv: string[]): Promise<CliAnswer> {
  let [out, err] = ['', ''];
  const spies = [
    vi.spyOn(process.stdout, 'write').mockImplementation((text) => {
      out += text;
      return true;
    }),
    vi.spyOn(process.stderr, 'write').mockImplementation((text) => {
      err += text;
      return true;
    }),
  ];
  try {
    return { status: await runCli(argv), out, err };
  } finally {
    for (const spy of spies) spy.mockRestore();
  }
}

/** What `--password-stdin` would bring, by the environment. */
export function withPassword(password: string): void {
  vi.stubEnv('BOTMOTHER_PASSWORD', password);
  onTestFinished(() => void vi.unstubAllEnvs());
}

/** Says what stdin brings; it is no terminal, and one again after the test. */
export function withStdin(text: string): void {
  const stdin = {
    isTTY: false,
    [Symbol.asyncIterator]: async function* () {
      yield Buffer.from(text);
    },
  };
  const spy = vi.spyOn(process, 'stdin', 'get').mockReturnValue(stdin as unknown as typeof process.stdin);
  onTestFinished(() => spy.mockRestore());
}

export type Run = (...argv: string[]) => Promise<CliAnswer>;

/** A data folder with you@localhost signed in, and command lines run on it. */
export async function cliOnFolder(): Promise<{ folder: string; run: Run }> {
  const folder = testFolder();
  const run: Run = (...argv) => cli(...argv, '--data-dir', folder);
  withPassword('secret');
  const { status, err } = await run('account', 'add', 'you@localhost', '--no-verify');
  if (status !== 0) throw new Error(err);
  return { folder, run };
}

/** Its API has a port that nobody uses: another engine on this machine may have the usual one. */
export async function onFreePort(run: Run): Promise<void> {
  const [free] = await freePorts(1);
  await run('settings', 'set', 'api_port', String(free));
}

/** The same, while an engine runs on the folder: the command lines reach it through its socket. */
export async function cliOnEngine(): Promise<{ folder: string; run: Run; engine: RunningEngine }> {
  const made = await cliOnFolder();
  // Nothing listens there, so nothing but the engine itself is waited for.
  const service = ['--service', 'xmpp://127.0.0.1:9', '--no-verify'];
  await made.run('account', 'add', 'you@localhost', ...service);
  const { folder: dataDir } = made;
  const engine = await runEngine({ dataDir, port: 0 }, () => fileKeyBox(dataDir, undefined), silentLogger);
  onTestFinished(() => engine.stop());
  return { ...made, engine };
}

/** Every verb works in both ways. */
export const BOTH_WAYS: readonly (readonly [
  name: string,
  open: () => Promise<{ folder: string; run: Run }>,
])[] = [
  ['without an engine', cliOnFolder],
  ['through a running engine', cliOnEngine],
];
