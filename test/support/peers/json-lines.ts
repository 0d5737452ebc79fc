import { createInterface } from 'node:readline';
import { startProcess } from '../../../scripts/lib/processes.mjs';

/** A program that is asked and that tells, in lines of JSON. */
export interface LineProgram {
  readonly pid: number;
  /** Asks for something; rejects with the words of the program, or when it ends. */
  ask<Answer>(what: string, details?: object): Promise<Answer>;
  /** Ends its input and waits until it has ended; kills it when it takes too long. */
  end(): Promise<void>;
  kill(): Promise<void>;
}

interface Answer {
  answers?: string;
  result?: unknown;
  error?: string;
}

const END_WITHIN_MS = 8_000;

/** Starts it with its settings as the first line. `tell` gets each line that is no answer. It ends with this process. */
export async function startLineProgram(
  command: string[],
  settings: object,
  tell: (line: object) => void,
): Promise<LineProgram> {
  const [program = '', ...args] = command;
  const { child, pid, exited, kill } = await startProcess(program, args, {
    stdin: 'pipe',
    stdout: 'pipe',
    stderr: 'pipe',
    env: { PATH: process.env.PATH, LANG: 'C.UTF-8', PYTHONDONTWRITEBYTECODE: '1' },
  });
  const open = new Map<string, PromiseWithResolvers<unknown>>();
  let complaints = '';
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    complaints = (complaints + text).slice(-4_000);
  });
  if (child.stdout)
    createInterface({ input: child.stdout }).on('line', (line) => {
      const said = JSON.parse(line) as Answer; // the program is ours
      const asked = said.answers === undefined ? undefined : open.get(said.answers);
      if (!asked) return tell(said);
      open.delete(said.answers ?? '');
      if (said.error === undefined) asked.resolve(said.result);
      else asked.reject(new Error(said.error));
    });
  const gone = exited.then(({ code, signal }) => {
    for (const { reject } of open.values())
      reject(new Error(`the program has ended (${signal ?? code}):\n${complaints}`));
    open.clear();
    tell({ is: 'gone', reason: complaints });
  });
  const write = (line: object) => child.stdin?.write(`${JSON.stringify(line)}\n`);
  write(settings);
  return {
    pid,
    ask<Result>(what: string, details: object = {}) {
      const id = crypto.randomUUID();
      const asked = Promise.withResolvers<unknown>();
      open.set(id, asked);
      write({ ...details, do: what, id });
      return asked.promise as Promise<Result>; // the program is ours
    },
    async end() {
      child.stdin?.end();
      const timer = setTimeout(() => void kill(), END_WITHIN_MS);
      await gone;
      clearTimeout(timer);
    },
    async kill() {
      await kill();
      await gone;
    },
  };
}
