/** Why the disk takes nothing: each sentence by its code. */
export const storageReasons = {
  'disk.full': { en: 'the disk is full', de: 'die Festplatte ist voll' },
  'disk.read-only': { en: 'the data folder is read-only', de: 'der Datenordner ist schreibgeschützt' },
  'disk.error': { en: 'the disk reported an error', de: 'die Festplatte hat einen Fehler gemeldet' },
  'disk.damaged': { en: 'the database file is damaged', de: 'die Datenbankdatei ist beschädigt' },
  'disk.held': {
    en: 'another program holds the database',
    de: 'ein anderes Programm hält die Datenbank fest',
  },
} as const;
