import { aiAnswersDe } from './ai-answers-de.ts';
import { apiDe } from './api-de.ts';
import { chatDe } from './chat-de.ts';
import type { TextKey } from './en.ts';
import { kiDe } from './ki-de.ts';
import { telegramCarriedDe } from './telegram-carried-de.ts';
import { telegramChatDe } from './telegram-chat-de.ts';

export const de: Record<TextKey, string> = {
  ...aiAnswersDe,
  ...apiDe,
  ...chatDe,
  ...kiDe,
  ...telegramCarriedDe,
  ...telegramChatDe,

  usage: 'Verwendung: {{usage}}',
  example: 'Beispiel: {{example}}',
  'confirm.chat': '{{question}}\nWenn ja, schreib: {{command}}',
  'confirm.yes': 'Ja, mach das',
  'confirm.word': 'ja',
  'confirm.missing': 'Nicht bestätigt, deshalb wurde nichts geändert.',
  'form.instructions': '{{summary}}.',

  'help.title': 'Botmother - deine Bots in diesem Chat',
  'help.usage': '/help [Befehl]',
  'help.summary': 'Diese Liste zeigen, oder mehr über einen Befehl',
  'help.commands': 'Befehle:',
  'help.examples': 'Beispiele:',
  'help.hint':
    'Alles andere, was du hier schreibst, geht an den Bot, den du mit /use gewählt hast, sonst an deinen neuesten aktiven.',
  'help.api': 'API URL: {{url}}',

  'newbot.usage': '/newbot <Name>',
  'newbot.example': '/newbot Wetter',
  'newbot.summary': 'Einen persönlichen Bot anlegen (höchstens {{limit}} pro Konto)',
  'newbot.done':
    'Bot erstellt!\nID: {{id}}\nName: {{name}}\nModus: {{mode}}\nToken: {{token}}\nAPI URL: {{url}}\n' +
    'Das Token gehört in den Authorization-Header:\nAuthorization: Bearer {{token}}\n' +
    'Scope: {{scope}} ({{meaning}}). Du änderst ihn mit /scope {{id}}.',

  'mybots.usage': '/mybots',
  'mybots.summary': 'Deine Bots mit ihrem Status zeigen',
  'mybots.title': 'Deine Bots:',
  'mybots.line': '[{{id}}] {{name}} ({{mode}}, {{status}})',
  'mybots.line-jid': '[{{id}}] {{name}} ({{mode}}, {{status}}) — {{jid}}',
  'mybots.none': 'Du hast noch keine Bots. So legst du einen an: /newbot Wetter',

  'deletebot.usage': '/deletebot <ID>',
  'deletebot.example': '/deletebot 3',
  'deletebot.summary': 'Einen Bot löschen; fragt vorher nach',
  'deletebot.question':
    'Bot "{{name}}" (ID: {{id}}) löschen? Sein Token, seine Einstellungen und wartende Updates gehen mit, und seine ID wird nie wieder vergeben.',
  'deletebot.confirm': '/deletebot {{id}} ja',
  'deletebot.done': 'Bot "{{name}}" (ID: {{id}}) gelöscht.',

  'token.usage': '/token <ID> [all|send,read,ai,bridge] [wie lange das alte noch gilt, z. B. 1h]',
  'token.example': '/token 3 (die IDs zeigt /mybots)',
  'token.summary': 'Ein neues API-Token machen, für alles oder für einzelne Scopes; das alte endet',
  'token.done': 'Neues Token für {{name}}:\n{{token}}',
  'token.old-ended': '(Das alte Token gilt nicht mehr)',
  'token.old-until': '(Das alte Token gilt noch bis {{at}})',
  'token.scopes': 'Scopes: {{scopes}}',
  'token.disabled': 'Der Bot ist noch deaktiviert. So schaltest du ihn ein: /activate {{id}}',
  'showtoken.usage': '/showtoken <ID>',
  'showtoken.example': '/showtoken 3 (die IDs zeigt /mybots)',
  'showtoken.summary': 'Das API-Token zeigen',
  'showtoken.done': 'Token für {{name}} (ID: {{id}}):\n{{token}}',
  'showtoken.revoked':
    '{{name}} (ID: {{id}}) hat kein Token: Es wurde widerrufen. So bekommst du ein neues: /token {{id}}',
  'revoke.usage': '/revoke <ID>',
  'revoke.example': '/revoke 3 (die IDs zeigt /mybots)',
  'revoke.summary': 'Das Token widerrufen und den Bot deaktivieren',
  'revoke.done':
    'Token widerrufen. Bot "{{name}}" ist jetzt deaktiviert.\nSo kommt er zurück: /token {{id}}, dann /activate {{id}}',

  'activate.usage': '/activate <ID>',
  'activate.example': '/activate 3 (die IDs zeigt /mybots)',
  'activate.summary': 'Einen Bot einschalten',
  'activate.done': 'Bot "{{name}}" (ID: {{id}}) aktiviert.',
  'activate.already': 'Bot "{{name}}" (ID: {{id}}) ist schon aktiviert.',
  'activate.no-token': 'Er hat kein Token. So bekommt er eins: /token {{id}}',
  'deactivate.usage': '/deactivate <ID>',
  'deactivate.example': '/deactivate 3 (die IDs zeigt /mybots)',
  'deactivate.summary': 'Einen Bot ausschalten; er behält sein Token',
  'deactivate.done':
    'Bot "{{name}}" (ID: {{id}}) deaktiviert. Sein Token wird abgelehnt, bis du ihn wieder einschaltest: /activate {{id}}',
  'deactivate.already': 'Bot "{{name}}" (ID: {{id}}) ist schon deaktiviert.',

  'setcommands.usage': '/setcommands <ID> /befehl - Beschreibung, ...',
  'setcommands.example': '/setcommands 3 /wetter - Wetterbericht, /zeit - Die Uhrzeit',
  'setcommands.summary':
    'Die Slash-Befehle eines Bots festlegen, je Zeile oder mit Komma getrennt; - für keine',
  'setcommands.done': 'Befehle aktualisiert für {{name}} (ID: {{id}}). Anzahl Befehle: {{number}}',
  'setdescription.usage': '/setdescription <ID> <Text>',
  'setdescription.example': '/setdescription 3 Sagt das Wetter an',
  'setdescription.summary': 'Festlegen, was ein Bot über sich sagt; - für nichts',
  'setdescription.done': 'Beschreibung aktualisiert für {{name}} (ID: {{id}}).',

  'use.usage': '/use <ID>',
  'use.example': '/use 3 (die IDs zeigt /mybots)',
  'use.summary': 'Den Bot wählen, der bekommt, was du hier schreibst',
  'use.done': 'Was du hier schreibst, geht jetzt an {{name}} (ID: {{id}}).',
  'scope.usage': '/scope <ID> self|direct|all',
  'scope.example': '/scope 3 direct',
  'scope.summary': 'Festlegen, was ein Bot liest',
  'scope.self': 'liest, was du in diesem Chat schreibst',
  'scope.direct': 'liest diesen Chat und was andere dir schreiben',
  'scope.all': 'liest diesen Chat, was andere dir schreiben, deine Räume und was du anderen schreibst',
  'scope.done': 'Scope aktualisiert für {{name}} (ID: {{id}}).\nScope: {{scope}} ({{meaning}})',

  'status.usage': '/status [ID]',
  'status.example': '/status 3 (die IDs zeigt /mybots)',
  'status.summary': 'Zeigen, wie alles läuft, oder einen Bot im Einzelnen',
  'status.title': 'Botmother-Status',
  'status.account': 'Konto: {{jid}} ({{state}})',
  'status.bots': 'Bots: {{number}} von {{limit}}, aktiv: {{active}}',
  'status.bot':
    '[{{id}}] {{name}} ({{mode}}, {{status}}), wartende Updates: {{pending}}, Webhook: {{webhook}}',
  'status.bot-jid':
    '[{{id}}] {{name}} ({{mode}}, {{status}}, {{state}}) — {{jid}}, wartende Updates: {{pending}}, Webhook: {{webhook}}',
  'status.selected': 'Was du hier schreibst, geht an: {{name}} (ID: {{id}})',
  'status.none-selected': 'Was du hier schreibst, geht an keinen Bot: Keiner ist aktiv.',
  'status.api-url': 'API URL: {{url}}',
  'bot.name': 'Bot: {{name}}',
  'bot.mode': 'Modus: {{mode}}',
  'bot.status': 'Status: {{status}}',
  'bot.owners-jid': 'JID: {{jid}} (deine eigene)',
  'bot.webhook': 'Webhook: {{webhook}}',
  'bot.webhook-error': 'Webhook-Fehler: {{error}}; nächster Versuch {{at}}',
  'bot.commands': 'Befehle: {{commands}}',
  'bot.no-commands': 'keine',
  'bot.state': 'Verbindung: {{state}}',
  'bot.scope': 'Scope: {{scope}} ({{meaning}})',
  'bot.pending': 'Wartende Updates: {{pending}}',
  'bot.room': 'Raum: {{room}} ({{state}})',
  'room.state.joined': 'drin',
  'room.state.joining': 'geht hinein',
  'room.state.away': 'weg, kommt von selbst zurück',
  'room.state.out': 'draußen',
  'bot.description': 'Beschreibung: {{description}}',
  'bot.token': 'Token: {{scopes}}; {{used}}',
  'bot.old-token': 'Altes Token: {{scopes}}; {{used}}; gilt noch bis {{at}}',
  'bot.no-token': 'Token: widerrufen',
  'bot.token-used': 'zuletzt benutzt {{at}}',
  'bot.token-unused': 'noch nicht benutzt',
  'bot.last-active': 'Zuletzt aktiv: {{at}}',
  'status.active': 'aktiv',
  'status.disabled': 'deaktiviert',
  'webhook.off': 'aus',
  'webhook.active': 'aktiv',
  'webhook.failing': 'gestört',
  'state.offline': 'offline',
  'state.connecting': 'verbindet sich',
  'state.online': 'online',
  'state.backing_off': 'verbindet sich neu',
  'state.failed': 'gescheitert',
  'state.unavailable': 'nicht verfügbar',

  'field.bot': 'Bot',
  'field.name': 'Name des neuen Bots',
  'field.command': 'Befehl',
  'field.commands': 'Befehle, je Zeile einer: /befehl - Beschreibung',
  'field.description': 'Beschreibung',
  'field.scope': 'Was der Bot liest',
  'field.omemo-act': 'Was mit einem Gerät geschehen soll (nichts: alle zeigen)',
  'field.device': 'Nummer des Geräts',
  'field.page': 'Seite',
  'field.page-value': 'Was sie braucht: einen Port oder den Namen einer Datei',
  'field.token-scopes': 'Was das Token darf: all, oder einzeln send, read, ai, bridge',
  'field.overlap': 'Wie lange das alte Token noch gilt: 30m, 12h, 7d (nichts: es endet jetzt)',
  'field.confirm': 'Ja, mach das',

  'no-bot': 'Es ist kein Bot ausgewählt. Leg einen an mit /newbot <Name>, oder wähl einen mit /use <ID>.',
  'unknown.line': '{{command}} ist hier kein Befehl. Siehe /help.',
  'unknown.nearest': '{{command}} ist hier kein Befehl. Meintest du {{nearest}}? Siehe /help.',
  'late.title':
    'Gesendet, während ich offline war, deshalb nicht ausgeführt. Schicke es noch einmal, wenn du es noch willst:',
  'omemo.usage': '/omemo [trust GERÄT | distrust GERÄT]',
  'omemo.summary': 'Die Geräte dieses verschlüsselten Chats zeigen, einem vertrauen oder nicht mehr',
  'omemo.act.trust': 'darf Befehle geben',
  'omemo.act.distrust': 'wird nicht gehört, und nichts wird dafür verschlüsselt',
  'omemo.own': 'Mein Gerät: {{device}}',
  'omemo.none': 'Dieses Konto hat hier kein OMEMO-Gerät. Erlaube ihm eins: botmother account omemo JID on',
  'omemo.device': 'Gerät {{device}}: {{trust}}',
  'omemo.trust.trusted': 'vertraut',
  'omemo.trust.new': 'neu, seine Befehle warten',
  'omemo.trust.distrusted': 'nicht vertraut',
  'omemo.gone': '(nicht mehr auf der Geräteliste)',
  'omemo.no-keys': 'Schlüssel noch nicht gesehen',
  'omemo.other-key': 'Sein Schlüssel hat sich geändert: {{fingerprint}}',
  'omemo.more': '(und {{count}} weitere)',
  'omemo.no-devices': 'Ich kenne kein anderes Gerät.',
  'omemo.hint': 'Vergleiche die Fingerabdrücke mit denen, die deine App zeigt.',
  'omemo.trusted': 'Gerät {{device}} ist jetzt vertraut.',
  'omemo.distrusted': 'Gerät {{device}} ist nicht mehr vertraut: es hört nichts und wird nicht gehört.',
  'menu.help.usage': '/help',
  'menu.help.summary': 'Diese Liste zeigen',
  'menu.start.usage': '/start',
  'menu.start.summary': 'Hallo sagen und diese Liste zeigen',
  'menu.welcome': 'Hallo, ich bin {{name}}.',
  'menu.info.usage': '/info',
  'menu.info.summary': 'Was dieser Bot ist',
  'menu.menus': 'Menüs:',
  'menu.basic': 'Grundbefehle:',
  'menu.choose': 'Tipp nur die Nummer, folg einem Link oder schreib den Befehl.',
  'menu.api.usage': '/api [Seite]',
  'info.usage': '/info',
  'info.summary': 'Den Bot zeigen, der bekommt, was du hier schreibst',
  'clear.usage': '/clear',
  'clear.summary':
    'Vergessen, was du der KI gesagt hast, und dieses Gespräch im Fenster von Botmother löschen',
  'clear.nothing':
    'Es gibt nichts zu löschen: Dein Konto ist hier nicht angemeldet, das Fenster zeigt also kein solches Gespräch.',
  'clear.question':
    'Dieses Gespräch im Fenster von Botmother löschen, mit allen Nachrichten und Dateien? Das Archiv deines Servers und was deine Apps gespeichert haben, bleibt, wie es ist.',
  'clear.confirm': '/clear ja',
  'clear.done': 'Das Gespräch ist geleert.',
  'menu.own': 'Befehle dieses Bots:',
  'menu.hint': 'Alles andere geht an das Programm hinter diesem Bot.',
  'menu.encryption': 'Verschlüsselung: OMEMO, immer',
  'omemo.encrypted-only':
    'Geräte gibst du nur mit einer verschlüsselten Nachricht frei, von einem Gerät, das du vorher schon hattest.',
  'omemo.fallback': 'Diese Nachricht ist mit OMEMO verschlüsselt. Deine App kann sie nicht lesen.',
  'omemo.wanted':
    'Dieser Bot spricht nur verschlüsselt. Schalte OMEMO für diesen Chat ein und schreib noch einmal.',
  'omemo.undecryptable':
    'Eine Nachricht an diesen Bot ließ sich nicht entschlüsseln. Bitte schick sie noch einmal.',
  'omemo.lost': 'Sie kam von deinem Gerät {{device}} ({{label}}).',
  'omemo.too-many':
    'Sie kam von deinem Gerät {{device}} ({{label}}), das zu oft neue verschlüsselte Sitzungen beginnt. Warte eine Minute, bevor du wieder von dort schreibst.',
  'omemo.changed-key':
    'Gerät {{device}} zeigt einen anderen Schlüssel als bisher. Wenn du es neu eingerichtet hast, vergleiche den Fingerabdruck und gib es frei:\n/omemo trust {{device}}\nFingerabdruck: {{fingerprint}}\nWenn nicht, benutzt jemand anders seine Nummer.',
  'omemo.waits':
    'Gerät {{device}} ist neu: sein Befehl wartet. Gib es von einem Gerät frei, das du vorher schon hattest:\n/omemo trust {{device}}\nWenn es keins gibt, dort, wo Botmother läuft: botmother omemo trust {{device}} --bot {{id}}\nFingerabdruck: {{fingerprint}}',
  'omemo.new-device':
    'Ein neues Gerät kann diesen Chat jetzt lesen: {{device}}\nFingerabdruck: {{fingerprint}}\nSeine Befehle warten, bis du es von einem Gerät freigibst, das du vorher schon hattest: /omemo trust {{device}}\nWenn es nicht deins ist: /omemo distrust {{device}}',
  'retraction.fallback': 'Hier wurde eine Nachricht gelöscht. Deine App kennt das Löschen nicht.',
  'notice.undecryptable':
    'Eine Nachricht an {{name}} (ID: {{id}}) ließ sich nicht entschlüsseln. Sie kam von deinem Gerät {{device}} ({{label}}). Bitte schick sie noch einmal.',
  'notice.too-many-sessions':
    'Eine Nachricht an {{name}} (ID: {{id}}) wurde nicht entschlüsselt: dein Gerät {{device}} ({{label}}) beginnt zu oft neue verschlüsselte Sitzungen. Warte eine Minute und schick sie dann noch einmal.',
  'room.out.kicked': 'Ich wurde hinausgeworfen',
  'room.out.banned': 'Ich wurde verbannt',
  'room.out.removed': 'Ich bin dort kein Mitglied mehr',
  'room.out.destroyed': 'Es gibt ihn nicht mehr',
  'room.out.refused': 'Er lässt mich nicht mehr hinein',
  'room.out.opened': 'Was ich dort sage, kann nicht mehr verschlüsselt werden',
  'notice.room-out':
    '{{name}} (ID: {{id}}) ist nicht mehr im Raum {{room}}. {{why}}. Von selbst gehe ich nicht zurück.{{said}}',
  'notice.room-invited': '{{name}} (ID: {{id}}) ist deiner Einladung in {{room}} gefolgt.',
  'notice.room-invitation-failed':
    '{{name}} (ID: {{id}}) konnte deiner Einladung in {{room}} nicht folgen: {{reason}}',
  'notice.room-invitation-in-clear':
    '{{name}} (ID: {{id}}) folgt deiner Einladung in {{room}} nicht: Einladungen sind nicht verschlüsselt, jemand unterwegs könnte sie erfunden haben. Ruf joinRoom auf, oder erlaube mit der Einstellung allow_plaintext, was unverschlüsselt kommt.',
  'notice.room-undecryptable':
    '{{name}} (ID: {{id}}) konnte eine Nachricht von {{nick}} im Raum {{room}} nicht entschlüsseln. Wenn sie wichtig ist, bitte darum, sie noch einmal zu schicken.',
  'notice.webhook-failing':
    'Der Webhook von {{name}} (ID: {{id}}) geht seit 15 Minuten nicht: {{host}} ({{reason}}).\n' +
    'Es geht nichts verloren: Ich versuche es 24 Stunden lang weiter und sage dir, wenn er wieder geht.',
  'notice.webhook-well': 'Der Webhook von {{name}} (ID: {{id}}) geht wieder: {{host}}.',
  'notice.webhook-gone':
    'Der Webhook von {{name}} (ID: {{id}}) ist jetzt aus: {{host}} hat 410 geantwortet, will also nichts mehr.\n' +
    'Was ab jetzt kommt, wartet auf getUpdates.',
  'notice.webhook-host':
    'Was {{name}} (ID: {{id}}) empfängt, geht ab jetzt an {{host}} (vorher: {{before}}). ' +
    'Das wollte ein Programm mit seinem Token.\nWarst du das nicht? Dann: /revoke {{id}}',
  'notice.token-replaced':
    'Für {{name}} (ID: {{id}}) gibt es ein neues Token. Das warst nicht du in diesem Chat ({{from}}).\n' +
    'Willst du das nicht? Dann: /revoke {{id}}',
  'notice.token-revoked':
    'Das Token von {{name}} (ID: {{id}}) wurde widerrufen. Das warst nicht du in diesem Chat ({{from}}). Der Bot ist deaktiviert.\n' +
    'So kommt er zurück: /token {{id}}, dann /activate {{id}}',
  'notice.setting-scope':
    'Was {{name}} (ID: {{id}}) liest, steht jetzt auf "{{value}}". Das warst nicht du in diesem Chat ({{from}}).\n' +
    'Willst du das nicht? Dann: /scope {{id}} self',
  'notice.setting-encrypted':
    'Ob {{name}} (ID: {{id}}) liest, was andere dir verschlüsselt schreiben, steht jetzt auf "{{value}}" ({{from}}).\n' +
    'Willst du das nicht? Dann: /deactivate {{id}}',
  'notice.setting-allowed-contacts':
    'An wen {{name}} (ID: {{id}}) außer dir schreiben darf, wurde geändert ({{from}}): {{value}}\n' +
    'Willst du das nicht? Dann: /deactivate {{id}}',
  'notice.setting-allow-plaintext':
    'Ob {{name}} (ID: {{id}}) dir auch unverschlüsselt zuhört, steht jetzt auf "{{value}}" ({{from}}).\n' +
    'Willst du das nicht? Dann: /deactivate {{id}}',
  'notice.bot-created':
    'Neue Bots, die mit dir oder für dich sprechen. Das warst nicht du in diesem Chat ({{from}}):\n{{bots}}\n' +
    'Willst du einen davon nicht? Dann: /deletebot und seine ID',
  'notice.device-trusted':
    'Diesen OMEMO-Geräten wird in den Chats von {{account}} jetzt vertraut. Das warst nicht du in diesem Chat ({{from}}):\n{{devices}}\n' +
    'Kennst du eins davon nicht? Dann schreib im Chat mit {{account}}: /omemo distrust und seine Nummer',
  'notice.device-distrusted':
    'Diesen OMEMO-Geräten wird in den Chats von {{account}} nicht mehr vertraut: Was sie senden, hört niemand, und nichts wird für sie verschlüsselt. ' +
    'Das warst nicht du in diesem Chat ({{from}}):\n{{devices}}\n' +
    'Willst du das nicht? Dann schreib im Chat mit {{account}}: /omemo trust und die Nummer',
  'notice.operator-settings':
    'Einstellungen dieser Installation wurden geändert. Das warst nicht du in diesem Chat ({{from}}):\n{{settings}}\n' +
    'Weißt du davon nichts? Wer es war, steht dort, wo Botmother läuft: botmother audit',
};
