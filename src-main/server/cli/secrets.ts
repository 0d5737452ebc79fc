import { createInterface } from 'node:readline/promises';
import { Writable } from 'node:stream';
import { Refused, UsageError } from './verb.ts';

/** All of stdin as text. */
export async function readStdin(): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of process.stdin) chunks.push(Buffer.from(chunk));
  return Buffer.concat(chunks).toString('utf8');
}

/** How a secret is asked for. */
interface Asked {
  /** `--password-stdin` and its like were given. */
  fromStdin: boolean;
  /** The name of that flag, and of the variable that may hold it instead. */
  flag: string;
  variable: string;
  prompt: string;
}

/**
 * A secret from stdin, the environment, or typed without echo; never from the command line, which every user of the
 * machine can read.
 */
export async function readSecret({ fromStdin, flag, variable, prompt }: Asked): Promise<string> {
  // Who types it there wants to be asked, and nothing of it to be seen.
  if (fromStdin && process.stdin.isTTY) return ask(prompt);
  if (fromStdin) return (await readStdin()).replace(/\r?\n$/, '');
  const given = process.env[variable];
  if (given !== undefined) return given;
  if (!process.stdin.isTTY)
    throw new UsageError(
      `${prompt}: nobody can be asked here. Give it on stdin (--${flag}) or in ${variable}.`,
    );
  return ask(prompt);
}

/** As `readSecret`; what is typed is asked for twice, because nobody saw it. */
export async function readNewSecret(asked: Asked): Promise<string> {
  const secret = await readSecret(asked);
  const wasTyped = !asked.fromStdin && process.env[asked.variable] === undefined;
  if (wasTyped && (await ask(`${asked.prompt}, once more`)) !== secret)
    throw new Refused('The two are not the same. Nothing was done.');
  return secret;
}

/** The password of an account: `--password-stdin`, `BOTMOTHER_PASSWORD`, or typed. */
export const readPassword = (fromStdin: boolean, prompt: string): Promise<string> =>
  readSecret({ fromStdin, flag: 'password-stdin', variable: 'BOTMOTHER_PASSWORD', prompt });

async function ask(prompt: string): Promise<string> {
  const nowhere = new Writable({ write: (_chunk, _encoding, done) => done() });
  const terminal = createInterface({ input: process.stdin, output: nowhere, terminal: true });
  // The terminal echoes no longer: only now is it asked, lest who is quick sees it on the screen.
  process.stderr.write(`${prompt}: `);
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
