import type { ErrorCode } from '../../errors.ts';

/** Messages, updates and deliveries, in German. */
export const messageRefusalsDe = {
  'file.cancelled': 'Die Datei wurde nicht geschickt: Wer sie schickte, ist gegangen.',
  'chat.not-found': '{account} hat kein Gespräch mit {chat}. Beginne zuerst eins.',
  'chat.no-message':
    'Im Gespräch mit {chat} gibt es keine Nachricht {id}. Vielleicht ist sie zu alt, um noch da zu sein.',
  'chat.not-own':
    'Nachricht {id} ist nicht von dir. Nur wer eine Nachricht geschrieben hat, kann sie ändern oder noch einmal senden.',
  'chat.gone': 'Nachricht {id} wurde gelöscht. Mit ihr lässt sich nichts mehr tun.',
  'chat.not-failed': 'Nachricht {id} ist nicht gescheitert, muss also nicht noch einmal geschickt werden.',
  'message.too-large':
    'So wie XMPP sie überträgt, ist die Nachricht {bytes} Bytes lang; erlaubt sind höchstens {limit}. Zeichen wie <, >, & und Anführungszeichen brauchen bis zu sechs Bytes, und was eine Antwort zitiert, zählt mit. Teil `text` auf mehrere Nachrichten auf.',
  'message.not-found': 'Dieser Bot hat keine Nachricht {id}.',
  'message.unknown':
    'Im Gespräch mit {to} ist keine Nachricht {id} bekannt. Nimm die `stanza_id` eines Updates oder eine `message_id` von sendMessage.',
  'message.not-own':
    'Nachricht {id} ist nicht von diesem Bot. Nur wer sie geschrieben hat, kann sie zurücknehmen.',
  'reaction.not-emoji':
    '`reaction` nimmt nur Emojis, höchstens {limit}. Ein leerer Text nimmt die Reaktion zurück.',
  'updates.second-poller':
    'Ein anderes Programm holt jetzt die Updates dieses Bots. Lass nur eines laufen, mit getUpdates oder mit dem Ereignisstrom.',
  'updates.webhook-set': 'Ein Webhook ist gesetzt. Ruf zuerst deleteWebhook auf, dann frag ab.',
  'dead-letter.not-found':
    'Bot {id} hat kein unzustellbares Update {updateId}. Die Liste steht unter /api/v1/bots/{id}/dead-letters.',
  'delivery.not-found':
    'Von Update {updateId} des Bots {id} ist nichts bekannt: Zustellungen werden einen Tag lang aufgehoben.',
  'webhook.not-set': 'Bot {id} hat keinen Webhook. Setz zuerst einen.',
  'webhook.idle':
    'Zum Webhook von Bot {id} geht gerade nichts: Der Bot ist deaktiviert, oder Bots sind ausgeschaltet. Schalte ihn zuerst ein.',
  'address.refused': '{url} wird abgelehnt: {reason}',
} as const satisfies Partial<Record<ErrorCode, string>>;
