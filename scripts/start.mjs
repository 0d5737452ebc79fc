import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { prepareElectronRuntime } from './lib/electron-runtime.mjs';
import { CLI } from './lib/engine.mjs';
import { firstSignal } from './lib/first-signal.mjs';
import { ensureBuild, ensureDependencies, node24 } from './lib/install.mjs';
import { ROOT } from './lib/paths.mjs';
import { Problem, runScript } from './lib/problem.mjs';
import { startProcess, stopEverything } from './lib/processes.mjs';
import { ensureSystemPackages } from './lib/system.mjs';

/** The engine stops within five seconds; the window is asked to close first. */
const STOP_WITHIN_MS = 10_000;

function hasDisplay() {
  if (process.platform !== 'linux') return true;
  return Boolean(process.env.DISPLAY || process.env.WAYLAND_DISPLAY);
}

/**
 * The desktop app, as a command; undefined, after saying why, when it cannot run here.
 * @returns {Promise<[string, string[]] | undefined>}
 */
async function desktop() {
  if (!hasDisplay()) {
    console.log('No display here, so without a window.');
    return undefined;
  }
  if (!existsSync(join(ROOT, 'dist', 'main', 'desktop.js'))) {
    console.log('The desktop app is not part of this build, so without a window.');
    return undefined;
  }
  try {
    if (process.platform === 'linux') ensureSystemPackages(['desktop']);
    const { executable, electronVersion, kind } = await prepareElectronRuntime();
    if (kind === 'test-runtime') console.log(`Using the test runtime (Electron ${electronVersion}).`);
    // Chromium's own sandbox does not work for root; with a display in memory only, drawing by GPU can hang.
    const flags = [
      ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
      ...(kind === 'test-runtime' ? ['--disable-gpu'] : []),
    ];
    return [executable, [...flags, ROOT]];
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    console.log(`${error.message}\n\nGoing on without a window.`);
    return undefined;
  }
}

/** npm start [-- what `botmother serve` takes]: the desktop app where there is a display, else the engine alone. */
runScript(async () => {
  const words = process.argv.slice(2);
  const interrupted = firstSignal();
  const starting = (async () => {
    await ensureDependencies();
    await ensureBuild();
    const app = words.length === 0 ? await desktop() : undefined;
    const [command, args] = app ?? [node24(), [CLI, 'serve', ...words]];
    return startProcess(command, args, { cwd: ROOT, env: process.env, stdout: 'inherit', stderr: 'inherit' });
  })();

  const started = await Promise.race([starting, interrupted]);
  if (typeof started === 'string') {
    starting.catch(() => undefined);
    await stopEverything();
    return 0;
  }
  void interrupted.then(() => started.stop(STOP_WITHIN_MS));
  const { code } = await started.exited;
  return code ?? 1;
});
