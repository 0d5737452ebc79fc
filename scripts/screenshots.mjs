import { join } from 'node:path';
import { ensureBuild, node24, node24Env } from './lib/install.mjs';
import { ROOT } from './lib/paths.mjs';
import { Problem, runScript } from './lib/problem.mjs';
import { run } from './lib/processes.mjs';
import { ensureSystemPackages } from './lib/system.mjs';

/**
 * Pictures of every screen, light and dark: `npm run screenshots`, or `-- --only bots,chat-bot`, `-- --language de`,
 * `-- --size 720x900`.
 */
runScript(async () => {
  ensureSystemPackages(['server', 'browser', 'omemo', 'pictures']);
  await ensureBuild();
  const program = join(ROOT, 'test', 'pictures', 'take.ts');
  const status = await run(node24(), [program, ...process.argv.slice(2)], { cwd: ROOT, env: node24Env() });
  if (status !== 0) throw new Problem('Not every picture was taken; the reasons are above.');
});
