import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { ROOT } from '../paths.mjs';
import { capture } from '../processes.mjs';

export const CLIENT_FOLDER = 'src-shared/client';

/** Generated modules by path, as the formatter leaves them: all in one run of it. */
export async function formatted(files: Readonly<Record<string, string>>): Promise<Record<string, string>> {
  const folder = mkdtempSync(join(tmpdir(), 'botmother-client-'));
  const placeOf = (name: string) => join(folder, CLIENT_FOLDER, name);
  try {
    for (const [name, text] of Object.entries(files)) {
      mkdirSync(dirname(placeOf(name)), { recursive: true });
      writeFileSync(placeOf(name), text);
    }
    const biome = join(ROOT, 'node_modules', '@biomejs', 'biome', 'bin', 'biome');
    const options = ['check', '--write', `--config-path=${ROOT}`, '--vcs-enabled=false', folder];
    const { code, stderr } = await capture(process.execPath, [biome, ...options], { cwd: folder });
    if (code !== 0) throw new Error(`the formatter refuses the client: ${stderr}`);
    return Object.fromEntries(Object.keys(files).map((name) => [name, readFileSync(placeOf(name), 'utf8')]));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
