/** Why a server did not take a file, as part of a sentence: each by its code. */
export const fileReasons = {
  'upload.silent': { en: 'it does not answer', de: 'er antwortet nicht' },
  'upload.answered': { en: 'it answered {answer}', de: 'er antwortete {answer}' },
  'upload.unusable': { en: 'its answer cannot be used', de: 'seine Antwort ist nicht zu gebrauchen' },
} as const;
