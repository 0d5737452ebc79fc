import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import BetterSqlite3 from 'better-sqlite3';
import { type Running, startProcess } from '../../scripts/lib/processes.mjs';
import { ask } from './ask.ts';

const cli = resolve(import.meta.dirname, '../../dist/main/cli.js');

interface Ended {
  status: number | null;
  stdout: string;
  stderr: string;
}

/** It ends with this process, whatever happens to this one. */
function startCli(
  words: string[],
  dataDir: string,
  { input, env }: { input?: string; env?: Record<string, string> } = {},
): Promise<Running> {
  if (!existsSync(cli)) throw new Error('dist/ is missing: run `npm run build` first');
  return startProcess(process.execPath, [cli, ...words, '--data-dir', dataDir], {
    stdout: 'pipe',
    stderr: 'pipe',
    env: { PATH: process.env.PATH, HOME: dataDir, ...env },
    ...(input !== undefined && { input }),
  });
}

/** Collects what comes out of a stream of a child. */
function collect(stream: NodeJS.ReadableStream | null): () => string {
  let text = '';
  stream?.on('data', (chunk) => {
    text += chunk;
  });
  return () => text;
}

/** Runs one CLI command to its end. */
export async function runCli(dataDir: string, words: string[], input = ''): Promise<Ended> {
  const { child } = await startCli(words, dataDir, { input });
  const [stdout, stderr] = [collect(child.stdout), collect(child.stderr)];
  const status = await new Promise<number | null>((done) => child.once('close', done));
  return { status, stdout: stdout(), stderr: stderr() };
}

export interface EngineProcess {
  dataDir: string;
  pid: number;
  port: number;
  /** The only line it prints on stdout. */
  readyLine: string;
  /** What it wrote to stderr so far. */
  log: () => string;
  cli(words: string[], input?: string): Promise<Ended>;
  /** An HTTP request to the API; to `/api/v1` without a token through the socket, as the CLI does it. */
  call<Result = Record<string, unknown>>(
    method: string,
    path: string,
    options?: { token?: string; body?: unknown },
  ): Promise<{ status: number; body: Result & { result?: unknown } }>;
  /** SIGTERM, or the signals given; resolves with the exit status. */
  stop(signals?: readonly NodeJS.Signals[]): Promise<number | null>;
  /** kill -9. */
  kill(): Promise<void>;
}

/** Starts `botmother serve` as its users do, on a free port. Resolves when it says that it is ready. */
export async function startEngineProcess(
  dataDir: string,
  port = 0,
  words: string[] = [],
  env: Record<string, string> = {},
): Promise<EngineProcess> {
  const engine = await startCli(['serve', '--port', String(port), ...words], dataDir, { env });
  const { child } = engine;
  const log = collect(child.stderr);
  const readyLine = await Promise.race([
    new Promise<string>((done) => {
      if (child.stdout) createInterface({ input: child.stdout }).once('line', done);
    }),
    engine.exited.then(({ code }) => {
      throw new Error(`the engine ended with ${code}: ${log()}`);
    }),
  ]);
  const url = new URL(/https?:\S+/.exec(readyLine)?.[0] ?? '');
  return {
    dataDir,
    pid: engine.pid,
    port: Number(url.port),
    readyLine,
    log,
    cli: (words, input) => runCli(dataDir, words, input),
    async call(method, path, { token, body } = {}) {
      // Not for programs: window and CLI come through doors of their own.
      if (path.startsWith('/api/v1/') && token === undefined) {
        const socketPath = join(dataDir, 'engine.sock');
        return (await ask({ socketPath }, path, { host: 'localhost' }, method, body)) as never;
      }
      const response = await fetch(new URL(path, `http://127.0.0.1:${url.port}`), {
        method,
        headers: {
          ...(token !== undefined && { authorization: `Bearer ${token}` }),
          ...(body !== undefined && { 'content-type': 'application/json' }),
        },
        ...(body !== undefined && { body: JSON.stringify(body) }),
      });
      return { status: response.status, body: (await response.json()) as never };
    },
    async stop(signals = ['SIGTERM']) {
      for (const signal of signals) child.kill(signal);
      return (await engine.exited).code;
    },
    kill: () => engine.kill(),
  };
}

/** The resource under which an engine signs in. */
export function resourceOf(dataDir: string): string {
  const database = new BetterSqlite3(join(dataDir, 'bot_registry.db'), { readonly: true });
  const row = database.prepare("select value from settings where key = 'engine_resource'").get() as {
    value: string;
  };
  database.close();
  return row.value;
}

/** Signs an account in on a running engine, as a person would; resolves when it is online. */
export async function signInOn(
  engine: EngineProcess,
  server: { service: string; caFile: string },
  { jid = 'you@localhost', password = 'you-pw', omemo = false } = {},
): Promise<void> {
  const where = ['--service', server.service, '--ca', server.caFile, '--password-stdin'];
  const words = ['account', 'add', jid, ...where, ...(omemo ? ['--omemo'] : [])];
  const { status, stdout, stderr } = await engine.cli(words, `${password}\n`);
  if (status !== 0 || stdout !== `${jid}  online\n`)
    throw new Error(`signing in: ${status} ${stdout}${stderr}`);
}
