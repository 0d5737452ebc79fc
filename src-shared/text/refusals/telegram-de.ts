import type { telegramErrors } from '../../errors/telegram.ts';

export const telegramRefusalsDe: Readonly<Record<keyof typeof telegramErrors, string>> = {
  'telegram.not-set-up':
    'Die Telegram-Brücke dieses Bots ist nicht eingerichtet. Sie braucht das Token eines Telegram-Bots und einen Chat.',
  'telegram.off': 'Die Telegram-Brücke dieses Bots ist ausgeschaltet. Schalte sie zuerst ein.',
  'telegram.token-refused':
    'Telegram kennt dieses Token nicht. Kopiere es noch einmal von @BotFather oder lass dir dort ein neues geben.',
  'telegram.token-used':
    '{name} (ID {id}) hat diesen Telegram-Bot schon. Telegram gibt seine Nachrichten nur an einen weiter: Leg mit @BotFather einen anderen an.',
  'telegram.token-taken':
    'Jemand anders hier hat diesen Telegram-Bot schon. Telegram gibt seine Nachrichten nur an einen weiter: Leg mit @BotFather einen anderen an.',
  'telegram.foreign-webhook':
    'Ein anderes Programm hat für diesen Telegram-Bot einen Webhook bei {host} eingerichtet: Telegram gibt ihm alles und dieser Brücke nichts. Wird er entfernt, ist jenes Programm abgeschnitten, bis es ihn wieder einrichtet. Dafür verlang dasselbe noch einmal mit force.',
  'telegram.webhook-hides':
    'Ein anderes Programm hat für diesen Telegram-Bot einen Webhook bei {host} eingerichtet: Telegram sagt ihm, wer geschrieben hat, und sonst niemandem. Wähl den Chat über seine ID, oder entferne zuerst den Webhook, was jenes Programm abschneidet, bis es ihn wieder einrichtet.',
  'telegram.chat-unknown':
    'Telegram kennt für diesen Bot keinen Chat {chat}. Schreib dem Telegram-Bot dort zuerst etwas oder füge ihn der Gruppe hinzu.',
  'telegram.unreachable':
    'Telegram ist nicht erreichbar. Prüfe die Verbindung dieses Computers und versuch es noch einmal.',
  'telegram.refused': 'Telegram hat es nicht getan. Mehr steht im Protokoll dieses Programms.',
  'telegram.blocked':
    'Der Telegram-Bot darf in diesem Chat nicht schreiben. Er wurde dort blockiert oder entfernt, oder ihm fehlt das Recht zu schreiben.',
  'telegram.full':
    'Auf Telegram warten schon {limit} Nachrichten. Sieh nach, was sie aufhält, und schick diese später.',
  'telegram.rate': 'Telegram will {seconds} s in Ruhe gelassen werden. Versuch es dann noch einmal.',
};
