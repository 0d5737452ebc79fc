import type { BrowserWindow, Dialog } from 'electron';

/** Asks over the window whether the app goes on without it. */
export const askToKeep =
  (dialog: Pick<Dialog, 'showMessageBox'>, window: BrowserWindow) =>
  async ({ title, detail, keep, quit }: { title: string; detail: string; keep: string; quit: string }) => {
    const { response } = await dialog.showMessageBox(window, {
      type: 'info',
      title: 'Botmother',
      message: title,
      detail,
      buttons: [keep, quit],
      defaultId: 0,
      cancelId: 0,
      noLink: true,
    });
    return response === 0;
  };
