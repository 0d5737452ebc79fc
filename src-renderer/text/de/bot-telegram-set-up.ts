import type { botTelegramSetUp as en } from '../en/bot-telegram-set-up.ts';
import type { Words } from '../words.ts';

export const botTelegramSetUp: Words<typeof en> = {
  lead: 'Vier Schritte, etwa zwei Minuten. Du brauchst Telegram zur Hand.',
  inChat: 'oder schreib /telegram setup in den Chat',
  done: 'erledigt',
  someBot: 'Der Telegram-Bot',
  token: {
    title: 'In Telegram einen Bot anlegen',
    body: 'Schreib @BotFather /newbot und beantworte zwei Fragen. Du bekommst ein Token: Füg es hier ein.',
    open: '@BotFather öffnen',
    label: 'Bot-Token',
    shape: 'Ein Token sieht so aus: 123456789:ABCdef_ghijk. Kopier die ganze Zeile von @BotFather.',
    check: 'Prüfen',
    sealed: 'Es wird beim Einschalten auf diesem Computer versiegelt und nie wieder gezeigt.',
    other: 'Anderes Token nehmen',
    goOn: 'Ungeprüft weitermachen',
    uncheckedHelp:
      'Du kannst auch ohne Telegram fertig werden: Alles wird gespeichert, und das Token wird ausprobiert, sobald sich Telegram fragen lässt.',
    botOf: (id) => `Telegram-Bot ${id}`,
    unchecked: 'noch nicht geprüft',
    webhook: (bot, host) => `${bot} hat einen Webhook bei ${host}`,
    webhookBody:
      'Ein anderes Programm bekommt seine Nachrichten, und Telegram liefert nur an einen Ort. Entfernst du ihn, ist jenes Programm abgeschnitten. Um ihn zu behalten, leg für diese Brücke einen anderen Bot an.',
  },
  chat: {
    title: 'Den Chat wählen',
    lead: (bot) => `Schreib in dem Chat, den du verbinden willst, etwas an ${bot}, und lies dann neu.`,
    none: (bot) => `Noch hat niemand an ${bot} geschrieben. In einer Gruppe: schreib /start${bot}.`,
    again: 'Neu lesen',
    reading: 'Fragt Telegram, wer geschrieben hat',
    open: (bot) => `${bot} öffnen`,
    group: 'Zu einer Gruppe hinzufügen',
    list: 'Chats, aus denen zuletzt geschrieben wurde',
    byId: 'Seine ID eintippen',
    fromList: 'Aus der Liste wählen',
    id: 'ID des Chats',
    idHelp: 'Eine Zahl wie -1001984422017, oder @name einer öffentlichen Gruppe oder eines Kanals.',
    idShape: 'Nimm eine ganze Zahl oder @name.',
    use: 'Nehmen',
    other: 'Anderen Chat wählen',
    hidden:
      'Solange ein anderes Programm dort seinen Webhook hat, sagt Telegram sonst niemandem, wer geschrieben hat.',
  },
  direction: { title: 'Die Richtung wählen' },
  go: {
    title: 'Einschalten und hallo sagen',
    body: (bot, chat) => `${bot} sagt in ${chat} hallo, damit du siehst, dass es geht.`,
    unchecked:
      'Es wird gespeichert und eingeschaltet; ob Token und Chat stimmen, zeigt sich, sobald sich Telegram fragen lässt. Sag dann von hier aus hallo.',
    action: 'Einschalten',
    done: (name) => `Die Telegram-Brücke von ${name} ist an`,
  },
};
