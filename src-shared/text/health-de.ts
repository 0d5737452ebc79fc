import type { HealthCode, HealthWords } from './health-en.ts';

const PAIR_CLI =
  'Gib ihr ein gutes Paar: botmother settings set api_tls_cert DATEI api_tls_key DATEI. Mit "" für beide macht Botmother selbst eines.';
const PAIR =
  'Gib ihr in den Einstellungen ein gutes Zertifikat mit Schlüssel, oder lass beides leer: Dann wird eines gemacht.';
const HOURLY =
  'Es wird mindestens einmal in der Stunde wieder versucht; ob das gehen kann, sagt der Test der Server-Einstellungen.';
const HOURLY_CLI =
  'Es wird mindestens einmal in der Stunde wieder versucht; ob das gehen kann, sagt: botmother ejabberd test';

/** The same in German. */
export const healthDe: Record<HealthCode, HealthWords> = {
  'api.ok': { title: 'Die Engine läuft, API unter {url}' },
  'api.port': {
    title: '{problem}; die API ist darum noch unter {url}',
    fix: 'Beende jenes Programm und setz den Port noch einmal, oder wähl in den Einstellungen einen anderen.',
    cli: 'Beende jenes Programm und setz den Port noch einmal, oder wähl einen anderen: botmother settings set api_port N',
  },
  'api.closed': {
    title: '{problem}; darum erreicht kein Programm die API',
    fix: 'Beende jenes Programm, dann öffnet sie sich binnen einer Minute, oder wähl in den Einstellungen einen anderen Port.',
    cli: 'Beende jenes Programm, dann öffnet sie sich binnen einer Minute, oder wähl einen anderen: botmother settings set api_port N',
  },
  'api.pair': { title: '{problem}; die API ist darum noch unter {url}', fix: PAIR, cli: PAIR_CLI },
  'certificate.own': { title: 'Zertifikat, SHA-256 {fingerprint}, gültig bis {day}, für {names}' },
  'certificate.self-made': {
    title: 'Selbst gemachtes Zertifikat, SHA-256 {fingerprint}, gültig bis {day}, für {names}',
  },
  'certificate.bad': {
    title: 'Das Zertifikat der API ist nicht zu gebrauchen',
    detail: '{reason}',
    fix: PAIR,
    cli: PAIR_CLI,
  },
  'admin.token': { title: 'Admin-Routen brauchen das Admin-Token' },
  'admin.open': {
    title: 'Admin-Routen nehmen jedes Programm auf diesem Rechner: Das System zeigt nicht, wem es gehört',
    fix: 'Wenn auch andere diesen Rechner benutzen, lass die API nach dem Admin-Token fragen (Einstellungen).',
    cli: 'Wenn auch andere den Rechner benutzen: botmother settings set admin_auth required',
  },
  'bots.off': {
    title: 'Bots sind ausgeschaltet',
    fix: 'Schalte sie ein: Bis dahin verbindet sich nichts.',
    cli: 'botmother settings set bot_features_enabled true',
  },
  'account.none': {
    title: 'Niemand ist angemeldet',
    fix: 'Melde dich mit deinem XMPP-Konto an.',
    cli: 'botmother account add du@server.example',
  },
  'account.no-operator': {
    title: 'Kein Konto betreibt diese Installation',
    fix: 'Sag, welches Konto sie betreibt.',
    cli: 'botmother account operator {account}',
  },
  'account.stored': { title: '{account} ist gespeichert' },
  'account.off': {
    title: '{account} ist ausgeschaltet',
    fix: 'Schalte es ein: Bis dahin ruhen seine Bots.',
    cli: 'botmother account enable {account}',
  },
  'account.online': { title: '{account} ist online' },
  'account.elsewhere': {
    title: '{account} ist online, und ein anderes Botmother handelt dafür: {other}',
    fix: 'Jenes antwortet im Chat mit dir selbst. Soll es dieses hier tun, beende das andere.',
  },
  'account.failed': {
    title: '{account} kann sich nicht anmelden',
    detail: '{reason}',
    fix: 'Melde dich neu an, mit dem neuen Passwort, wenn es sich geändert hat.',
    cli: 'Melde dich neu an, mit dem neuen Passwort, wenn es sich geändert hat: botmother account add {account}',
  },
  'account.trying': {
    title: '{account} ist noch nicht online',
    detail: '{reason}',
    fix: 'Es wird von selbst wieder versucht.',
  },
  'server.ok': { title: 'Eigenständige Bots bekommen ihre Konten bei {place}' },
  'server.bad': {
    title: 'Der Weg zu Konten für eigenständige Bots geht nicht',
    detail: '{reason}',
    fix: 'Prüf die Server-Einstellungen und teste sie.',
    cli: 'botmother ejabberd set, dann botmother ejabberd test',
  },
  'server.plain': {
    title: 'Die Admin-API unter {place} ist nicht verschlüsselt: Ihr Passwort geht offen über das Netz',
    fix: 'Nimm eine Adresse mit https://.',
    cli: 'Nimm eine Adresse mit https://: botmother ejabberd set',
  },
  'bot.online': { title: 'Bot {bot} (ID: {id}, {jid}) ist online, mit OMEMO' },
  'bot.failed': {
    title: 'Bot {bot} (ID: {id}, {jid}) kann sich nicht anmelden',
    detail: '{reason}',
    fix: 'Wenn sein Konto weg ist oder sein Passwort auf dem Server geändert wurde, mach den Bot neu. Sonst schalte ihn aus und wieder ein.',
    cli: 'Wenn sein Konto weg ist oder sein Passwort auf dem Server geändert wurde, mach den Bot neu: botmother bot delete {id}. Sonst: botmother bot deactivate {id}, dann botmother bot activate {id}',
  },
  'bot.offline': {
    title: 'Bot {bot} (ID: {id}, {jid}) ist offline',
    detail: '{reason}',
    fix: 'Er ruht, solange das Konto seines Besitzers ausgeschaltet ist: Schalte {account} ein.',
    cli: 'Er ruht, solange das Konto seines Besitzers ausgeschaltet ist: botmother account enable {account}',
  },
  'bot.trying': {
    title: 'Bot {bot} (ID: {id}, {jid}) ist noch nicht online',
    detail: '{reason}',
    fix: 'Es wird von selbst wieder versucht.',
  },
  'bot.unpublished': {
    title:
      'Bot {bot} (ID: {id}, {jid}) ist online, aber sein OMEMO-Gerät steht nicht auf dem Server: Niemand kann ihm schreiben',
    fix: 'Es wird von selbst wieder versucht; sofort, wenn du den Bot aus- und einschaltest.',
    cli: 'Es wird von selbst wieder versucht; sofort: botmother bot deactivate {id}, dann botmother bot activate {id}',
  },
  'bot.no-device': {
    title:
      'Bot {bot} (ID: {id}, {jid}) ist online, kennt aber kein OMEMO-Gerät von {account}: Er kann nichts sagen',
    fix: 'Melde dich als {account} mit einer App an, in der OMEMO eingeschaltet ist, und schreib dem Bot.',
  },
  'bot.unapproved': {
    title:
      'Bot {bot} (ID: {id}, {jid}) ist online, aber kein Gerät von {account} darf ihm schon etwas befehlen: Alle kamen nach dem Bot',
    fix: 'Vergleiche den Fingerabdruck und gib ein Gerät frei.',
    cli: 'Vergleiche den Fingerabdruck (botmother omemo list --bot {id}), dann: botmother omemo trust {device} --bot {id}',
  },
  'webhook.failing': {
    title: 'Der Webhook von Bot {bot} (ID: {id}) nimmt keine Updates an; es warten: {pending}',
    detail: '{reason}',
    fix: 'Sieh nach seinem Programm; dann versuch es gleich.',
    cli: 'Sieh nach seinem Programm. Es wird von selbst wieder versucht.',
  },
  'webhook.dead': {
    title: 'Updates für Bot {bot} (ID: {id}), die nicht zuzustellen waren und eine Woche bleiben: {count}',
    fix: 'Leg sie zurück, sobald sein Programm wieder geht.',
    cli: 'Sobald sein Programm wieder geht: botmother bot dead-letters {id} --replay',
  },
  'telegram.online': { title: 'Bot {bot} (ID: {id}) ist als @{username} mit Telegram verbunden' },
  'telegram.unreachable': {
    title: 'Die Telegram-Brücke von Bot {bot} (ID: {id}) erreicht Telegram nicht; es warten: {waiting}',
    fix: 'Prüfe die Verbindung dieses Computers. Es wird von selbst wieder versucht.',
  },
  'telegram.token': {
    title: 'Telegram kennt das Token von Bot {bot} (ID: {id}) nicht mehr',
    fix: 'Hol dir eins von @BotFather und gib es dem Bot.',
    cli: 'Hol dir eins von @BotFather: botmother telegram setup {id} --token-stdin',
  },
  'telegram.webhook': {
    title:
      'Was dem Telegram-Bot von Bot {bot} (ID: {id}) geschrieben wird, bekommt ein anderes Programm: sein Webhook bei {host}',
    fix: 'Entferne diesen Webhook oder leg mit @BotFather einen anderen Telegram-Bot an.',
    cli: 'Entferne diesen Webhook: botmother telegram webhook {id} --remove',
  },
  'telegram.other-program': {
    title: 'Ein anderes Programm liest die Nachrichten des Telegram-Bots von Bot {bot} (ID: {id}) mit',
    fix: 'Beende dieses Programm oder leg mit @BotFather einen anderen Telegram-Bot an.',
  },
  'telegram.chat': {
    title: 'Telegram lässt Bot {bot} (ID: {id}) nicht in seinen Chat {chat}; es warten: {waiting}',
    fix: 'Nimm den Telegram-Bot dort wieder auf oder verbinde einen anderen Chat.',
    cli: 'Nimm den Telegram-Bot dort wieder auf oder verbinde einen anderen: botmother telegram setup {id} CHAT_ID',
  },
  'telegram.blocked': {
    title:
      'Der Telegram-Bot von Bot {bot} (ID: {id}) wurde in {chat} blockiert oder entfernt; es warten: {waiting}',
    fix: 'Wer das war, muss ihn wieder zulassen; dann wird gesendet, was wartet.',
  },
  'telegram.rate': {
    title:
      'Telegram hat Bot {bot} (ID: {id}) um eine Pause gebeten, weil zu viel gesendet wurde; es warten: {waiting}',
  },
  'telegram.encryption': {
    title:
      'Was für Bot {bot} (ID: {id}) von Telegram kommt, lässt sich nicht verschlüsseln: Von {account} ist kein OMEMO-Gerät bekannt',
    fix: 'Öffne den Chat mit dem Bot einmal in einer App mit OMEMO.',
  },
  'telegram.failed': {
    title: 'Die Telegram-Brücke von Bot {bot} (ID: {id}) funktioniert nicht; es warten: {waiting}',
    fix: 'Es wird von selbst wieder versucht. Bleibt es so, steht mehr im Protokoll.',
  },
  'ai.answers': { title: 'Die KI von Bot {bot} (ID: {id}) antwortet: {provider}, {model}' },
  'ai.key': {
    title: 'Die KI von Bot {bot} (ID: {id}) antwortet nicht: {provider} nimmt ihren Schlüssel nicht an',
    fix: 'Gib ihr einen anderen Schlüssel.',
    cli: 'Gib ihr einen anderen Schlüssel: botmother ai setup {id} {provider} {model}',
  },
  'ai.model': {
    title: 'Die KI von Bot {bot} (ID: {id}) antwortet nicht: {provider} hat kein Modell {model}',
    fix: 'Wähl ein anderes Modell.',
    cli: 'Sieh nach, welche es gibt: botmother ai model {id}',
  },
  'ai.quota': {
    title: 'Die KI von Bot {bot} (ID: {id}) antwortet nicht: Bei {provider} ist das Guthaben verbraucht',
    fix: 'Lad es dort auf oder wähl einen anderen Anbieter.',
  },
  'ai.refused': {
    title:
      'Die KI von Bot {bot} (ID: {id}) antwortet nicht: {provider} darf unter seiner Adresse nicht gefragt werden',
    fix: 'Prüf die Adresse. Private erlaubt webhook_allow_private.',
    cli: 'Prüf die Adresse: botmother ai status {id}. Private erlaubt webhook_allow_private.',
  },
  'ai.unreachable': {
    title: 'Die KI von Bot {bot} (ID: {id}) war bei der letzten Frage nicht zu erreichen: {provider}',
    fix: 'Sieh nach, ob sie läuft, prüf die Adresse und versuch es.',
    cli: 'Sieh nach, ob sie läuft, und prüf die Adresse (botmother ai status {id}); dann: botmother ai ask {id} Hallo',
  },
  'ai.timeout': {
    title:
      'Die KI von Bot {bot} (ID: {id}) hat bei der letzten Frage zu lange gebraucht: {provider}, {model}',
    fix: 'Wähl ein schnelleres Modell oder gib ihr mehr Zeit (ai_timeout).',
    cli: 'Wähl ein schnelleres Modell oder gib ihr mehr Zeit: botmother settings set ai_timeout 120 --bot {id}',
  },
  'ai.failed': {
    title: 'Die KI von Bot {bot} (ID: {id}) hat die letzte Frage nicht beantwortet: {provider}, {model}',
    fix: 'Versuch es. Bleibt es so, prüf Anbieter, Modell und Adresse.',
    cli: 'Versuch es: botmother ai ask {id} Hallo. Bleibt es so, prüf sie: botmother ai status {id}',
  },
  'ai.busy': {
    title: 'Die KI von Bot {bot} (ID: {id}) hatte bei der letzten Frage zu viel zu tun: {provider}',
  },
  'offers.unknown': {
    title: 'Der Server von {account} hat nicht gesagt, was er bietet',
    fix: 'Prüfe es in einer Minute noch einmal; bleibt es so, frag, wer den Server betreibt.',
  },
  'offers.upload': { title: 'Dateien von {account} gehen an {service}, in jeder Größe' },
  'offers.upload-limited': { title: 'Dateien von {account} gehen an {service}, höchstens je {size} MiB' },
  'offers.no-upload': {
    title: 'Der Server von {account} hat keinen Ort für Dateien, Bots dort schicken also keine',
    fix: 'Wer ihn betreibt, kann einen einschalten: mod_http_upload in ejabberd, http_file_share in Prosody.',
  },
  'offers.rooms': { title: 'Räume auf dem Server von {account} liegen unter {rooms}' },
  'offers.no-rooms': { title: 'Der Server von {account} hat keine Räume; Bots betreten die anderer Server' },
  'room.joined': { title: 'Bot {bot} (ID: {id}) ist im Raum {room}' },
  'room.out': {
    title: 'Bot {bot} (ID: {id}) ist nicht mehr im Raum {room}',
    detail: '{reason}',
    fix: 'Kläre das mit dem, der den Raum betreibt; lass den Bot dann wieder beitreten.',
    cli: 'Kläre das mit dem, der den Raum betreibt; dann tritt sein Programm wieder bei: POST /bot/joinRoom',
  },
  'room.away': {
    title: 'Bot {bot} (ID: {id}) ist noch nicht im Raum {room}',
    detail: '{reason}',
    fix: 'Es wird von selbst noch einmal versucht.',
  },
  'errand.contact': {
    title: 'Der gelöschte Bot {jid} ist noch ein Kontakt von {account}',
    detail: '{reason}',
    fix: 'Es wird wieder versucht, sobald {account} hier online ist.',
    cli: 'Es wird wieder versucht, sobald {account} hier online ist: botmother account list',
  },
  'errand.remove': {
    title: 'Das Konto {jid} eines gelöschten Bots konnte noch nicht entfernt werden',
    detail: '{reason}',
    fix: HOURLY,
    cli: HOURLY_CLI,
  },
  'errand.register': {
    title: 'Das Konto {jid} eines Bots, der nicht entstanden ist, gibt es vielleicht noch',
    detail: '{reason}',
    fix: HOURLY,
    cli: HOURLY_CLI,
  },
  'folder.open': {
    title: 'Den Datenordner {path} können andere lesen',
    fix: 'Nimm anderen die Rechte: chmod 700 {path}',
  },
  'disk.low': {
    title: 'Wo die Daten liegen, sind nur noch {free} MB frei',
    fix: 'Schaff Platz: Ist die Platte voll, kann nichts mehr empfangen oder gesendet werden.',
  },
};
