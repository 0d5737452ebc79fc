/** What is wrong with the value of a setting: the words of its schema, each by its code. */
export const settingReasons = {
  'value.number': {
    en: 'must be a whole number from {min} to {max}',
    de: 'das muss eine ganze Zahl von {min} bis {max} sein',
  },
  'value.one-of-two': { en: 'use {first} or {last}', de: 'nimm {first} oder {last}' },
  'value.text': { en: 'use a text', de: 'nimm einen Text' },
  'value.invalid': { en: 'not a valid value', de: 'kein gültiger Wert' },
  'value.length': { en: 'use at most {count} characters', de: 'nimm höchstens {count} Zeichen' },
  'value.file': {
    en: 'use a path from the root, or the name of a file in api-tls/ of the data folder',
    de: 'nimm einen vollständigen Pfad oder den Namen einer Datei in api-tls/ des Datenordners',
  },
  'value.hosts': {
    en: 'use host names, addresses or networks, each with a port or without, separated by commas',
    de: 'nimm Hostnamen, Adressen oder Netze, je mit oder ohne Port, mit Kommas getrennt',
  },
  'value.http': {
    en: 'use an http:// or https:// address',
    de: 'nimm eine Adresse mit http:// oder https://',
  },
  'value.host': {
    en: 'use a host name like server.example',
    de: 'nimm einen Hostnamen wie server.example',
  },
  'value.service': {
    en: 'use xmpp://host:port, xmpps://host:port or wss://host/path',
    de: 'nimm xmpp://host:port, xmpps://host:port oder wss://host/pfad',
  },
  'value.certificate': {
    en: 'use a certificate in PEM form',
    de: 'nimm ein Zertifikat in PEM-Form',
  },
  'value.jid': {
    en: 'use an XMPP address like admin@server.example',
    de: 'nimm eine XMPP-Adresse wie admin@server.example',
  },
  'value.jids': {
    en: 'use XMPP addresses like you@server.example, separated by commas',
    de: 'nimm XMPP-Adressen wie du@server.example, mit Kommas getrennt',
  },
  'value.bots': {
    en: 'use XMPP addresses like bot@server.example or room@server.example/name, separated by commas',
    de: 'nimm XMPP-Adressen wie bot@server.example oder raum@server.example/name, mit Kommas getrennt',
  },
} as const;
