import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { app, Menu, utilityProcess } from 'electron';
import { systemClock } from '../base/clock.ts';
import { createLogger } from '../base/logger.ts';
import { Scope } from '../base/scope.ts';
import { canHostEngine, childHost, type EngineHost, utilityHost } from './engine-host.ts';
import { type EngineState, superviseEngine } from './engine-supervisor.ts';
import { dataDir, engineEntry, nodeProgram, profileDir } from './paths.ts';
import { cannotLoadPage, cannotStartPage, restartingPage, type ShellAction } from './shell-page.ts';
import { openWindow } from './window.ts';

/** A crash that is mended within this time changes nothing in the window but a short line. */
const QUIET_RESTART_MS = 2_000;

const distDir = dirname(fileURLToPath(import.meta.url));
const logger = createLogger(process.env.BOTMOTHER_LOG_LEVEL ?? 'info');

function createHost(): EngineHost {
  const entry = engineEntry(distDir, process.env, app.isPackaged);
  if (canHostEngine(process.versions.node)) return utilityHost(utilityProcess.fork, entry);
  return childHost(nodeProgram(process.env), entry, process.env);
}

function buildMenu(): Menu {
  return Menu.buildFromTemplate([
    ...(process.platform === 'darwin' ? [{ role: 'appMenu' as const }] : []),
    { role: 'fileMenu' },
    { role: 'editMenu' },
    { role: 'viewMenu' },
    { role: 'windowMenu' },
  ]);
}

async function main(): Promise<void> {
  const scope = new Scope();
  let window: ReturnType<typeof openWindow> | undefined;
  let state: EngineState = { name: 'starting' };
  let cancelPage: () => void = () => undefined;

  const supervisor = superviseEngine({
    createHost,
    start: { type: 'start', dataDir: dataDir(process.env) },
    clock: systemClock,
    scope,
    onState: (next) => {
      state = next;
      if (next.name === 'restarting') {
        logger.warn(
          { reason: next.reason, delayMs: next.delayMs },
          'the engine stopped and is started again',
        );
      }
      if (next.name === 'failed') logger.error({ reason: next.message }, 'the engine cannot start');
      show();
    },
  });

  function show(): void {
    if (state.name === 'starting') return;
    cancelPage();
    if (state.name === 'ready') window?.showEngine(state.privateUrl, state.privateToken);
    if (state.name === 'failed') window?.showPage(cannotStartPage(state.message));
    if (state.name === 'restarting') {
      const page = restartingPage(state.reason);
      cancelPage = systemClock.after(scope, QUIET_RESTART_MS, () => window?.showPage(page));
    }
  }

  function act(action: ShellAction): void {
    if (action === 'quit') app.quit();
    else if (state.name === 'ready') show();
    else supervisor.launch();
  }

  app.on('second-instance', () => window?.focus());
  app.on('window-all-closed', () => app.quit());
  let isStopped = false;
  app.on('before-quit', (event) => {
    if (isStopped) return;
    event.preventDefault();
    void supervisor
      .stop()
      .then(() => scope.close())
      .finally(() => {
        isStopped = true;
        app.quit();
      });
  });

  supervisor.launch();
  await app.whenReady();
  Menu.setApplicationMenu(buildMenu());
  window = openWindow({
    distDir,
    icon: join(distDir, '..', '..', 'resources', 'icon-256.png'),
    isPackaged: app.isPackaged,
    onAction: act,
    onBroken: (reason) => {
      logger.error({ reason }, 'the window cannot show the page');
      if (state.name === 'ready') window?.showPage(cannotLoadPage(reason));
    },
  });
  show();
}

app.setName('Botmother');
if (!app.commandLine.hasSwitch('user-data-dir')) {
  app.setPath('userData', profileDir(app.getPath('appData')));
}
if (app.requestSingleInstanceLock()) {
  // Not awaited at the top level: Electron is ready only after this file has run.
  main().catch((error: unknown) => {
    logger.fatal({ err: error }, 'the desktop app cannot start');
    app.exit(1);
  });
} else {
  app.quit();
}
