import { createInterface } from 'node:readline/promises';
import { Refused, UsageError } from './verb.ts';

/** Asks at the terminal before something is lost. Without a terminal, `--yes` has to say it. */
export async function confirm(question: string): Promise<void> {
  if (!process.stdin.isTTY) throw new UsageError('Nobody can be asked here: add --yes to go on.');
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  try {
    const answer = await terminal.question(`${question} [y/N] `).catch(() => '');
    if (!/^\s*(y|yes|j|ja)\s*$/i.test(answer)) throw new Refused('Nothing was changed.');
  } finally {
    terminal.close();
  }
}
