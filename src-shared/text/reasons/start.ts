/** Why an engine cannot start, and why a backup is not taken: each sentence by its code. */
export const startReasons = {
  'port.taken': {
    en: 'Port {port} is taken by another program. Stop it, or choose another port: --port N',
    de: 'Port {port} hat ein anderes Programm. Beende es oder wähl einen anderen Port: --port N',
  },
  'port.forbidden': {
    en: 'Port {port} may not be used. Choose one from 1024: --port N',
    de: 'Port {port} darf nicht benutzt werden. Wähl einen ab 1024: --port N',
  },
  'port.taken-now': {
    en: 'Port {port} is used by another program.',
    de: 'Port {port} benutzt ein anderes Programm.',
  },
  'port.not-opened': {
    en: 'Port {port} could not be opened.',
    de: 'Port {port} konnte nicht geöffnet werden.',
  },
  'folder.in-use': {
    en: 'Another engine is running on {folder}. Stop it first, or use another --data-dir.',
    de: 'Auf {folder} läuft schon eine andere Engine. Beende sie oder nimm ein anderes --data-dir.',
  },
  'folder.unusable': {
    en: 'The data folder {folder} cannot be used ({code}). Choose another: --data-dir DIR',
    de: 'Der Datenordner {folder} lässt sich nicht benutzen ({code}). Wähl einen anderen: --data-dir DIR',
  },
  'folder.not-locked': {
    en: '{file} cannot be locked. If no engine runs, delete that file and try again.',
    de: '{file} lässt sich nicht sperren. Wenn keine Engine läuft, lösch die Datei und versuch es noch einmal.',
  },
  'folder.open-to-others': {
    en: '{folder} belongs to somebody else or is open to others. Set XDG_RUNTIME_DIR.',
    de: '{folder} gehört jemand anderem oder steht anderen offen. Setze XDG_RUNTIME_DIR.',
  },
  'key.in-keystore': {
    en: 'The data key of this folder is in the keystore of the system, which only the desktop app can ask. Start the desktop app, or let it move the key into a key file (Settings, Security).',
    de: 'Der Schlüssel dieses Ordners liegt im Schlüsselbund des Systems, den nur die Desktop-App fragen kann. Starte die Desktop-App oder lass sie den Schlüssel in eine Datei verschieben (Einstellungen, Sicherheit).',
  },
  'key.missing': {
    en: 'The key file {file} is missing. Put it back, or restore a backup; without it the data cannot be opened.',
    de: 'Die Schlüsseldatei {file} fehlt. Leg sie zurück oder spiel eine Sicherung ein; ohne sie lassen sich die Daten nicht öffnen.',
  },
  'key.no-file': {
    en: '{file} is not a file. BOTMOTHER_KEY_FILE names the key file.',
    de: '{file} ist keine Datei. BOTMOTHER_KEY_FILE nennt die Schlüsseldatei.',
  },
  'key.open': {
    en: 'The key file {file} can be read by others. Run: chmod 600 {file}',
    de: 'Die Schlüsseldatei {file} können andere lesen. Gib ein: chmod 600 {file}',
  },
  'key.damaged': {
    en: 'The key file {file} is damaged (it holds {bytes} bytes, not {needed}). Put the right one back.',
    de: 'Die Schlüsseldatei {file} ist beschädigt (sie hat {bytes} Bytes, nicht {needed}). Leg die richtige zurück.',
  },
  'key.other': {
    en: 'The data key does not belong to the database in this data folder. Put the right key file back.',
    de: 'Der Schlüssel gehört nicht zur Datenbank in diesem Datenordner. Leg die richtige Schlüsseldatei zurück.',
  },
  'database.newer': {
    en: '{file} was written by a newer version of Botmother. Install that version, or restore a backup.',
    de: '{file} hat eine neuere Version von Botmother geschrieben. Installiere diese Version oder spiel eine Sicherung ein.',
  },
  'database.empty': {
    en: '{file} is empty. Put the right file back, or remove it to begin anew.',
    de: '{file} ist leer. Leg die richtige Datei zurück oder entferne sie, um neu zu beginnen.',
  },
  'database.damaged': {
    en: 'The database is damaged. Copy the data folder to a safe place, then restore a backup from its backups folder.',
    de: 'Die Datenbank ist beschädigt. Kopier den Datenordner an einen sicheren Ort, dann spiel eine Sicherung aus seinem Ordner backups ein.',
  },
  'start.wrong': {
    en: 'Something went wrong on our side; the log has the details.',
    de: 'Bei uns ist etwas schiefgegangen; Näheres steht im Protokoll.',
  },
  'backup.damaged': {
    en: 'The backup is damaged or not complete. Use another copy of it.',
    de: 'Die Sicherung ist beschädigt oder nicht vollständig. Nimm eine andere Kopie davon.',
  },
  'backup.none': {
    en: 'This file is not a backup of Botmother.',
    de: 'Diese Datei ist keine Sicherung von Botmother.',
  },
  'backup.newer': {
    en: 'This backup was made by a newer version of Botmother. Install that version, then restore it.',
    de: 'Diese Sicherung hat eine neuere Version von Botmother gemacht. Installiere diese Version, dann spiel sie ein.',
  },
  'backup.newer-version': {
    en: 'This backup was made by Botmother {version}, which is newer. Install that version, then restore it.',
    de: 'Diese Sicherung hat Botmother {version} gemacht, das neuer ist. Installiere diese Version, dann spiel sie ein.',
  },
  'backup.passphrase': {
    en: 'The passphrase is not the one this backup was made with.',
    de: 'Das ist nicht die Passphrase, mit der diese Sicherung gemacht wurde.',
  },
} as const;
