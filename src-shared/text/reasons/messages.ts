/** Why a message will not get there: each sentence by its code. What a server says to it stays as it was said. */
export const messageReasons = {
  'message.withdrawn': {
    en: 'It was deleted before it was sent.',
    de: 'Sie wurde gelöscht, bevor sie gesendet war.',
  },
  'message.left-room': {
    en: 'The bot left the room before it was sent.',
    de: 'Der Bot hat den Raum verlassen, bevor sie gesendet war.',
  },
  'message.room-private': {
    en: 'The room has become private, so what is said there is encrypted, and this message was not. Send it again.',
    de: 'Der Raum ist privat geworden. Was dort gesagt wird, ist verschlüsselt, und diese Nachricht war es nicht. Sende sie noch einmal.',
  },
  'message.empty': { en: 'The stanza is empty.', de: 'Es gibt nichts zu senden.' },
  'message.character': {
    en: 'The character {character} cannot be sent over XMPP.',
    de: 'Das Zeichen {character} lässt sich über XMPP nicht senden.',
  },
  'message.too-large': {
    en: 'A stanza of {size} bytes is too large; {limit} is the limit.',
    de: 'Eine Nachricht von {size} Bytes ist zu groß; {limit} ist die Grenze.',
  },
} as const;
