/** Why an account is not connected: each sentence by its code. */
export const connectionReasons = {
  'net.refused': {
    en: '{place} refused the connection. Is the server running, and is the port right?',
    de: '{place} hat die Verbindung abgelehnt. Läuft der Server, und stimmt der Port?',
  },
  'net.cut': { en: '{place} cut the connection.', de: '{place} hat die Verbindung abgebrochen.' },
  'net.unknown-host': {
    en: 'The host name of {place} is unknown. Check the spelling.',
    de: 'Den Namen von {place} kennt niemand. Prüf, wie er geschrieben ist.',
  },
  'net.no-lookup': {
    en: 'The host name of {place} cannot be looked up at the moment.',
    de: 'Der Name von {place} lässt sich gerade nicht nachschlagen.',
  },
  'net.silent': { en: '{place} does not answer.', de: '{place} antwortet nicht.' },
  'net.no-route': {
    en: '{place} cannot be reached from here.',
    de: '{place} ist von hier aus nicht zu erreichen.',
  },
  'net.no-tls': {
    en: '{place} does not speak TLS. Use xmpp:// for a port with STARTTLS.',
    de: '{place} spricht kein TLS. Nimm xmpp:// für einen Port mit STARTTLS.',
  },
  'net.failed-with': {
    en: 'The connection to {place} failed ({code}).',
    de: 'Die Verbindung zu {place} ist gescheitert ({code}).',
  },
  'net.failed': {
    en: 'The connection to {place} failed.',
    de: 'Die Verbindung zu {place} ist gescheitert.',
  },
  'net.no-address': { en: '{domain} has no address.', de: '{domain} hat keine Adresse.' },
  'net.gone': { en: '{domain} no longer answers.', de: '{domain} antwortet nicht mehr.' },
  'net.no-websocket': {
    en: 'There is no XMPP service at {url}.',
    de: 'Unter {url} gibt es keinen XMPP-Dienst.',
  },
  'dns.none': {
    en: '{domain} says (in DNS) that it has no XMPP service.',
    de: '{domain} sagt (im DNS), dass es dort keinen XMPP-Dienst gibt.',
  },
  'service.not-encrypted': {
    en: 'ws:// is not encrypted. Use wss://.',
    de: 'ws:// ist nicht verschlüsselt. Nimm wss://.',
  },
  'service.not-understood': {
    en: '"{service}" is not an XMPP service. Write xmpp://host:port, xmpps://host:port or wss://host/path.',
    de: '„{service}“ ist kein XMPP-Dienst. Schreib xmpp://host:port, xmpps://host:port oder wss://host/pfad.',
  },
  'tls.untrusted': {
    en: 'The certificate of {place} is signed by nobody that is trusted here. If the server has its own authority, give its CA certificate.',
    de: 'Das Zertifikat von {place} hat niemand unterschrieben, dem hier vertraut wird. Hat der Server eine eigene Zertifizierungsstelle, gib deren Zertifikat an.',
  },
  'tls.expired': {
    en: 'The certificate of {place} has expired. Renew it on the server.',
    de: 'Das Zertifikat von {place} ist abgelaufen. Erneuere es auf dem Server.',
  },
  'tls.not-yet': {
    en: 'The certificate of {place} is not valid yet. Check the clocks of the server and of this machine.',
    de: 'Das Zertifikat von {place} gilt noch nicht. Prüf die Uhren des Servers und dieses Rechners.',
  },
  'tls.other-name': {
    en: 'The certificate of {place} is for another name than {domain}.',
    de: 'Das Zertifikat von {place} ist für einen anderen Namen als {domain}.',
  },
  'tls.revoked': {
    en: 'The certificate of {place} was revoked.',
    de: 'Das Zertifikat von {place} wurde widerrufen.',
  },
  'tls.not-offered': {
    en: '{place} does not offer encryption (STARTTLS). Nothing was sent to it.',
    de: '{place} bietet keine Verschlüsselung an (STARTTLS). Es wurde nichts dorthin geschickt.',
  },
  'tls.not-started': {
    en: '{place} refused to start encryption (STARTTLS).',
    de: '{place} hat die Verschlüsselung nicht begonnen (STARTTLS).',
  },
  'tls.none': { en: 'The connection is not encrypted.', de: 'Die Verbindung ist nicht verschlüsselt.' },
  'tls.opened': {
    en: 'The encrypted connection to {domain} does not end at its server: something in between opens it.',
    de: 'Die verschlüsselte Verbindung zu {domain} endet nicht bei dessen Server: Etwas dazwischen öffnet sie.',
  },
  'login.no-way': {
    en: '{domain} offers no way to sign in that is known here ({list}).',
    de: '{domain} bietet keine Anmeldung an, die hier bekannt ist ({list}).',
  },
  'login.stopped': {
    en: 'Signing in to {domain} was stopped: {detail}.',
    de: 'Die Anmeldung bei {domain} wurde abgebrochen: {detail}.',
  },
  'login.odd-answer': {
    en: '{domain} answered the sign-in with <{answer}/>.',
    de: '{domain} hat auf die Anmeldung mit <{answer}/> geantwortet.',
  },
  'login.password': {
    en: 'The server does not accept this password for {jid}.',
    de: 'Der Server nimmt dieses Passwort für {jid} nicht an.',
  },
  'login.disabled': {
    en: 'The account {jid} is disabled on the server.',
    de: 'Das Konto {jid} ist auf dem Server gesperrt.',
  },
  'login.expired': {
    en: 'The password of {jid} has expired on the server.',
    de: 'Das Passwort von {jid} ist auf dem Server abgelaufen.',
  },
  'login.address': {
    en: 'The server does not accept the address {jid}.',
    de: 'Der Server nimmt die Adresse {jid} nicht an.',
  },
  'login.way': {
    en: 'The server does not accept the way {jid} signs in.',
    de: 'Der Server nimmt die Art nicht an, wie sich {jid} anmeldet.',
  },
  'login.not-now': {
    en: '{domain} cannot let {jid} in at the moment: {said}.',
    de: '{domain} kann {jid} gerade nicht einlassen: {said}.',
  },
  'login.too-long': {
    en: '{domain} let nobody in for {seconds} s.',
    de: '{domain} hat {seconds} s lang niemanden eingelassen.',
  },
  'bind.other-account': {
    en: '{domain} bound another account ({other}).',
    de: '{domain} hat ein anderes Konto angemeldet ({other}).',
  },
  'bind.refused': {
    en: '{domain} gave no session: {said}.',
    de: '{domain} hat keine Sitzung gegeben: {said}.',
  },
  'stream.conflict': {
    en: 'Another program signed in to this account under the same resource.',
    de: 'Ein anderes Programm hat sich bei diesem Konto unter derselben Ressource angemeldet.',
  },
  'stream.not-authorized': {
    en: '{domain} no longer accepts this sign-in.',
    de: '{domain} nimmt diese Anmeldung nicht mehr an.',
  },
  'stream.host-unknown': {
    en: 'The server there does not serve {domain}.',
    de: 'Der Server dort ist nicht der von {domain}.',
  },
  'stream.host-gone': {
    en: 'The server there no longer serves {domain}.',
    de: 'Der Server dort ist nicht mehr der von {domain}.',
  },
  'stream.other-host': {
    en: '{domain} asks to connect to another of its servers.',
    de: '{domain} bittet, einen anderen seiner Server zu nehmen.',
  },
  'stream.reset': {
    en: '{domain} asks to sign in anew.',
    de: '{domain} bittet, sich neu anzumelden.',
  },
  'stream.shutdown': { en: '{domain} is shutting down.', de: '{domain} wird heruntergefahren.' },
  'stream.timeout': {
    en: '{domain} heard nothing from here for too long.',
    de: '{domain} hat von hier zu lange nichts gehört.',
  },
  'stream.policy': {
    en: '{domain} ended the connection: too much or too large was sent.',
    de: '{domain} hat die Verbindung beendet: Es wurde zu viel oder zu Großes geschickt.',
  },
  'stream.no-room': {
    en: '{domain} has no room for this session.',
    de: '{domain} hat keinen Platz für diese Sitzung.',
  },
  'stream.ended': {
    en: '{domain} ended the connection: {said}.',
    de: '{domain} hat die Verbindung beendet: {said}.',
  },
  'stream.not-xmpp': { en: '{place} does not speak XMPP.', de: '{place} spricht kein XMPP.' },
  'stream.not-as-expected': {
    en: '{place} does not speak XMPP as expected.',
    de: '{place} spricht XMPP anders als erwartet.',
  },
  'stream.not-allowed': {
    en: '{domain} sent what XMPP does not allow: {detail}.',
    de: '{domain} hat etwas geschickt, das XMPP nicht erlaubt: {detail}.',
  },
  'stream.too-much': {
    en: '{place} sends too much before the sign-in is done.',
    de: '{place} schickt zu viel, bevor die Anmeldung fertig ist.',
  },
  'stream.closed': { en: '{place} closed the connection.', de: '{place} hat die Verbindung geschlossen.' },
  'stream.no-answer': {
    en: '{place} did not answer in time.',
    de: '{place} hat nicht rechtzeitig geantwortet.',
  },
  'stream.no-tls-start': {
    en: '{place} did not finish the start of TLS.',
    de: '{place} hat den Beginn von TLS nicht zu Ende gebracht.',
  },
  'stream.lost-count': {
    en: 'The server has lost count of what it got from here.',
    de: 'Der Server hat sich verzählt bei dem, was er von hier bekommen hat.',
  },
  'here.closed': {
    en: 'The connection was closed here.',
    de: 'Die Verbindung wurde von hier geschlossen.',
  },
  'here.stopped': { en: 'The session was stopped.', de: 'Die Sitzung wurde beendet.' },
  'here.not-stored': {
    en: 'A message could not be stored.',
    de: 'Eine Nachricht konnte nicht gespeichert werden.',
  },
  'here.wrong': { en: 'Something went wrong here.', de: 'Hier ist etwas schiefgegangen.' },
  'here.wrong-with-sent': {
    en: 'Something went wrong here with what the server sent.',
    de: 'Hier ist etwas schiefgegangen mit dem, was der Server geschickt hat.',
  },
  'here.offline': { en: 'The account is not online.', de: 'Das Konto ist nicht online.' },
  'here.cancelled': { en: 'it was cancelled', de: 'es wurde abgebrochen' },
  'here.too-long': { en: 'it takes too long', de: 'es dauert zu lange' },
  'here.signed-out': { en: 'it is signed out', de: 'es ist abgemeldet' },
  'here.not-connected': { en: 'it is not connected', de: 'es ist nicht verbunden' },
} as const;
