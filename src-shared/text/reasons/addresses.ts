/** Why nothing came of a request to an address that somebody gave: each by its code, as part of a sentence. */
export const addressReasons = {
  'http.refused': {
    en: 'nothing listens there (connection refused)',
    de: 'dort nimmt niemand etwas an (Verbindung abgelehnt)',
  },
  'http.cut': { en: 'the connection was cut', de: 'die Verbindung wurde abgebrochen' },
  'http.late': { en: 'no answer came in time', de: 'es kam nicht rechtzeitig eine Antwort' },
  'http.stalled': { en: 'nothing came for too long', de: 'es kam zu lange nichts' },
  'http.no-answer-within': {
    en: 'no answer within {seconds} s',
    de: 'innerhalb von {seconds} s kam keine Antwort',
  },
  'http.too-slow': { en: 'it takes longer than {seconds} s', de: 'es dauert länger als {seconds} s' },
  'http.unknown-host': { en: 'the host name is unknown', de: 'den Namen des Rechners kennt niemand' },
  'http.no-lookup': {
    en: 'the host name cannot be looked up at the moment',
    de: 'der Name des Rechners lässt sich gerade nicht nachschlagen',
  },
  'http.silent': { en: 'the host does not answer', de: 'der Rechner antwortet nicht' },
  'http.no-route': { en: 'the host cannot be reached', de: 'der Rechner ist nicht zu erreichen' },
  'http.expired': { en: 'its certificate has expired', de: 'das Zertifikat ist abgelaufen' },
  'http.self-signed': {
    en: 'its certificate is self-signed',
    de: 'das Zertifikat hat sich selbst unterschrieben',
  },
  'http.untrusted': { en: 'its certificate is not trusted', de: 'dem Zertifikat wird nicht vertraut' },
  'http.other-name': {
    en: 'its certificate is for another name',
    de: 'das Zertifikat ist für einen anderen Namen',
  },
  'http.not-http': {
    en: 'what answers there does not speak HTTP',
    de: 'was dort antwortet, spricht kein HTTP',
  },
  'http.redirect': {
    en: 'it answered {status}, a redirect, which is not followed',
    de: 'es kam {status}, eine Weiterleitung, der nicht gefolgt wird',
  },
  'http.status': { en: 'it answered with status {status}', de: 'es kam der Status {status}' },
  'http.failed-with': {
    en: 'the connection failed ({code})',
    de: 'die Verbindung ist gescheitert ({code})',
  },
  'http.failed': { en: 'the connection failed', de: 'die Verbindung ist gescheitert' },

  'address.own': { en: 'it leads back to Botmother itself', de: 'sie führt zu Botmother selbst zurück' },
  'address.private': {
    en: '{address} is not a public address; add it to webhook_allow_private if you trust it',
    de: '{address} ist keine öffentliche Adresse; trag sie bei webhook_allow_private ein, wenn du ihr vertraust',
  },
  'address.not-encrypted': {
    en: 'use https://, http:// is for this machine only',
    de: 'nimm https://, denn http:// ist nur für diesen Rechner',
  },
  'address.incomplete': {
    en: 'it is not a complete address like https://host.example/path',
    de: 'sie ist keine vollständige Adresse wie https://host.example/path',
  },
  'address.no-http': { en: 'use https://', de: 'nimm https://' },
  'address.login': {
    en: 'leave out the user name and password',
    de: 'lass Namen und Passwort darin weg',
  },
  'address.leads-on': {
    en: 'it leads on to another address, which is not followed: set the address it leads to',
    de: 'sie führt zu einer anderen Adresse weiter, der nicht gefolgt wird: gib die an, zu der sie führt',
  },
  'address.no-port': { en: 'nothing can be reached at port 0', de: 'an Port 0 ist nichts zu erreichen' },

  'webhook.answered': { en: 'answered {status}', de: 'Antwort {status}' },
  'webhook.redirect': {
    en: 'answered {status}, a redirect, which is not followed',
    de: 'Antwort {status}, eine Weiterleitung, der nicht gefolgt wird',
  },
  'webhook.gone': {
    en: 'answered 410: it wants no more, so the webhook is off',
    de: 'Antwort 410: Dort wird nichts mehr gewünscht, darum ist der Webhook aus',
  },
  'webhook.not-made': {
    en: 'the request could not be made',
    de: 'die Anfrage kam nicht zustande',
  },
} as const;
