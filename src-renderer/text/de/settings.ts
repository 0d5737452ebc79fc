import type { settings as en } from '../en/settings.ts';
import type { Words } from '../words.ts';
import { settingsAccounts } from './settings-accounts.ts';
import { settingsData } from './settings-data.ts';
import { settingsServer } from './settings-server.ts';

export const settings: Words<typeof en> = {
  title: 'Einstellungen',
  groups: { general: 'Allgemein', platform: 'Plattform', data: 'Daten' },
  pages: {
    general: 'Allgemein',
    accounts: 'Konten',
    api: 'API und TLS',
    server: 'Server für Bots',
    security: 'Sicherheit',
    files: 'Dateien und Grenzen',
    audit: 'Prüfprotokoll',
    backup: 'Sicherung',
    logs: 'Protokoll',
    about: 'Über Botmother',
  },
  leads: {
    general: 'Wie Fenster und Panel aussehen und sich verhalten. Änderungen gelten sofort.',
    accounts: 'Die XMPP-Konten, die hier angemeldet sind. Ihnen gehören die Bots.',
    api: 'Wo deine Programme Botmother erreichen. Änderungen gelten sofort.',
    server: 'Wo dedizierte Bots eigene Konten bekommen.',
    security: 'Wer diese Installation verwalten darf, und was sie zeigt.',
    files: 'Was Bots benutzen dürfen, und wie viel davon.',
    audit: 'Wer hier was geändert hat, und was abgelehnt wurde.',
    backup: 'Konten, Bots, Schlüssel und Nachrichten in einer verschlüsselten Datei.',
    logs: 'Was die Engine schreibt, während sie läuft. Geheimes ist herausgenommen.',
    about: 'Was hier läuft, und wo du mehr liest.',
  },
  keeperOnly:
    'Nicht aus einem Browser: Das macht die App, oder ein Terminal auf dem Rechner, auf dem Botmother läuft, in seinem Ordner.',
  keeperCommand: 'Befehl',
  saved: (label) => `${label}: gespeichert`,
  general: {
    look: 'Sprache und Aussehen',
    chats: 'Chats und Tasten',
    notifications: 'Mitteilungen',
    desktop: 'Diese App',
    background: 'Im Hintergrund weiterlaufen',
    backgroundHelp: 'Bots laufen weiter, wenn das Fenster zu ist.',
    noTray:
      'Dieses System hat keinen Infobereich: Starte die App noch einmal, dann ist das Fenster wieder da.',
    startAtLogin: 'Bei der Anmeldung starten',
    startAtLoginHelp: 'Die App startet im Hintergrund, wenn du dich an diesem Rechner anmeldest.',
    noStart: 'Dieses System lässt sich das nicht sagen.',
    desktopNotifications: 'Mitteilungen des Systems',
    desktopNotificationsHelp: 'Aus: Außerhalb des Fensters wird nichts gezeigt.',
    spellcheck: 'Rechtschreibung prüfen',
    spellcheckHelp: 'In dem, was du schreibst.',
    keystore: 'Schlüssel der Daten',
    keystorePlaces: {
      keystore: (name) => `Ihn verwahrt ${name}.`,
      file: () => 'Er steht in einer Datei im Datenordner.',
      given: () => 'Er steht in der Datei, die BOTMOTHER_KEY_FILE nennt.',
      none: () => 'Es gibt noch keinen.',
    },
    keystoreMoveBody: {
      keystore: (name) =>
        `Nur ${name} kann ihn dann herausgeben. botmother serve und andere Befehle brauchen die App.`,
      file: () =>
        'Wer deine Dateien oder eine Kopie deiner Festplatte lesen kann, kann dann die Datenbank öffnen.',
    },
    keystoreMove: { keystore: 'In den Schlüsselbund legen', file: 'In eine Datei legen' },
  },
  help: {
    window_language: 'Von Fenster und Panel. Bots und der Chat haben ihre eigene.',
    window_theme: '',
    window_density: 'Wie dicht die Zeilen von Listen stehen.',
    window_text_size: '13 bis 18 Pixel.',
    window_enter: 'Das andere tun Umschalt und Enter, oder Strg und Enter.',
    window_single_keys: 'J, K, R und andere Buchstaben wirken in Listen. Aus: nur Tasten mit Strg.',
    window_load_pictures: 'Wer ein Bild geschickt hat, kann erfahren, wann es geladen wird.',
    window_notifications: '',
    window_notification_text: 'Aus: Sie sagen nur, wer geschrieben hat.',
    language: 'In der Botmother in Chats antwortet. Jedes Konto kann seine eigene haben.',
    chat_admin: 'Aus welchen Chats der Betreiber diesen Server sehen und ändern darf.',
    admin_auth:
      'Wer Admin-Adressen ohne das Admin-Token benutzen darf. Im Netzwerkmodus braucht man es immer.',
    token_display: 'Aus: Token von Bots werden einmal gezeigt, wenn sie entstehen.',
    bot_features_enabled: 'Aus: Kein Bot verbindet sich, empfängt oder antwortet.',
    api_port: 'Von 1024 bis 65535.',
    api_tls_cert: 'Ein Pfad, oder ein Name in api-tls/ des Datenordners. Leer: Botmother macht eins.',
    api_tls_key: 'Leer, wenn er in derselben Datei steht.',
    file_link_hours: 'Wie lange die Adresse einer empfangenen Datei gilt.',
    telegram_api_root:
      'Ändere sie für einen eigenen Bot-API-Server. Die Token der Telegram-Bots gehen dorthin.',
    rate_limit_ip: 'Von denen, die kein gültiges Token haben.',
    rate_limit_bot: 'Mit dem Token eines Bots.',
    webhook_allow_private:
      'Rechner und Netze bei dir, die Webhooks erreichen dürfen: intranet, 10.1.0.0/16, nas.lan:8080.',
  },
  choices: {
    language: { en: 'Englisch', de: 'Deutsch' },
    api_mode: { local: 'Nur dieser Rechner', network: 'Netzwerk' },
    chat_admin: { encrypted: 'Verschlüsselte', any: 'Alle', off: 'Keine' },
    admin_auth: { local: 'Meine Programme hier', required: 'Niemand' },
    window_language: { auto: 'Wie das System', en: 'Englisch', de: 'Deutsch' },
    window_theme: { auto: 'Wie das System', light: 'Hell', dark: 'Dunkel' },
    window_density: { comfortable: 'Bequem', compact: 'Dicht' },
    window_enter: { send: 'Sendet', line: 'Beginnt eine Zeile' },
    window_load_pictures: { known: 'Von Kontakten und Bots', all: 'Von allen' },
    window_notifications: { all: 'Alle Nachrichten', mentions: 'Räume nur mit Namen', off: 'Keine' },
  },
  accounts: settingsAccounts,
  ...settingsServer,
  ...settingsData,
};
