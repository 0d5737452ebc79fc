import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { tool } from './lib/checks.mjs';
import { prepareElectronRuntime } from './lib/electron-runtime.mjs';
import { build, ensureDependencies } from './lib/install.mjs';
import { ROOT } from './lib/paths.mjs';
import { Problem, runScript } from './lib/problem.mjs';

/** npm run package [-- what electron-builder takes]; without arguments: a folder with the app for this platform. */
runScript(async () => {
  const wanted = process.argv.slice(2);
  if (!existsSync(join(ROOT, 'electron-builder.yml'))) {
    throw new Problem('electron-builder.yml is missing; it says what goes into the package.');
  }
  await ensureDependencies();
  await build();
  const { executable, electronVersion, kind } = await prepareElectronRuntime();
  const runtime = [`-c.electronDist=${dirname(executable)}`, `-c.electronVersion=${electronVersion}`];
  const what = wanted.length > 0 ? wanted : [ownPlatform(), '--dir'];
  const status = await tool('electron-builder/cli.js', [
    ...what,
    ...runtime,
    '-c.npmRebuild=false',
    '--publish',
    'never',
  ]);
  if (status !== 0) throw new Problem('electron-builder failed; its words are above.');
  if (kind === 'test-runtime') {
    console.log(
      `\nBuilt with the test runtime (Electron ${electronVersion}): to try it here, not to give it away.`,
    );
  }
  console.log('\nThe result is in release/.');
});

function ownPlatform() {
  if (process.platform === 'win32') return '--win';
  return process.platform === 'darwin' ? '--mac' : '--linux';
}
