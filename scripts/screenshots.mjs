import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { _electron } from 'playwright-core';
import { startEjabberd } from './lib/ejabberd.mjs';
import { prepareElectronRuntime } from './lib/electron-runtime.mjs';
import { engineOn } from './lib/engine.mjs';
import { ensureBuild } from './lib/install.mjs';
import { ROOT } from './lib/paths.mjs';
import { runScript } from './lib/problem.mjs';

const PICTURES = join(ROOT, 'docs', 'pictures');
const SIZE = { width: 1180, height: 470 };

/**
 * Pictures of the real window on the real engine, light and dark. Needs a display: on a machine without one,
 * `xvfb-run -a npm run screenshots`.
 */
runScript(async () => {
  await ensureBuild();
  const { executable } = await prepareElectronRuntime();
  const folder = mkdtempSync(join(tmpdir(), 'botmother-pictures-'));
  const server = await startEjabberd({ dir: join(folder, 'server') });
  try {
    const data = join(folder, 'data');
    const { cli } = engineOn(data);
    const where = ['--service', server.service, '--ca', server.caFile, '--password-stdin'];
    await server.register('you', 'you-pw');
    await cli(['account', 'add', 'you@localhost', ...where], 'you-pw');
    for (const name of ['Weather', 'Herald', 'Wetterfrosch']) {
      await cli(['bot', 'create', name, '--account', 'you@localhost']);
    }
    mkdirSync(PICTURES, { recursive: true });
    const asRoot = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
    const app = await _electron.launch({
      executablePath: executable,
      args: [...asRoot, '--disable-gpu', `--user-data-dir=${join(folder, 'profile')}`, ROOT],
      env: { ...process.env, BOTMOTHER_DATA_DIR: data, BOTMOTHER_LOG_LEVEL: 'silent' },
    });
    const page = await app.firstWindow();
    await page.getByText('Everything runs').waitFor();
    await page.setViewportSize(SIZE);
    for (const colorScheme of /** @type {const} */ (['light', 'dark'])) {
      await page.emulateMedia({ colorScheme });
      await page.screenshot({ path: join(PICTURES, `health-${colorScheme}.png`) });
    }
    await app.close();
    console.log(`Pictures are in ${PICTURES}`);
    return 0;
  } finally {
    await server.stop();
    rmSync(folder, { recursive: true, force: true });
  }
});
