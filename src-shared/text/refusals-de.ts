import type { ErrorCode } from '../errors.ts';
import { aiRefusalsDe } from './refusals/ai-de.ts';
import { fileAndRoomRefusalsDe } from './refusals/files-and-rooms-de.ts';
import { installationRefusalsDe } from './refusals/installation-de.ts';
import { messageRefusalsDe } from './refusals/messages-de.ts';
import { requestRefusalsDe } from './refusals/requests-de.ts';
import { telegramRefusalsDe } from './refusals/telegram-de.ts';

/** Every refusal in German: in chat, and where the window asks. Programs are answered in English. */
export const refusalsDe: Readonly<Record<ErrorCode, string>> = {
  ...requestRefusalsDe,
  ...messageRefusalsDe,
  ...fileAndRoomRefusalsDe,
  ...installationRefusalsDe,
  ...aiRefusalsDe,
  ...telegramRefusalsDe,
  'request.invalid': '{reason}',
  'text.not-xml':
    'In `{field}` steht ein Zeichen, das XMPP nicht übertragen kann ({character}). Nimm es heraus.',
  'text.too-long': '`{field}` ist {bytes} Bytes lang; erlaubt sind höchstens {limit}.',
  'token.hidden':
    'Tokens werden hier nicht gezeigt (Einstellung token_display). Ist es verloren, mach ein neues: /token {id}',
  'bot.not-found': 'Es gibt keinen Bot mit der ID {id}.',
  'bot.disabled': 'Bot {id} ist deaktiviert. Aktiviere ihn zuerst: /activate {id}',
  'text.too-long-encrypted':
    'Für alle Geräte verschlüsselt ist die Nachricht {bytes} Bytes lang; erlaubt sind höchstens {limit}. Schick sie in Teilen.',
  'omemo.no-device':
    '{to} hat kein Gerät, für das verschlüsselt werden kann. Melde dich dort mit einer App an, in der OMEMO eingeschaltet ist.',
  'command.chat-only':
    'In der Antwort stünde ein Token. Antworten auf Formulare sind nicht verschlüsselt, dein Chat mit dir selbst schon. Schreib {command} dorthin.',
  'omemo.no-device-in-room':
    'Was in {to} gesagt wird, ist verschlüsselt, und kein Mitglied hat ein Gerät, das es lesen könnte. Jemand muss sich mit einer App anmelden, in der OMEMO eingeschaltet ist.',
  'omemo.not-here':
    'Das Gespräch mit {to} ist verschlüsselt, und {account} hat hier kein OMEMO-Gerät. Erlaube ihm eins: botmother account omemo {account} on',
  'omemo.no-own-device':
    'Dieses Konto hat hier kein OMEMO-Gerät. Erlaube ihm eins: botmother account omemo JID on',
  'omemo.unknown-device': 'Es gibt kein Gerät {device}. Die Liste zeigt die Nummern: /omemo',
  'omemo.no-keys':
    'Die Schlüssel von Gerät {device} wurden noch nicht gesehen, also gibt es nichts freizugeben. Schreib einmal von dort, dann versuch es wieder.',
  'omemo.reaction-stays':
    'Keine App von {to} könnte verstehen, dass eine Reaktion zurückgenommen wird: ihr OMEMO kennt nur Texte. Die Reaktion bleibt.',
  'bot.owner-is-bot': '{owner} ist ein Bot dieser Installation. Gib als Besitzer eine Person an.',
  'bot.not-dedicated':
    'Bot {id} hat kein eigenes Konto und darum keine Geräte. Sie gehören zu dem Konto, durch das er spricht.',
  'bot.not-personal': 'Bot {id} hat ein eigenes Konto: Schreib ihm dort.',
  'bot.name': 'Ein Botname hat 1 bis 64 Zeichen und keine Steuerzeichen.',
  'bot.description': 'Eine Beschreibung hat höchstens {limit} Zeichen.',
  'bot.limit': '{owner} hat schon {limit} Bots, mehr geht nicht. Lösche zuerst einen: /deletebot <ID>',
  'bot.cloud-unavailable': 'Cloud-Bots gibt es noch nicht.',
  'avatar.not-base64': 'Das Bild muss in base64 angegeben sein.',
  'avatar.format': 'Das ist kein Bild, das gezeigt werden kann. Nimm PNG, JPEG, GIF, WebP oder AVIF.',
  'avatar.too-large':
    'Das Bild ist {bytes} Bytes groß; erlaubt sind höchstens {limit}. Verkleinere es oder speichere es als JPEG.',
  'avatar.too-many-pixels':
    'Das Bild hat {width} × {height} Pixel, mehr als die erlaubten {limit}. Verkleinere es; gezeigt werden 256 × 256.',
  'avatar.broken':
    'Das Bild ist beschädigt oder unvollständig. Speichere es neu als PNG oder JPEG und versuch es noch einmal.',
  'avatar.too-slow': 'Das Bild braucht zu lange zum Lesen. Speichere es kleiner neu, als PNG oder JPEG.',
  'bot.no-avatar': 'Bot {id} hat kein Bild.',
  'bots.disabled': 'Bots sind hier ausgeschaltet (Einstellung bot_features_enabled).',
  'commands.name': '"{command}" ist kein Befehlsname: 1 bis 32 Zeichen aus a-z, 0-9 und _.',
  'commands.twice': 'Der Befehl {command} kommt doppelt vor.',
  'commands.description': 'Die Beschreibung von {command} hat höchstens {limit} Zeichen, in einer Zeile.',
  'setting.secret-bound':
    '{key} galt für die gespeicherte Adresse und das gespeicherte Konto. Gib es mit den neuen zusammen noch einmal an, oder lösche es.',
  'commands.too-many': 'Ein Bot hat höchstens {limit} Befehle.',
  'account.unknown':
    '{account} ist hier nicht angemeldet. So meldest du dich an: botmother account add {account}',
  'account.not-found': '{account} ist hier nicht angemeldet.',
  'jid.malformed': '"{jid}" ist keine XMPP-Adresse. Sie sieht so aus: name@server.example.',
  'jid.has-resource': '"{jid}" hat eine Ressource (den Teil hinter dem Schrägstrich). Lass sie weg.',
  'account.of-bot': '{account} ist das eigene Konto von Bot {id}: Sonst meldet sich damit niemand an.',
  'account.has-bots':
    '{account} hat {count} Bots. Lösche sie zuerst, oder entferne das Konto mit seinen Bots (--with-bots).',
  'account.login-failed': '{account} kann sich nicht anmelden: {reason}',
  'account.offline':
    '{account} ist gerade nicht mit seinem Server verbunden ({reason}). Versuch es in {seconds} s noch einmal.',
  'account.switched-off':
    '{account} ist ausgeschaltet, darum können seine Bots nichts senden. Einschalten: botmother account enable {account}',
  'recipient.not-allowed':
    'Bot {id} schreibt nur seinem Besitzer. Der kann {to} mit der Einstellung allowed_contacts erlauben.',
  'recipient.own-bot':
    '{to} ist ein Bot dieser Installation. Ein Programm darf ihm nicht schreiben, damit Bots nicht im Kreis reden.',
  'ejabberd.not-configured':
    'Wie auf dem XMPP-Server Konten angelegt werden, ist nicht eingestellt. So geht es: botmother ejabberd set',
  'ejabberd.incomplete':
    '`{field}` ist weder angegeben noch gespeichert, und diese Art, Konten anzulegen, braucht es.',
  'ejabberd.password-needed':
    '`admin_password` fehlt: Das gespeicherte gilt nur mit den gespeicherten `api_url`, `admin_jid`, `service` und `ca`.',
  'ejabberd.unreachable':
    'Von {url} kommt keine Antwort: {reason}. Prüfe `api_url`, und `ca`, wenn es um das Zertifikat geht.',
  'ejabberd.foreign':
    'Was bei {url} antwortet, ist nicht die Admin-Schnittstelle von ejabberd. Sie liegt da, wo mod_http_api in seiner Konfiguration steht, etwa http://localhost:5443/api.',
  'ejabberd.credentials':
    'Der Server nimmt {jid} mit diesem Passwort nicht an. Prüfe `admin_jid` und `admin_password`.',
  'ejabberd.rights':
    '{jid} darf keine Konten anlegen. Erlaube ihm registered_vhosts, register und unregister in api_permissions von ejabberd.',
  'ejabberd.host-unknown': 'Dieser ejabberd ist nicht für {host} da. Prüfe `host`.',
  'ejabberd.failed': 'ejabberd konnte es nicht tun ({reason}). Näheres steht in seinem Protokoll.',
  'ejabberd.no-command':
    'Dieser ejabberd kennt den Befehl {command} nicht. Schalte mod_admin_extra in seiner Konfiguration ein.',
  'provisioning.unreachable':
    '{host} ist über XMPP nicht zu erreichen. {reason} Prüfe `host`, `service` und `ca`.',
  'provisioning.rights':
    '{jid} darf die Konten von {host} nicht über XMPP verwalten. Schalte in Prosody admin_adhoc ein und trag es in `admins` ein; in ejabberd nimm mod_configure und die Zugriffsregel `configure`, oder gib `api_url` an.',
  'provisioning.no-registration':
    'Bei {host} darf sich niemand über XMPP registrieren. {reason} Erlaube es dort, oder gib `admin_jid` und `admin_password` eines Administrators an.',
  'provisioning.too-fast':
    '{host} legt gerade keine Konten mehr an: Es waren zu viele in kurzer Zeit. Versuch es später noch einmal.',
  'provisioning.password-changed':
    '{jid} ist noch auf dem Server, und sein gespeichertes Passwort stimmt nicht mehr. Entferne das Konto dort.',
  'provisioning.names-taken':
    'In {tries} Versuchen fand sich auf {host} kein freier Kontoname für diesen Bot. Versuch es noch einmal, oder nimm einen anderen Namen.',
  'provisioning.failed': '{host} konnte es nicht tun ({reason}). Näheres steht in seinem Protokoll.',
  'setting.unknown': 'Es gibt keine Einstellung {key}.',
  'setting.invalid': '{key}: {reason}',
  'setting.port-taken':
    'Port {port} wird von einem anderen Programm benutzt. Nimm einen anderen, oder beende zuerst jenes Programm.',
  'setting.port-forbidden': 'Port {port} darf auf diesem Rechner nicht benutzt werden. Nimm einen anderen.',
  'server.operator-only':
    'Das darf nur, wer diese Installation betreibt. Wer das ist, sagt: botmother account operator JID',
  'server.not-in-chat':
    'Der Server wird hier nicht aus Chats verwaltet (Einstellung chat_admin). Wo Botmother läuft: botmother server status',
  'server.encrypted-only':
    'Der Server wird nur in verschlüsselten Nachrichten verwaltet (Einstellung chat_admin). Schalte OMEMO für diesen Chat ein und schreib es noch einmal.',
  'server.file-name':
    '{file} ist kein Dateiname. Leg die Datei nach api-tls/ im Datenordner und nenn ihren Namen, ohne Pfad.',
  'certificate.missing': '{file}: Diese Datei gibt es nicht. Prüf den Namen.',
  'certificate.unreadable':
    '{file} kann nicht gelesen werden. Gib dem Benutzer, unter dem Botmother läuft, Zugriff.',
  'certificate.no-file': '{file} ist keine gewöhnliche Datei. Nenn eine Datei im PEM-Format.',
  'certificate.too-large':
    '{file} ist größer als {limit} KiB, also weder Zertifikat noch Schlüssel. Nenn eine Datei im PEM-Format.',
  'certificate.no-certificate': 'In {file} steht kein Zertifikat im PEM-Format, oder es ist beschädigt.',
  'certificate.no-names':
    'Das Zertifikat in {file} nennt weder Rechner noch Adresse (subjectAltName); so nimmt es kein Programm an.',
  'certificate.not-for-servers':
    'Das Zertifikat in {file} ist nicht für Server gemacht (extendedKeyUsage); so nimmt es kein Programm an.',
  'certificate.no-key': 'In {file} steht kein privater Schlüssel im PEM-Format, oder er ist beschädigt.',
  'certificate.key-locked':
    'Der Schlüssel in {file} hat ein Passwort. Schreib ihn ohne: openssl pkey -in DATEI -out NEU',
  'certificate.key-mismatch':
    'Der Schlüssel in {key} gehört nicht zum Zertifikat in {cert}. Das Zertifikat des Servers muss in seiner Datei das erste sein.',
  'certificate.unusable':
    'Das Zertifikat in {file} taugt nicht für TLS. Nimm einen Schlüssel mit RSA ab 2048 Bit oder P-256.',
  'certificate.expired': 'Das Zertifikat in {file} ist am {day} abgelaufen. Besorg dir ein neues.',
  'certificate.not-yet': 'Das Zertifikat in {file} gilt erst ab {day}. Prüf die Uhr dieses Rechners.',
  'certificate.half':
    'Bis auch {missing} gesetzt ist, nimmt die API das Zertifikat, das Botmother selbst gemacht hat.',
  'certificate.none': 'Es gibt noch kein Zertifikat. Es entsteht, wenn der Netzwerkmodus eingeschaltet wird.',
  'storage.failed': 'Die Daten konnten nicht gespeichert werden ({reason}). Es wurde nichts geändert.',
  'storage.not-flushed':
    'Es wurde angenommen, aber die Festplatte hat es nicht bestätigt ({reason}). Bei einem Stromausfall kann es verloren gehen: Sieh nach, ob es da ist, bevor du es wiederholst.',
  'engine.stopping': 'Botmother wird gerade beendet. Versuch es bald noch einmal.',
  internal: 'Bei uns ist etwas schiefgegangen.',
};
