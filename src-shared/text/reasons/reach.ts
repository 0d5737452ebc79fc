/** Why an address is not asked, and why it gave no answer: each sentence by its code. */
export const reachReasons = {
  'address.ourselves': {
    en: 'it leads back to Botmother itself',
    de: 'sie führt zu Botmother selbst zurück',
  },
  'address.private': {
    en: '{address} is not a public address; add it to webhook_allow_private if you trust it',
    de: '{address} ist keine öffentliche Adresse; nimm sie in webhook_allow_private auf, wenn du ihr vertraust',
  },
  'address.http': {
    en: 'use https://, http:// is for this machine only',
    de: 'nimm https://, http:// gilt nur für diesen Rechner',
  },
  'address.incomplete': {
    en: 'it is not a complete address like https://host.example/path',
    de: 'sie ist keine vollständige Adresse wie https://host.example/pfad',
  },
  'address.protocol': { en: 'use https://', de: 'nimm https://' },
  'address.credentials': {
    en: 'leave out the user name and password',
    de: 'lass Benutzernamen und Passwort weg',
  },
  'address.port-0': {
    en: 'nothing can be reached at port 0',
    de: 'unter Port 0 ist nichts zu erreichen',
  },
  'answer.refused': {
    en: 'nothing listens there (connection refused)',
    de: 'dort läuft nichts (Verbindung abgelehnt)',
  },
  'answer.cut': { en: 'the connection was cut', de: 'die Verbindung wurde abgebrochen' },
  'answer.late': { en: 'no answer came in time', de: 'es kam nicht rechtzeitig eine Antwort' },
  'answer.stalled': { en: 'nothing came for too long', de: 'es kam zu lange nichts' },
  'answer.no-host': { en: 'the host name is unknown', de: 'der Hostname ist unbekannt' },
  'answer.no-lookup': {
    en: 'the host name cannot be looked up at the moment',
    de: 'der Hostname lässt sich gerade nicht auflösen',
  },
  'answer.silent': { en: 'the host does not answer', de: 'der Rechner antwortet nicht' },
  'answer.no-way': { en: 'the host cannot be reached', de: 'der Rechner ist nicht zu erreichen' },
  'answer.not-http': {
    en: 'what answers there does not speak HTTP',
    de: 'was dort antwortet, spricht kein HTTP',
  },
  'answer.expired': { en: 'its certificate has expired', de: 'sein Zertifikat ist abgelaufen' },
  'answer.self-signed': { en: 'its certificate is self-signed', de: 'sein Zertifikat ist selbst gemacht' },
  'answer.untrusted': { en: 'its certificate is not trusted', de: 'seinem Zertifikat wird nicht vertraut' },
  'answer.other-name': {
    en: 'its certificate is for another name',
    de: 'sein Zertifikat gilt für einen anderen Namen',
  },
  'answer.failed-with': {
    en: 'the connection failed ({code})',
    de: 'die Verbindung ist fehlgeschlagen ({code})',
  },
  'answer.failed': { en: 'the connection failed', de: 'die Verbindung ist fehlgeschlagen' },
  'answer.too-slow': { en: 'it takes longer than {seconds} s', de: 'es dauert länger als {seconds} s' },
  'answer.none-within': {
    en: 'no answer within {seconds} s',
    de: 'keine Antwort innerhalb von {seconds} s',
  },
  'answer.redirect': {
    en: 'it answered {status}, a redirect, which is not followed',
    de: 'es kam {status}, eine Weiterleitung, der nicht gefolgt wird',
  },
  'answer.status': { en: 'it answered with status {status}', de: 'es kam der Status {status}' },
  'webhook.status': { en: 'answered {status}', de: 'antwortete mit {status}' },
  'webhook.redirect': {
    en: 'answered {status}, a redirect, which is not followed',
    de: 'antwortete mit {status}, einer Weiterleitung, der nicht gefolgt wird',
  },
} as const;
