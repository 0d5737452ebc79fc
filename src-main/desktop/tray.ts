import { join } from 'node:path';
import type { MenuItemConstructorOptions } from 'electron';
import type { EngineState } from './engine/engine-supervisor.ts';
import type { EngineView } from './engine/engine-watch.ts';
import type { Text } from './text/text.ts';

export type TrayState = 'running' | 'trouble' | 'off';

export interface TrayView {
  state: TrayState;
  words: string;
}

/** What the icon in the tray says about engine and bots, the worst first. */
export function trayView(
  engine: EngineState['name'],
  view: EngineView | undefined,
  unread: number,
  { tray }: Text,
): TrayView {
  if (engine === 'failed' || engine === 'restarting') return { state: 'trouble', words: tray.noEngine };
  if (engine === 'starting' || !view) return { state: 'off', words: tray.starting };
  if (!view.areBotsOn) return { state: 'off', words: tray.off };
  if (view.troubled.length > 0) return { state: 'trouble', words: tray.trouble(view.troubled) };
  if (view.hasApiProblem) return { state: 'trouble', words: tray.apiTrouble };
  return { state: 'running', words: unread > 0 ? tray.runningUnread(unread) : tray.running };
}

interface TrayMenuDeps {
  text: Text;
  words: string;
  /** Undefined: the engine cannot be asked now. */
  areBotsOn: boolean | undefined;
  onOpen: () => void;
  onBots: (areOn: boolean) => void;
  onQuit: () => void;
}

export function trayMenu(deps: TrayMenuDeps): MenuItemConstructorOptions[] {
  const { text, words, areBotsOn, onOpen, onBots, onQuit } = deps;
  return [
    { label: words, enabled: false },
    { type: 'separator' },
    { label: text.tray.open, click: onOpen },
    {
      label: text.tray.bots,
      type: 'checkbox',
      checked: areBotsOn ?? false,
      enabled: areBotsOn !== undefined,
      click: (item) => onBots(item.checked),
    },
    { type: 'separator' },
    { label: text.menu.quit, click: onQuit },
  ];
}

/** The picture of a state. On macOS the system colours it, so shape alone has to tell. */
export function trayImage(resources: string, state: TrayState, platform = process.platform): string {
  return join(resources, 'tray', platform === 'darwin' ? `${state}Template.png` : `${state}.png`);
}
