import type { botTelegram as en } from '../en/bot-telegram.ts';
import { countDe as count, type Words } from '../words.ts';
import { botTelegramSetUp } from './bot-telegram-set-up.ts';

export const botTelegram: Words<typeof en> = {
  title: 'Telegram-Brücke',
  jump: (name) => `Telegram von ${name}`,
  lead: {
    dedicated: 'Verbindet diesen Chat mit einem Telegram-Chat.',
    personal: 'Verbindet deinen Chat mit dir selbst mit einem Telegram-Chat.',
  },
  waiting: (n) => `${count(n, 'Nachricht wartet', 'Nachrichten warten')} auf den Weg zu Telegram.`,
  switchOf: (name) => `Telegram-Brücke von ${name} ist an`,
  switchedOn: (name) => `Die Telegram-Brücke von ${name} ist an`,
  switchedOff: (name) => `Die Telegram-Brücke von ${name} ist aus`,
  botOff: (name) => `${name} ist ausgeschaltet, darum ruht seine Brücke.`,
  botOn: 'Einschalten',
  cloudTitle: 'Hier gibt es kein Telegram',
  cloudBody: 'Cloud-Bots gibt es noch nicht, und ihre Brücke kommt mit ihnen.',

  states: {
    off: 'Aus',
    connecting: 'Verbindet sich',
    online: 'Verbunden',
    paused: (when) => `Pausiert seit ${when}`,
    fails: (when) => `Scheitert seit ${when}`,
  },
  nextTry: (when) => `Nächster Versuch: ${when}`,
  troubles: {
    unreachable: {
      title: () => 'Telegram ist nicht erreichbar',
      body: 'Was geschrieben wird, wartet hier, und Telegram hebt Nachrichten einen Tag lang auf. Wenn es anhält, prüfe die Verbindung dieses Computers.',
    },
    token: {
      title: () => 'Telegram nimmt das Token nicht mehr an',
      body: 'Es wurde bei @BotFather widerrufen oder ersetzt. Gib das neue ein; was wartet, geht dann hinaus.',
    },
    webhook: {
      title: (bot, _chat, host) => `${bot} hat jetzt einen Webhook bei ${host}`,
      body: 'Telegram liefert nur an einen Ort. Entfernst du ihn, ist jenes Programm abgeschnitten. Behältst du ihn, kommt von Telegram nichts mehr: Die Brücke leitet nur noch weiter.',
    },
    'other-program': {
      title: (bot) => `Ein anderes Programm liest die Nachrichten von ${bot}`,
      body: 'Telegram gibt jede Nachricht nur an einen. Halte jenes Programm an, oder lass dir mit /revoke von @BotFather ein neues Token geben und trag es hier ein.',
    },
    chat: {
      title: (bot) => `Telegram kennt für ${bot} keinen solchen Chat`,
      body: 'Den Chat gibt es nicht mehr, oder der Bot ist nicht mehr darin. Füge ihn wieder hinzu, dann geht hinaus, was wartet; oder wähle einen anderen Chat.',
    },
    blocked: {
      title: (bot, chat) => `${bot} darf in ${chat} nicht schreiben`,
      body: 'Er wurde dort gesperrt oder darf keine Nachrichten senden. Erlaube es ihm und sag dann hallo; was wartet, geht dann hinaus.',
    },
    rate: {
      title: () => 'Telegram bittet um eine Pause',
      body: 'In kurzer Zeit wurden viele Nachrichten gesendet. Was wartet, geht von selbst hinaus.',
    },
    encryption: {
      title: () => 'Nachrichten aus Telegram lassen sich nicht für dich verschlüsseln',
      body: 'Sie warten bei Telegram, einen Tag lang. Melde dich mit einer App an, in der OMEMO eingeschaltet ist, oder sieh nach, was deine Geräte hindert.',
    },
    failed: {
      title: () => 'Telegram hat es nicht getan',
      body: 'Es wird von selbst wieder versucht. Mehr steht im Protokoll dieses Programms.',
    },
  },
  helps: {
    token: 'Token ersetzen…',
    chat: 'Anderen Chat wählen…',
    hello: 'Hallo sagen',
    devices: 'Geräte zeigen',
    log: 'Protokoll zeigen',
  },
  webhook: {
    keep: 'Behalten',
    remove: 'Webhook entfernen…',
    title: (host) => `Den Webhook bei ${host} entfernen?`,
    body: (bot) => `Das Programm dort bekommt nichts mehr von ${bot}. Es muss ihn selbst wieder setzen.`,
    verb: 'Webhook entfernen',
    removed: 'Der Webhook ist entfernt',
  },

  direction: 'Richtung',
  modes: {
    bridge: { title: 'Brücke', body: 'Beide Seiten lesen und schreiben.' },
    forward: { title: 'Weiterleitung', body: 'Was in Telegram geschrieben wird, bleibt dort.' },
  },
  modeSet: {
    bridge: 'Jetzt lesen und schreiben beide Seiten',
    forward: 'Jetzt gehen Nachrichten nur noch zu Telegram',
  },
  sides: { xmpp: 'XMPP', telegram: 'Telegram' },

  token: 'Bot-Token',
  tokenFrom: 'Von @BotFather, auf diesem Computer versiegelt',
  replace: 'Ersetzen',
  replaceOf: 'Bot-Token ersetzen',
  replaceTitle: 'Bot-Token ersetzen',
  replaceBody: 'Ein anderer Bot muss auch im Chat sein. Was wartet, geht mit dem neuen Token hinaus.',
  replaceAction: 'Dieses Token nehmen',
  replaced: 'Das Token ist ersetzt',
  chat: 'Chat',
  chatAt: (kind, id) => `${kind}, ID ${id}`,
  chatChoose: 'Chat wählen',
  chatLeaves: (n, title) =>
    `${count(n, 'Nachricht, die', 'Nachrichten, die')} auf ${title} ${n === 1 ? 'wartet, geht' : 'warten, gehen'} in keinen anderen Chat.`,
  chatOf: (title) => `Chat: ${title}. Einen anderen wählen`,
  chatSet: (title) => `Jetzt mit ${title} verbunden`,
  kinds: { private: 'Person', group: 'Gruppe', supergroup: 'Gruppe', channel: 'Kanal' },
  privacy: (bot) =>
    `In Gruppen sieht ${bot} nur Befehle und Antworten an sich. Damit er alles liest, schick @BotFather /setprivacy, wähle Disable und füg ihn der Gruppe neu hinzu.`,
  aiAnswers: 'Antworten der KI gehen auch zu Telegram',
  aiAnswersHelp: 'Was die KI in diesem Chat antwortet, sobald es fertig ist.',

  test: {
    title: 'Verbindung',
    signedIn: (name) => `Angemeldet als ${name}`,
    last: (when, ms) => `Letzter Test ${when}, ${ms}`,
    traffic: (received, sent) => `Zuletzt empfangen: ${received}, zuletzt gesendet: ${sent}`,
    never: 'nie',
    test: 'Testen',
    hello: 'Hallo sagen',
    passed: (name, ms) => `${name} hat nach ${ms} geantwortet`,
    said: (title, ms) => `Hallo in ${title} gesagt, ${ms}`,
    failed: { check: 'Der Test ist gescheitert', hello: 'Das Hallo kam nicht an' },
    running: { check: 'Fragt Telegram', hello: 'Sagt hallo' },
  },

  recent: {
    title: 'Zuletzt überbrückt',
    all: 'Chat öffnen',
    empty: 'Noch nichts. Schreib auf einer der beiden Seiten etwas, und es erscheint hier.',
    to: { xmpp: 'zu XMPP', telegram: 'zu Telegram' },
    states: { waiting: 'wartet', done: '', failed: 'nicht gesendet' },
  },

  forget: {
    section: 'Entfernen',
    subject: 'Brücke entfernen',
    help: 'Nimmt Token und Chat weg. Was geschrieben wurde, bleibt auf beiden Seiten stehen.',
    action: 'Brücke entfernen…',
    title: (name) => `Telegram-Brücke von ${name} entfernen?`,
    body: 'Um sie wieder einzurichten, brauchst du das Token noch einmal.',
    gone: {
      token: (bot) => `Das Token von ${bot}`,
      chat: (title) => `Die Verbindung zu ${title}`,
      waiting: (n) =>
        `${count(n, 'Nachricht, die', 'Nachrichten, die')} auf Telegram ${n === 1 ? 'wartet' : 'warten'}`,
    },
    verb: 'Brücke entfernen',
    done: (name) => `Die Telegram-Brücke von ${name} ist entfernt`,
  },
  setUp: botTelegramSetUp,
};
