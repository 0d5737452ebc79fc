import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Sandbox, SandboxFacts } from '../../src-shared/api/sandbox.ts';
import { refuse } from '../../src-shared/errors.ts';
import type { Logger } from '../base/logger.ts';
import { redact } from '../base/redact.ts';
import type { SandboxHost } from '../engine/sandbox.ts';
import type { Account } from '../store/account-repository.ts';

interface SandboxHostDeps {
  logger: Logger;
  /** Called when the state is another one. */
  onChange: () => void;
  /** The folder of the project; a packaged program has none. */
  root?: string;
  env?: NodeJS.ProcessEnv;
}

const READY = 'XMPP server is running';
const PROBLEM_LENGTH = 1_000;
const STOP_WITHIN_MS = 2_000;

/** This file is in src-main/server, and built in dist/main. */
const PROJECT = fileURLToPath(new URL('../..', import.meta.url));

/**
 * Knows whether `npm run sandbox` has a server running on this machine, and starts one where the project's scripts are. A
 * server that was started here ends with the engine, however that ends.
 */
export function sandboxHost({
  logger,
  onChange,
  root = PROJECT,
  env = process.env,
}: SandboxHostDeps): SandboxHost & {
  /** Starts it where one of these accounts lives there: it has ended with the engine that ran before. */
  startFor(accounts: readonly Pick<Account, 'ca' | 'isEnabled'>[]): void;
  close(): Promise<void>;
} {
  const script = join(root, 'scripts', 'sandbox.mjs');
  const folder = env.BOTMOTHER_SANDBOX ?? join(root, '.sandbox');
  const facts = join(folder, 'sandbox.json');
  /** Kept between its runs: whoever trusts it has an account there. */
  const authority = join(folder, 'server', 'tls', 'ca.crt');
  let child: ChildProcess | undefined;
  let isStarting = false;
  let problem: string | undefined;

  function running(): SandboxFacts | undefined {
    if (!existsSync(facts)) return undefined;
    try {
      const read = SandboxFacts.parse(JSON.parse(readFileSync(facts, 'utf8')));
      process.kill(read.pid, 0);
      // It ends with the engine that had started it.
      if (read.holder !== null) process.kill(read.holder, 0);
      return read;
    } catch {
      // Half written, or left by one that was killed.
      return undefined;
    }
  }

  function state(): Sandbox {
    const found = isStarting ? undefined : running();
    const failed = problem === undefined ? 'off' : 'failed';
    return {
      state: isStarting ? 'starting' : found ? 'running' : failed,
      can_start: existsSync(script),
      problem: found ? null : (problem ?? null),
      service: found?.service ?? null,
      ca: found?.ca ?? null,
      accounts: found?.accounts ?? [],
      bot_accounts: found?.bot_accounts ?? null,
    };
  }

  function change(to: { isStarting: boolean; problem?: string | undefined }): void {
    isStarting = to.isStarting;
    problem = to.problem;
    onChange();
  }

  function launch(): void {
    const started = spawn(process.execPath, [script, '--server-only', '--attached'], {
      cwd: root,
      // In Electron the program of this process is Electron itself.
      env: { ...env, ...(process.versions.electron !== undefined && { ELECTRON_RUN_AS_NODE: '1' }) },
      stdio: ['pipe', 'pipe', 'pipe'],
    });
    child = started;
    let said = '';
    let errors = '';
    started.stdin.on('error', () => undefined);
    started.stdout.on('data', (text) => {
      said = `${said}${text}`.slice(-PROBLEM_LENGTH);
      if (isStarting && said.includes(READY)) change({ isStarting: false });
    });
    started.stderr.on('data', (text) => {
      errors = `${errors}${text}`.slice(-PROBLEM_LENGTH);
    });
    const ended = (reason: string) => {
      if (child !== started) return;
      child = undefined;
      const wasStarting = isStarting;
      logger.warn({ reason }, 'the sandbox ended');
      change({ isStarting: false, problem: wasStarting ? redact(errors.trim() || reason) : undefined });
    };
    started.once('error', (error) => ended(error.message));
    started.once('close', (code) => ended(`it ended with code ${code ?? 'unknown'}`));
  }

  return {
    state,
    start() {
      if (!isStarting && !running()) {
        if (!existsSync(script)) throw refuse('sandbox.not-here', {});
        launch();
        change({ isStarting: true });
      }
      return state();
    },
    startFor(accounts) {
      if (!existsSync(script) || !existsSync(authority)) return;
      const trusted = readFileSync(authority, 'utf8').trim();
      if (accounts.some(({ ca, isEnabled }) => isEnabled && ca?.trim() === trusted)) this.start();
    },
    async close() {
      const running = child;
      if (!running) return;
      child = undefined;
      const ended = new Promise((resolve) => running.once('close', resolve));
      // It ends by itself when nobody holds the other end of its input.
      running.stdin?.end();
      const timer = setTimeout(() => running.kill('SIGTERM'), STOP_WITHIN_MS);
      await ended;
      clearTimeout(timer);
    },
  };
}
