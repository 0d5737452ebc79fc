import { createInterface } from 'node:readline/promises';
import { Writable } from 'node:stream';
import { Refused, UsageError } from './verb.ts';

/** All of stdin as text. */
export async function readStdin(): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of process.stdin) chunks.push(Buffer.from(chunk));
  return Buffer.concat(chunks).toString('utf8');
}

/**
 * A password from stdin (`--password-stdin`), the environment (`BOTMOTHER_PASSWORD`), or typed without echo; never
 * from the command line, which every user of the machine can read.
 */
export async function readPassword(fromStdin: boolean, prompt: string): Promise<string> {
  if (fromStdin) return (await readStdin()).replace(/\r?\n$/, '');
  if (process.env.BOTMOTHER_PASSWORD !== undefined) return process.env.BOTMOTHER_PASSWORD;
  if (!process.stdin.isTTY) {
    throw new UsageError('Give the password on stdin (--password-stdin) or in BOTMOTHER_PASSWORD.');
  }
  process.stderr.write(`${prompt}: `);
  const nowhere = new Writable({ write: (_chunk, _encoding, done) => done() });
  const terminal = createInterface({ input: process.stdin, output: nowhere, terminal: true });
  try {
    return await terminal.question('');
  } catch {
    // Ctrl-C or Ctrl-D.
    throw new Refused('Cancelled.');
  } finally {
    terminal.close();
    process.stderr.write('\n');
  }
}
