import type { MenuItemConstructorOptions } from 'electron';
import type { Text } from './text/text.ts';

interface MenuDeps {
  text: Text;
  platform: NodeJS.Platform;
  isPackaged: boolean;
  /** The engine's page is there to go to places in it. */
  hasPage: boolean;
  go: (route: string) => void;
  zoom: (step: 'in' | 'out' | 'reset') => void;
  reload: () => void;
  quit: () => void;
  showFolder: (which: 'data' | 'logs') => void;
  restartEngine: () => void;
  openDocumentation: () => void;
  about: () => void;
}

type Item = MenuItemConstructorOptions;
const LINE: Item = { type: 'separator' };

/** The menu of the app. What the page has keys for as well (Ctrl+1 to 4, Ctrl+N) is shown here and does the same. */
export function appMenu(deps: MenuDeps): Item[] {
  const { text, platform } = deps;
  const isMac = platform === 'darwin';
  return [
    ...(isMac ? [{ label: 'Botmother', submenu: macApp(deps) }] : []),
    { label: text.menu.file, submenu: file(deps, isMac) },
    { label: text.menu.edit, submenu: edit(deps) },
    { label: text.menu.view, submenu: view(deps) },
    { label: text.menu.window, role: 'window', submenu: windows(deps, isMac) },
    { label: text.menu.help, role: 'help', submenu: help(deps, isMac) },
  ];
}

function macApp({ text: { menu }, go, hasPage, about, quit }: MenuDeps): Item[] {
  return [
    { label: menu.about, click: about },
    LINE,
    { label: menu.settings, accelerator: 'Cmd+,', enabled: hasPage, click: () => go('/app/settings') },
    LINE,
    { label: menu.services, role: 'services' },
    LINE,
    { label: menu.hide, role: 'hide' },
    { label: menu.hideOthers, role: 'hideOthers' },
    { label: menu.showAll, role: 'unhide' },
    LINE,
    { label: menu.quit, accelerator: 'Cmd+Q', click: quit },
  ];
}

function file({ text: { menu }, go, hasPage, quit }: MenuDeps, isMac: boolean): Item[] {
  return [
    { label: menu.newBot, accelerator: 'CmdOrCtrl+N', enabled: hasPage, click: () => go('/app/bots/new') },
    LINE,
    { label: menu.closeWindow, role: 'close', accelerator: 'CmdOrCtrl+W' },
    ...(isMac
      ? []
      : [
          { label: menu.settings, accelerator: 'Ctrl+,', enabled: hasPage, click: () => go('/app/settings') },
          LINE,
          { label: menu.quit, accelerator: 'Ctrl+Q', click: quit },
        ]),
  ];
}

/** Roles, so that copy and paste work in every field and by every key of the platform. */
function edit({ text: { menu } }: MenuDeps): Item[] {
  return [
    { label: menu.undo, role: 'undo' },
    { label: menu.redo, role: 'redo' },
    LINE,
    { label: menu.cut, role: 'cut' },
    { label: menu.copy, role: 'copy' },
    { label: menu.paste, role: 'paste' },
    { label: menu.pastePlain, role: 'pasteAndMatchStyle' },
    { label: menu.delete, role: 'delete' },
    { label: menu.selectAll, role: 'selectAll' },
  ];
}

function view({ text: { menu }, go, hasPage, zoom, reload, isPackaged }: MenuDeps): Item[] {
  const place = (label: string, key: string, route: string): Item => ({
    label,
    accelerator: `CmdOrCtrl+${key}`,
    enabled: hasPage,
    click: () => go(route),
  });
  const hidden = (accelerator: string, step: 'in' | 'out' | 'reset'): Item => ({
    label: step,
    accelerator,
    visible: false,
    acceleratorWorksWhenHidden: true,
    click: () => zoom(step),
  });
  return [
    place(menu.chats, '1', '/app/chats'),
    place(menu.bots, '2', '/app/bots'),
    place(menu.health, '3', '/app/health'),
    LINE,
    { label: menu.zoomIn, accelerator: 'CmdOrCtrl+Plus', click: () => zoom('in') },
    { label: menu.zoomOut, accelerator: 'CmdOrCtrl+-', click: () => zoom('out') },
    { label: menu.zoomReset, accelerator: 'CmdOrCtrl+0', click: () => zoom('reset') },
    hidden('CmdOrCtrl+=', 'in'),
    hidden('CmdOrCtrl+numadd', 'in'),
    hidden('CmdOrCtrl+numsub', 'out'),
    hidden('CmdOrCtrl+num0', 'reset'),
    LINE,
    { label: menu.fullScreen, role: 'togglefullscreen' },
    { label: menu.reload, accelerator: 'CmdOrCtrl+R', enabled: hasPage, click: reload },
    ...(isPackaged ? [] : [{ label: menu.devTools, role: 'toggleDevTools' as const }]),
  ];
}

function windows({ text: { menu } }: MenuDeps, isMac: boolean): Item[] {
  return [
    { label: menu.minimise, role: 'minimize' },
    ...(isMac ? [LINE, { label: menu.bringAllToFront, role: 'front' as const }] : []),
  ];
}

function help(deps: MenuDeps, isMac: boolean): Item[] {
  const { text, hasPage, openDocumentation, showFolder, restartEngine, about } = deps;
  const { menu } = text;
  return [
    { label: menu.documentation, enabled: hasPage, click: openDocumentation },
    LINE,
    { label: menu.showLogs, click: () => showFolder('logs') },
    { label: menu.showData, click: () => showFolder('data') },
    { label: menu.restartEngine, click: restartEngine },
    ...(isMac ? [] : [LINE, { label: menu.about, click: about }]),
  ];
}
