import { existsSync } from 'node:fs';
import { mkdir, open, rename, rm, rmdir } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';

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

/**
 * Moves the old aside and the new in, by renaming. When a step fails, the ones before it are taken back. Resolves
 * with where the old is now.
 */
export async function swapIn(swap: Swap): Promise<string[]> {
  const { dataDir, old, aside, staged, keyFile, asideKeyFile, dataKey } = swap;
  const undo: (() => Promise<void>)[] = [];
  const kept: string[] = [];
  const move = async (from: string, to: string) => {
    await rename(from, to);
    undo.push(() => rename(to, from));
  };
  try {
    if (old.length > 0) {
      await mkdir(aside, { mode: 0o700 });
      kept.push(aside);
      for (const path of old) await move(path, join(aside, basename(path)));
    }
    if (existsSync(keyFile)) {
      await move(keyFile, asideKeyFile);
      kept.push(asideKeyFile);
    }
    // The key comes last: a database without its key is refused at the next start, a key alone would begin anew.
    for (const path of staged) await move(path, join(dataDir, basename(path)));
    undo.push(() => rm(keyFile, { force: true }));
    await writeKey(keyFile, dataKey);
    await syncFolder(dataDir);
    return kept;
  } catch (error) {
    for (const step of undo.reverse()) await step();
    await rmdir(aside).catch(() => undefined);
    throw error;
  }
}

async function writeKey(file: string, key: Buffer): Promise<void> {
  await mkdir(dirname(file), { recursive: true, mode: 0o700 });
  const handle = await open(file, 'wx', 0o600);
  try {
    await handle.writeFile(`${key.toString('base64')}\n`);
    await handle.sync();
  } finally {
    await handle.close();
  }
  await syncFolder(dirname(file));
}

/** Renames last only once the folder itself is on the disk; where folders cannot be opened the system sees to it. */
async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r').catch(() => undefined);
  await handle?.sync().catch(() => undefined);
  await handle?.close();
}
