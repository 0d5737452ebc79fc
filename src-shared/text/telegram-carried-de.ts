import type { telegramCarriedEn } from './telegram-carried-en.ts';

/** Dasselbe auf Deutsch. */
export const telegramCarriedDe: Record<keyof typeof telegramCarriedEn, string> = {
  'telegram.hello': 'Hallo! Hier ist {{name}}. Was hier und was über XMPP gesagt wird, kommt jetzt zusammen.',
  'telegram.hello-forward': 'Hallo! Hier ist {{name}}. Was über XMPP gesagt wird, kommt ab jetzt hierher.',
  'telegram.edited': '{{from}} (bearbeitet)',
  'telegram.forwarded': 'Weitergeleitet von {{from}}:',
  'telegram.deleted': '(gelöscht)',
  'telegram.file': 'Datei',
  'telegram.hidden': 'verdeckt',
  'telegram.media.photo': 'Foto',
  'telegram.media.live-photo': 'Live-Foto',
  'telegram.media.video': 'Video',
  'telegram.media.video-note': 'Videonachricht',
  'telegram.media.animation': 'GIF',
  'telegram.media.audio': 'Audio',
  'telegram.media.voice': 'Sprachnachricht',
  'telegram.media.document': 'Datei',
  'telegram.media.sticker': 'Sticker',
  'telegram.media.contact': 'Kontakt',
  'telegram.media.location': 'Standort',
  'telegram.media.live-location': 'Live-Standort',
  'telegram.media.venue': 'Ort',
  'telegram.media.poll': 'Umfrage',
  'telegram.media.quiz': 'Quiz',
  'telegram.media.checklist': 'Checkliste',
  'telegram.media.dice': 'Würfel',
  'telegram.media.game': 'Spiel',
  'telegram.media.story': 'Story',
  'telegram.media.invoice': 'Rechnung',
  'telegram.media.paid-media': 'Bezahlte Medien',
  'telegram.media.giveaway': 'Verlosung',
  'telegram.media.unknown': 'Etwas, das sich hier nicht zeigen lässt',
  'notice.telegram-link':
    'Die Telegram-Brücke von {{name}} (ID: {{id}}) verbindet diesen Chat ab jetzt mit {{chat}}, über {{telegram}} (vorher: {{before}}). ' +
    'Das warst nicht du in diesem Chat ({{from}}).\nWenn du das nicht wolltest: /deactivate {{id}}',
  'notice.telegram-token':
    'Telegram nimmt das Token von {{name}} (ID: {{id}}) nicht mehr an, deshalb wird nichts übertragen. ' +
    'Was wartet, geht nicht verloren. Gib ein neues Token von @BotFather ein: /telegram setup (im Chat mit dir selbst zuerst: /use {{id}})',
  'notice.telegram-webhook':
    'Ein anderes Programm hat für den Telegram-Bot von {{name}} (ID: {{id}}) einen Webhook gesetzt, bei {{host}}. ' +
    'Telegram liefert nur an eine Stelle, also kommt von dort nichts an, bis er entfernt ist: /telegram webhook (im Chat mit dir selbst zuerst: /use {{id}})',
  'notice.telegram-other-program':
    'Ein anderes Programm liest die Nachrichten des Telegram-Bots von {{name}} (ID: {{id}}). ' +
    'Telegram gibt sie nur einem Leser. Beende das andere Programm, oder lege bei @BotFather einen eigenen Telegram-Bot an.',
  'notice.telegram-chat':
    'Telegram findet den Chat nicht, mit dem {{name}} (ID: {{id}}) verbunden ist. Was du schreibst, wartet. ' +
    'Schreib dem Telegram-Bot dort etwas, oder wähle einen anderen Chat: /telegram chats (im Chat mit dir selbst zuerst: /use {{id}})',
  'notice.telegram-blocked':
    'Der Telegram-Bot von {{name}} (ID: {{id}}) darf in seinem Chat nicht mehr schreiben: Er wurde dort blockiert oder entfernt. ' +
    'Was du schreibst, wartet, bis er wieder eingelassen wird.',
  'notice.telegram-full':
    'Von {{name}} (ID: {{id}}) warten schon {{limit}} Nachrichten auf Telegram, und für mehr ist kein Platz. ' +
    'Was sie aufhält: /telegram status (im Chat mit dir selbst zuerst: /use {{id}}). Das wurde nicht übertragen:\n{{messages}}',
  'notice.telegram-too-old':
    'Das hat {{days}} Tage auf Telegram gewartet und wird nicht mehr übertragen (Bot {{name}}, ID: {{id}}):\n{{messages}}',
  'notice.telegram-refused':
    'Telegram hat eine Nachricht von {{name}} (ID: {{id}}) nicht angenommen. Sie wurde ausgelassen: {{beginning}}',
  'notice.telegram-out-of-reach':
    'Was du bei {{name}} (ID: {{id}}) zurückgenommen hast, stand bei Telegram schon, bevor die Gruppe dort zur Supergruppe wurde. ' +
    'Kein Telegram-Bot kann es mehr ändern, und es ist dort noch zu lesen. Wer die Gruppe verwaltet, kann es in einer Telegram-App löschen.',
};
