import { build, ensureDependencies } from './lib/install.mjs';
import { runScript } from './lib/problem.mjs';

runScript(async () => {
  await ensureDependencies();
  await build();
});
