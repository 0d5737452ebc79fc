import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { makeDeb } from './lib/deb.mjs';
import { prepareElectronRuntime } from './lib/electron-runtime.mjs';
import { build, ensureDependencies } from './lib/install.mjs';
import { packApp } from './lib/pack.mjs';
import { ROOT } from './lib/paths.mjs';
import { Problem, runScript } from './lib/problem.mjs';
import { findBinary } from './lib/system.mjs';

/**
 * npm run package [-- what electron-builder takes]; without arguments: what this machine can make by itself, which is a
 * folder with the app for this platform and, on Debian and its like, a package of it.
 */
runScript(async () => {
  const wanted = process.argv.slice(2);
  if (!existsSync(join(ROOT, 'electron-builder.yml'))) {
    throw new Problem('electron-builder.yml is missing; it says what goes into the package.');
  }
  await ensureDependencies();
  await build();
  const runtime = await prepareElectronRuntime();
  await packApp(runtime, wanted);
  if (
    wanted.length === 0 &&
    process.platform === 'linux' &&
    findBinary('dpkg-deb') &&
    findBinary('fakeroot')
  ) {
    console.log(`\nPacked for Debian: ${await makeDeb(join(ROOT, 'release', 'linux-unpacked'), runtime)}`);
  }
  if (runtime.kind === 'test-runtime') {
    console.log(
      `\nBuilt with the test runtime (Electron ${runtime.electronVersion}): to try it here, not to give it away.`,
    );
  }
  console.log('\nThe result is in release/.');
});
