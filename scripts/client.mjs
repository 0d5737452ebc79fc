import { join } from 'node:path';
import { ensureDependencies, node24, node24Env } from './lib/install.mjs';
import { ROOT } from './lib/paths.mjs';
import { runScript } from './lib/problem.mjs';
import { run } from './lib/processes.mjs';

/** Writes the typed client anew, from the routes as they are. */
runScript(async () => {
  await ensureDependencies();
  const program = join(ROOT, 'scripts', 'lib', 'client', 'write.ts');
  return run(node24(), [program], { cwd: ROOT, env: node24Env() });
});
