import { join } from 'node:path';
import { ROOT } from '../paths.mjs';
import { capture } from '../processes.mjs';

export const CLIENT_FOLDER = 'src-shared/client';

/** A generated module as the formatter leaves it. */
export async function formatted(name: string, text: string): Promise<string> {
  const biome = join(ROOT, 'node_modules', '@biomejs', 'biome', 'bin', 'biome');
  const path = `--stdin-file-path=${CLIENT_FOLDER}/${name}`;
  const { code, stdout, stderr } = await capture(process.execPath, [biome, 'check', '--write', path], {
    cwd: ROOT,
    input: text,
  });
  if (code !== 0) throw new Error(`the formatter refuses ${name}: ${stderr}`);
  return stdout;
}
