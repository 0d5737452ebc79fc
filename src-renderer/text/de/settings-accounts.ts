import type { settingsAccounts as en } from '../en/settings-accounts.ts';
import { countDe as count, type Words } from '../words.ts';

export const settingsAccounts: Words<typeof en> = {
  add: 'Konto hinzufügen…',
  emptyTitle: 'Noch kein Konto',
  emptyBody: 'Melde dich mit einem XMPP-Konto von dir an. Darauf laufen deine Bots.',
  operator: 'Betreiber',
  makeOperator: 'Zum Betreiber machen',
  operatorHelp: 'Der Betreiber darf diese Installation aus dem Chat verwalten.',
  operatorNow: (jid) => `${jid} ist jetzt der Betreiber`,
  enabled: (jid) => `${jid} ist eingeschaltet`,
  on: (jid) => `${jid} ist an`,
  off: (jid) => `${jid} ist aus. Seine Bots ruhen`,
  language: 'Sprache der Antworten',
  languageAuto: 'Wie für alle',
  omemo: 'Ende-zu-Ende-Verschlüsselung (OMEMO)',
  omemoOn: 'Dein Konto hat hier ein eigenes Gerät. Der Chat mit dir selbst ist verschlüsselt.',
  omemoOff:
    'Kein Gerät hier: Der Chat mit dir selbst ist nicht verschlüsselt, und dedizierte Bots kennen hier kein Gerät von dir.',
  omemoOffTitle: 'Das OMEMO-Gerät wegnehmen?',
  omemoOffBody: (jid) =>
    `Das Gerät von ${jid} verschwindet aus dem Netz, und seine Schlüssel werden vergessen. Nachrichten, die dafür verschlüsselt wurden, sind hier nicht mehr lesbar.`,
  omemoOffAction: 'Gerät wegnehmen',
  fingerprint: 'Fingerabdruck',
  fingerprintOf: (jid) => `Fingerabdruck von ${jid}`,
  fingerprintHelp:
    'Vergleiche ihn mit dem, was deine andere App für dieses Gerät zeigt, oder scanne ihn dort.',
  noDevice: 'Das Gerät erscheint, wenn das Konto online ist.',
  showDevices: 'Geräte zeigen',
  hideDevices: 'Geräte verbergen',
  signInAgain: 'Neu anmelden…',
  remove: 'Entfernen…',
  removeTitle: (jid) => `${jid} entfernen?`,
  removeBody:
    'Es wird abgemeldet und hier vergessen. Das Konto selbst bleibt auf seinem Server. Das lässt sich nicht rückgängig machen.',
  removeAction: 'Konto entfernen',
  goneBots: (n) => `${count(n, 'Bot', 'Bots')} mit Token, Schlüsseln und wartenden Updates`,
  goneKeys: 'Sein Passwort und seine Schlüssel hier',
  removed: (jid) => `${jid} ist entfernt`,
  deviceLeft: (device) =>
    `Es war nicht online, darum steht sein Gerät ${device} vielleicht noch auf dem Server. Entferne es in einer anderen App.`,
};
