import type { Clock } from '../../base/clock.ts';
import type { Logger } from '../../base/logger.ts';
import type { Scope } from '../../base/scope.ts';
import type { EngineState } from '../engine/engine-supervisor.ts';
import type { EngineOfApp } from '../engine-of-app.ts';
import type { DataKeys } from '../keystore/data-key.ts';
import type { ShellText } from '../text/shell-text.ts';
import type { AppWindow } from '../window/window.ts';
import { cannotShowPage, failedPage, restartingPage, startingPage } from './pages.ts';
import { type ShellAction, type ShellPage, shellPage } from './shell-page.ts';

/** A crash that is mended within this time changes nothing in the window but a short line. */
const QUIET_RESTART_MS = 2_000;
/** A start that takes longer is spoken of; until then there is no window, or the page that was there. */
const QUIET_START_MS = 3_000;

interface ShellPagesDeps {
  window: () => AppWindow | undefined;
  engine: Pick<EngineOfApp, 'state' | 'launch'>;
  keys: DataKeys;
  text: ShellText;
  clock: Clock;
  scope: Scope;
  logger: Logger;
  showLogs: () => void;
  quit: () => void;
}

/** Which page the window shows: the engine's, or one of the shell about why there is none. */
export function shellPages(deps: ShellPagesDeps) {
  const { window, engine, keys, text, clock, scope, logger, showLogs, quit } = deps;
  let cancel: () => void = () => undefined;
  let before: EngineState['name'] | undefined;
  const display = (page: ShellPage) => window()?.showPage(shellPage(page, text.language()));

  function show(state: EngineState): void {
    if (state.name !== 'ready') window()?.loseEngine();
    const isAnotherTry = before === 'restarting' && state.name === 'starting';
    before = state.name;
    // What is said of the last engine stays until the next one is there.
    if (isAnotherTry) return;
    cancel();
    if (state.name === 'starting')
      cancel = clock.after(scope, QUIET_START_MS, () => display(startingPage(text.words())));
    if (state.name === 'ready') window()?.showEngine(state.privateUrl, state.privateToken);
    if (state.name === 'failed')
      display(failedPage(state, keys.status().name, text.words(), text.language()));
    if (state.name === 'restarting') {
      cancel = clock.after(scope, QUIET_RESTART_MS, () => display(restartingPage(state, text.words())));
    }
  }

  return {
    show,
    /** The window's program died, or its page did not load. */
    broken(reason: string): void {
      logger.error({ reason }, 'the window cannot show the page');
      if (engine.state().name === 'ready') display(cannotShowPage(reason, text.words()));
    },
    /** A link of one of these pages was followed. */
    act(action: ShellAction): void {
      if (action === 'key-file') keys.keepInFile();
      if (action === 'quit') quit();
      else if (action === 'logs') showLogs();
      else if (engine.state().name === 'ready') show(engine.state());
      else engine.launch();
    },
  };
}
