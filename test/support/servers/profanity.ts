import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import BetterSqlite3 from 'better-sqlite3';
import { capture, startProcess } from '../../../scripts/lib/processes.mjs';
import { writeProfanityProfile } from '../../../scripts/lib/profanity-profile.mjs';
import { findBinary } from '../../../scripts/lib/system.mjs';
import { waitUntil } from '../../../scripts/lib/wait.mjs';
import type { XmppServer } from './servers.ts';

/** A line of profanity's own log of conversations. */
export interface LoggedMessage {
  from: string;
  to: string;
  text: string;
  /** `none`, `omemo`, ... */
  encryption: string;
  /** `chat`, `muc`, ... */
  type: string;
}

export interface Profanity extends AsyncDisposable {
  readonly jid: string;
  /** Types one line and Enter, as a person would: a command with `/`, or a message in the open window. */
  type(line: string): Promise<void>;
  /** What the terminal shows, without empty lines. */
  screen(): Promise<string>;
  /** Waits until the screen matches and gives back what matched. */
  waitForScreen(pattern: RegExp, timeoutMs?: number): Promise<RegExpExecArray>;
  /** Everything it has logged, in order: what it sent and what it received. */
  messages(): LoggedMessage[];
  /** Waits until a logged message fits and gives it back. */
  waitForMessage(fits: (message: LoggedMessage) => boolean, timeoutMs?: number): Promise<LoggedMessage>;
  /** Signs out, ends it and removes its folder. */
  stop(): Promise<void>;
}

export interface ProfanityOptions {
  /** A server, or what stands in front of one. */
  server: Pick<XmppServer, 'service' | 'caFile'>;
  jid: string;
  password: string;
  resource?: string;
}

const COLUMNS = 200;
const ROWS = 50;
const SIGN_IN_MS = 20_000;

/** Starts a real profanity, in a tmux of its own, and waits until it is signed in. */
export async function startProfanity({
  server,
  jid,
  password,
  resource,
}: ProfanityOptions): Promise<Profanity> {
  const dir = mkdtempSync(join(tmpdir(), 'botmother-profanity-'));
  const { hostname: host, port, protocol } = new URL(server.service);
  const account = {
    jid,
    password,
    host,
    port: Number(port),
    isDirectTls: protocol === 'xmpps:',
    caFile: server.caFile,
  };
  const profile = await writeProfanityProfile(
    dir,
    resource === undefined ? account : { ...account, resource },
  );
  const tmux = findBinary('tmux') ?? 'tmux';
  const socket = join(dir, 'tmux.sock');
  const env = { PATH: process.env.PATH, HOME: dir, LANG: 'C.UTF-8', TERM: 'screen', ...profile };

  // In the foreground, so that it is our child and ends with us; profanity ends with its terminal.
  const terminal = await startProcess(tmux, ['-D', '-S', socket, '-f', '/dev/null'], { env, cwd: dir });
  const ask = async (...args: string[]) => {
    const { code, stdout, stderr } = await capture(tmux, ['-S', socket, ...args], { env });
    if (code !== 0) throw new Error(`tmux ${args[0]}: ${stderr.trim()}`);
    return stdout;
  };
  const screen = async () => {
    const text = await ask('capture-pane', '-p', '-t', 'client');
    return text
      .split('\n')
      .filter((line) => line.trim() !== '')
      .join('\n');
  };

  async function waitForScreen(pattern: RegExp, timeoutMs = 45_000): Promise<RegExpExecArray> {
    let shown = '';
    return waitUntil(
      async () => {
        shown = await screen();
        return pattern.exec(shown);
      },
      { what: `${jid}'s screen to match ${pattern}`, timeoutMs, hint: () => shown },
    );
  }

  async function type(line: string): Promise<void> {
    // At the end of a word, tmux takes a semicolon for the end of its command.
    await ask('send-keys', '-t', 'client', '-l', '--', line.replace(/;$/, '\\;'));
    // Enter is a key of its own; sent before the line was read, it would be taken for pasted text.
    const end = line.trim().slice(-20);
    await waitUntil(async () => (await screen()).split('\n').at(-1)?.includes(end), {
      what: `the line to be typed: ${line}`,
      hint: () => 'The last line of the screen does not show it.',
    });
    await ask('send-keys', '-t', 'client', 'Enter');
  }

  const messages = () => loggedMessages(join(profile.XDG_DATA_HOME, 'profanity', 'database'));

  async function stop(): Promise<void> {
    if (terminal.isRunning()) {
      await type('/quit').catch(() => undefined);
      // The terminal stays when its program ends, so that a failure can be looked at.
      await waitUntil(
        async () => (await ask('display-message', '-p', '-t', 'client', '#{pane_dead}')).trim() === '1',
        {
          what: 'profanity to end',
          timeoutMs: 3_000,
        },
      ).catch(() => undefined);
    }
    await terminal.kill();
    rmSync(dir, { recursive: true, force: true, maxRetries: 5 });
  }

  try {
    await waitUntil(() => existsSync(socket), { what: 'tmux to start' });
    await ask('new-session', '-d', '-s', 'client', '-x', `${COLUMNS}`, '-y', `${ROWS}`, 'profanity');
    await ask('set-option', '-t', 'client', 'remain-on-exit', 'on');
    const [outcome] = await waitForScreen(
      /logged in successfully|Invalid TLS|Login failed|server lost|Pane is dead/,
      SIGN_IN_MS,
    );
    if (outcome !== 'logged in successfully') throw new Error(`${jid} could not sign in:\n${await screen()}`);
  } catch (error) {
    await stop();
    throw error;
  }

  return {
    jid,
    type,
    screen,
    waitForScreen,
    messages,
    async waitForMessage(fits, timeoutMs = 45_000) {
      return waitUntil(() => messages().findLast(fits), {
        what: `a message in the log of ${jid}`,
        timeoutMs,
        hint: () => JSON.stringify(messages(), undefined, 1),
      });
    },
    stop,
    [Symbol.asyncDispose]: stop,
  };
}

/** Reads the log that profanity keeps per account. */
function loggedMessages(folder: string): LoggedMessage[] {
  const accounts = existsSync(folder) ? readdirSync(folder) : [];
  return accounts.flatMap((account) => {
    const bytes = readSettled(join(folder, account, 'chatlog.db'));
    // It makes the file first and the table a moment later.
    if (bytes.length === 0) return [];
    const log = new BetterSqlite3(bytes, { readonly: true });
    try {
      const table = "SELECT 1 FROM sqlite_master WHERE name = 'ChatLogs'";
      if (log.prepare(table).get() === undefined) return [];
      const query =
        'SELECT from_jid AS "from", to_jid AS "to", message AS text, encryption, type FROM ChatLogs ORDER BY id';
      // The columns are those of the query above.
      return log.prepare(query).all() as LoggedMessage[];
    } finally {
      log.close();
    }
  });
}

const TRIES = 400;
const NEXT_TRY_MS = 5;

/**
 * The bytes of a database between two of its commits. Nothing is locked: profanity waits for no lock, and a message that
 * comes while a reader has one is missing in its log for ever.
 */
function readSettled(file: string): Buffer {
  for (let tries = 0; tries < TRIES; tries += 1) {
    const before = stateOf(file);
    if (before === undefined) return Buffer.alloc(0);
    const bytes = before.isCommitting ? undefined : readFileSync(file);
    if (bytes && isDeepStrictEqual(before, stateOf(file))) return bytes;
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, NEXT_TRY_MS);
  }
  throw new Error(`${file} is being written all the time`);
}

/** Undefined while there is no such file. A commit has a journal beside it from its beginning to its end. */
function stateOf(file: string) {
  const found = statSync(file, { bigint: true, throwIfNoEntry: false });
  return found && { isCommitting: existsSync(`${file}-journal`), size: found.size, at: found.mtimeNs };
}
