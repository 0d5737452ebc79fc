import type { chatKeys as en } from '../en/chat-keys.ts';
import { countDe as count, type Words } from '../words.ts';

export const chatKeys: Words<typeof en> = {
  lock: {
    words: {
      on: 'Ende-zu-Ende-verschlüsselt',
      off: 'Nicht verschlüsselt',
      impossible: 'Kann nicht verschlüsselt werden',
    },
    newKey: 'Neuer Schlüssel',
    devices: (n) => count(n, 'Gerät', 'Geräte'),
    off: 'Nicht verschlüsselt',
    impossible: 'Nicht verschlüsselbar',
  },
  panel: {
    label: (name) => `Über die Unterhaltung mit ${name}`,
    encryption: 'Verschlüsselung',
    info: 'Info',
    address: 'Adresse',
    kind: 'Art',
    kinds: {
      self: 'Dein eigenes Konto, mit Botmother',
      bot: 'Bot mit eigenem Konto',
      contact: 'Person',
      room: 'Raum',
    },
    about: 'Über',
    through: 'Du schreibst als',
    notify: 'Über neue Nachrichten benachrichtigen',
    openBot: 'Unter Bots öffnen',
  },
  encryption: {
    titles: {
      on: 'Ende-zu-Ende-verschlüsselt',
      off: 'Nicht verschlüsselt',
      impossible: 'Gerade kann nichts gesendet werden',
    },
    onBot: 'Nur deine Geräte und dieser Bot können den Chat lesen.',
    onSelf: 'Nur deine eigenen Geräte können diesen Chat lesen.',
    onOther: (name) => `Nur deine Geräte und die von ${name} können den Chat lesen.`,
    off: (name) =>
      `Dein Server und der andere können mitlesen. Verschlüsselt wird, sobald ${name} verschlüsselt schreibt.`,
    offSelf:
      'Dein Server kann diesen Chat lesen. Erlaube Botmother in den Einstellungen des Kontos ein eigenes Gerät, dann wird er verschlüsselt.',
    offRoom: 'Die Server dieses Raums können lesen, was hier geschrieben wird.',
    impossible: 'Diese Unterhaltung ist verschlüsselt, und was du schreibst, könnte es nicht sein.',
    devicesOf: (name) => `Geräte von ${name}`,
    members: (n) => (n === 1 ? 'Ein anderes Mitglied' : `${n} andere Mitglieder`),
    memberWithout: 'Es ist kein Gerät bekannt: Was du hier schreibst, ist dort nicht lesbar.',
    yourDevices: 'Deine Geräte',
    noOwn: 'Dieses Konto hat hier kein eigenes Gerät.',
    here: 'Dieser Computer',
    thisOne: 'Dieses',
    number: (device) => `Gerät ${device}`,
    gone: 'nicht mehr aufgeführt',
    firstSeen: (when) => `neu, ${when}`,
    lastSeen: (when) => `gesehen ${when}`,
    trust: { trusted: 'Vertraut', new: 'Neuer Schlüssel', distrusted: 'Nicht vertraut' },
    approve: 'Freigeben',
    trustAgain: 'Wieder vertrauen',
    distrust: 'Nicht vertrauen',
    distrustTitle: 'Diesem Gerät nicht mehr vertrauen?',
    distrustBody: (name) =>
      `${name} bekommt nichts mehr, was von hier geschrieben wird, und seine Befehle werden abgelehnt. Du kannst ihm jederzeit wieder vertrauen.`,
    noKey: 'Sein Schlüssel wurde noch nicht gesehen.',
    showQr: 'QR-Code zeigen',
    hideQr: 'QR-Code verbergen',
    qr: (name) => `QR-Code des Schlüssels von ${name}`,
    fingerprint: 'Fingerabdruck',
    what: 'Was das Schloss bedeutet',
    meaning: [
      'Ist das Schloss zu, wird eine Nachricht auf deinem Gerät verschlüsselt und erst auf dem anderen entschlüsselt. Die Server dazwischen sehen, dass etwas gesendet wurde, aber nicht was.',
      'Jedes Gerät hat einen eigenen Schlüssel. Vergleiche seinen Fingerabdruck mit dem, den das Gerät selbst zeigt, oder scanne den Code mit dem anderen Programm. Dann weißt du, wem er gehört.',
      'Ein neues Gerät von dir kann sofort chatten. Seine Befehle warten, bis du es freigibst.',
    ],
  },
};
