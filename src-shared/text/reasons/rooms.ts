/** Why a room or its server did not let an account in, where no refusal has words for it: each by its code, as part of a sentence. */
export const roomReasons = {
  'room.policy': { en: 'its rules are against it', de: 'Seine Regeln sprechen dagegen' },
  'room.wrong-there': { en: 'something went wrong there', de: 'Dort ist etwas schiefgegangen' },
  'room.not-understood': {
    en: 'it did not understand what was asked',
    de: 'Er hat nicht verstanden, worum es ging',
  },
  'room.moved': { en: 'it is at another address now', de: 'Er hat jetzt eine andere Adresse' },
  'room.untold': { en: 'it did not say why', de: 'Er hat nicht gesagt, warum' },
  'room.no-server': { en: 'it was not found', de: 'er ist nicht zu finden' },
  'room.no-connection': { en: 'the account is not connected', de: 'das Konto ist nicht verbunden' },
} as const;
