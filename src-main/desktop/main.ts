import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { app } from 'electron';
import { createLogger } from '../base/logger.ts';
import { runApp } from './app.ts';
import { chooseKeystore } from './keystore/choose-keystore.ts';
import { profileDir } from './paths.ts';
import { takeLinks } from './take-links.ts';

const distDir = dirname(fileURLToPath(import.meta.url));

app.setName('Botmother');
if (!app.commandLine.hasSwitch('user-data-dir')) {
  app.setPath('userData', profileDir(app.getPath('appData')));
}
// Windows groups windows and notifications by this; the installer gives the same.
app.setAppUserModelId('chat.botmother.Botmother');
if (app.requestSingleInstanceLock()) {
  chooseKeystore(app.commandLine, process.env);
  takeLinks(app, process.platform);
  // Not awaited at the top level: Electron is ready only after this file has run.
  runApp(distDir).catch((error: unknown) => {
    createLogger().fatal({ err: error }, 'the desktop app cannot start');
    app.exit(1);
  });
} else {
  app.quit();
}
