import type { ErrorCode } from '../../errors.ts';

/** Backups and the sandbox, in German. */
export const installationRefusalsDe = {
  'backup.running': 'Gerade entsteht schon eine Sicherung. Versuch es noch einmal, wenn sie fertig ist.',
  'restore.running':
    'Gerade wird schon eine Sicherung eingespielt. Versuch es noch einmal, wenn das fertig ist.',
  'restore.refused': '{reason} Es wurde nichts geändert.',
  'restore.not-here': 'Hier läuft keine Engine. Spiel die Sicherung so ein: botmother restore DATEI',
  'sandbox.not-here':
    'Was eine Sandbox startet, gehört nicht zu dieser Installation. Im Ordner des Projekts: npm run sandbox',
} as const satisfies Partial<Record<ErrorCode, string>>;
