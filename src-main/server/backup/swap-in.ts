import { existsSync } from 'node:fs';
import * as fs from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';

/** The exchange failed; `message` says why, and where the old data is. */
export class SwapProblem extends Error {}

/** What is done to the disk, so that a test can let each step fail. */
export type Disk = Pick<typeof fs, 'mkdir' | 'open' | 'rename' | 'rm' | 'rmdir'>;

interface Swap {
  dataDir: string;
  /** What is in the folder now. */
  old: readonly string[];
  /** Folder that takes it. */
  aside: string;
  /** What takes its place; on the same disk. */
  staged: readonly string[];
  keyFile: string;
  /** Takes the key file where it is not in the folder. */
  asideKeyFile: string;
  dataKey: Buffer;
}

interface Undo {
  step: () => Promise<unknown>;
  /** Where the old lies as long as that was not done. */
  left?: string;
}

/**
 * Moves the old aside and the new in, by renaming. When a step fails, the ones before it are taken back and the folder
 * is as it was; `SwapProblem` says so. Resolves with where the old is now.
 */
export async function swapIn(swap: Swap, disk: Disk = fs): Promise<string[]> {
  const { dataDir, old, aside, staged, keyFile, asideKeyFile } = swap;
  const undo: Undo[] = [];
  const kept: string[] = [];
  const move = async (from: string, to: string) => {
    await disk.rename(from, to);
    undo.push({ step: () => disk.rename(to, from), left: to });
  };
  const make = async (folder: string) => {
    await disk.mkdir(folder, { mode: 0o700 });
    undo.push({ step: () => disk.rmdir(folder) });
  };
  try {
    if (old.length > 0) {
      await make(aside);
      kept.push(aside);
      for (const path of old) await move(path, join(aside, basename(path)));
    }
    if (existsSync(keyFile)) {
      await move(keyFile, asideKeyFile);
      kept.push(asideKeyFile);
    }
    // The key comes last: a database without its key is refused at the next start, a key alone would begin anew.
    for (const path of staged) await move(path, join(dataDir, basename(path)));
    if (!existsSync(dirname(keyFile))) await make(dirname(keyFile));
    await writeKey(swap, disk, undo);
    await syncFolder(dataDir, disk);
    return kept;
  } catch (error) {
    throw await takenBack(undo, error);
  }
}

/** Takes back what was done, the last first; one step that fails does not keep the others from being tried. */
async function takenBack(undo: readonly Undo[], error: unknown): Promise<SwapProblem> {
  const left: string[] = [];
  for (const { step, left: path } of undo.toReversed()) {
    await step().catch(() => path !== undefined && left.push(path));
  }
  const code = error instanceof Error && 'code' in error ? ` (${String(error.code)})` : '';
  const cause = { cause: error };
  return left.length === 0
    ? new SwapProblem(`The backup could not be put in place${code}. Everything is as it was before.`, cause)
    : new SwapProblem(
        `The backup could not be put in place${code}, and not all could be put back. Move back by hand: ${left.join(', ')}`,
        cause,
      );
}

async function writeKey({ keyFile, dataKey }: Swap, disk: Disk, undo: Undo[]): Promise<void> {
  const handle = await disk.open(keyFile, 'wx', 0o600);
  // From here on the file is ours to take away.
  undo.push({ step: () => disk.rm(keyFile, { force: true }) });
  try {
    await handle.writeFile(`${dataKey.toString('base64')}\n`);
    await handle.sync();
  } finally {
    await handle.close();
  }
  await syncFolder(dirname(keyFile), disk);
}

/** Renames last only once the folder itself is on the disk; where folders cannot be opened the system sees to it. */
async function syncFolder(folder: string, disk: Disk): Promise<void> {
  const handle = await disk.open(folder, 'r').catch(() => undefined);
  await handle?.sync().catch(() => undefined);
  await handle?.close();
}
