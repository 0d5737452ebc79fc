import { typeChecks } from './lib/checks.mjs';
import { ensureDependencies } from './lib/install.mjs';
import { runScript } from './lib/problem.mjs';

runScript(async () => {
  await ensureDependencies();
  let status = 0;
  for (const check of typeChecks()) status = (await check.run()) || status;
  return status;
});
