import type { ErrorCode } from '../../errors.ts';

/** Files and rooms, in German. */
export const fileAndRoomRefusalsDe = {
  'file.too-large': 'Die Datei ist größer als {limit} Bytes.',
  'file.too-large-for-server':
    '{server} nimmt Dateien bis {limit} Bytes. Schick eine kleinere, oder erhöhe die Grenze (max_size in ejabberd, http_file_share_size_limit in Prosody).',
  'file.empty': 'Die Datei ist leer.',
  'file.no-service':
    'Der Server von {account} nimmt keine Dateien an: Er hat keinen Upload-Dienst (XEP-0363). Schalte einen ein: mod_http_upload in ejabberd, http_file_share in Prosody.',
  'file.upload-quota':
    '{server} nimmt gerade keine Dateien mehr an: Von {account} kamen zu viele. Versuch es in {seconds} s noch einmal.',
  'file.upload-failed': '{server} hat die Datei nicht angenommen: {reason}. Es wurde nichts gesendet.',
  'file.not-fetched': 'Die Datei ließ sich nicht von {host} holen: {reason}.',
  'file.broken':
    'Die Datei bei {host} ist nicht die, die gesendet wurde: Sie lässt sich nicht entschlüsseln.',
  'file.not-found': 'Unter dieser Adresse ist keine Datei, oder ihre Zeit ist um.',
  'file.other-encryption':
    'Während die Datei hochgeladen wurde, hat sich die Verschlüsselung des Gesprächs mit {to} geändert. Es wurde nichts gesendet; schick sie noch einmal.',
  'file.busy': 'Es sind gerade zu viele Dateien unterwegs. Versuch es in {seconds} s noch einmal.',
  'room.nick': '`nick` hat 1 bis 64 Zeichen, ohne Steuerzeichen und Zeilenumbrüche.',
  'room.password-needed': '{room} ist mit einem Passwort geschützt. Gib `password` mit an.',
  'room.password-wrong':
    'Das Passwort für {room} stimmt nicht. Frag, wem der Raum gehört, nach dem richtigen.',
  'room.members-only':
    '{room} ist nur für Mitglieder. Wer den Raum besitzt oder verwaltet, muss {jid} aufnehmen oder einladen.',
  'room.banned':
    '{jid} darf nicht in {room}: Es ist dort ausgeschlossen, oder ein Server lässt es nicht zu. Einen Ausschluss kann aufheben, wer den Raum verwaltet.',
  'room.nick-taken':
    'Den Namen {nick} hat in {room} schon jemand anderes. Nimm einen anderen `nick`; ohne ihn findet sich ein freier.',
  'room.nick-held':
    'Ein anderer Bot von {jid} ist als {nick} in {room}, und ein Konto hat dort einen Namen. Lass `nick` weg, um mit hineinzugehen.',
  'room.nick-refused':
    '{room} nimmt den Namen {nick} nicht an: Vielleicht ist er vergeben, oder Namen sind dort vorgegeben. Versuch einen anderen `nick`.',
  'room.not-found': 'Einen Raum {room} gibt es nicht, oder er ist gesperrt. Prüfe die Adresse.',
  'room.no-room': '{room} ist kein Raum: Die Adresse gehört jemandem oder etwas anderem. Prüfe sie.',
  'room.no-creation':
    'Einen Raum {room} gibt es nicht, und {jid} darf keinen anlegen; oder sein Server lässt es nicht dorthin. Prüfe die Adresse, oder leg den Raum zuerst mit einer Chat-App an.',
  'room.full':
    '{room} ist voll, oder unter dieser Adresse gibt es keine Räume. Prüfe die Adresse, oder versuch es später noch einmal.',
  'room.unreachable':
    'Der Server von {room} ist nicht zu erreichen ({reason}). Prüfe die Adresse, oder versuch es später noch einmal.',
  'room.refused': '{room} hat {jid} nicht hineingelassen: {reason}.',
  'room.not-joined': 'Der Bot ist nicht in {room}. Lass ihn zuerst hineingehen (joinRoom).',
  'room.out': 'Der Bot ist nicht mehr in {room} ({reason}). Mit joinRoom kommt er zurück.',
  'room.not-back': 'Der Bot ist auf dem Weg zurück nach {room}. Versuch es in {seconds} s noch einmal.',
  'room.is-room': '{to} ist ein Raum: Sende mit `type` "groupchat".',
  'room.too-many': '{jid} ist schon in {limit} Räumen, mehr geht nicht. Verlass zuerst einen.',
  'room.opened':
    'Was in {room} gesagt wurde, war verschlüsselt, und der Raum ist nicht mehr privat: Alle dürfen hinein und mitlesen. Der Bot ist draußen. Lass ihn wieder hinein (joinRoom), wenn er dort offen sprechen soll.',
  'room.leave-unconfirmed':
    'Der Bot hat {room} verlassen und kommt nicht zurück, aber der Raum hat das nicht innerhalb von {seconds} Sekunden bestätigt: Vielleicht zeigt er den Bot noch eine Weile. Mehr ist nicht zu tun.',
  'room.not-there':
    'Der Bot ist nicht in {room} und schreibt nur in Räume, in denen er ist. Lass ihn zuerst hinein (joinRoom).',
} as const satisfies Partial<Record<ErrorCode, string>>;
