import { mkdirSync } from 'node:fs';
import type { Shell } from 'electron';
import type { Logger } from '../base/logger.ts';
import type { EngineState } from './engine/engine-supervisor.ts';

interface OutsideDeps {
  shell: Pick<Shell, 'openExternal' | 'openPath'>;
  engineState: () => EngineState;
  logger: Logger;
}

/** What opens in other programs of the person. */
export function openOutside({ shell, engineState, logger }: OutsideDeps) {
  function url(address: string): void {
    shell
      .openExternal(address)
      .catch((error: unknown) => logger.warn({ err: error }, 'a link could not be opened'));
  }
  return {
    url,
    /** A place where the API is for everybody, in the browser. */
    api(route: string): void {
      const state = engineState();
      if (state.name === 'ready') url(new URL(route, state.apiUrl).href);
    },
    /** Resolves with what went wrong, or an empty text. */
    folder(path: string): Promise<string> {
      mkdirSync(path, { recursive: true, mode: 0o700 });
      return shell.openPath(path);
    },
  };
}
