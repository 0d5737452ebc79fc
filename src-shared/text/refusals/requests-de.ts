import type { ErrorCode } from '../../errors.ts';

/** Who asks and how, in German. */
export const requestRefusalsDe = {
  'host.unknown':
    'Dieser Server antwortet nicht für den Rechnernamen, nach dem gefragt wurde. Nimm 127.0.0.1 oder localhost mit dem richtigen Port.',
  'route.unknown': 'Eine Adresse {path} gibt es nicht.',
  'route.slash': 'Eine Adresse {path} gibt es nicht. Lass den Schrägstrich am Ende weg: {meant}',
  'route.method': '{path} nimmt {allowed}, nicht {method}.',
  'body.media-type': 'Schick den Inhalt als JSON, mit der Kopfzeile "Content-Type: application/json".',
  'body.too-large': 'Der Inhalt ist größer als {limit} Bytes.',
  'rate.exceeded': 'Das waren zu viele Anfragen. Versuch es in {seconds} s noch einmal.',
  'token.missing': 'Diese Adresse braucht die Kopfzeile "Authorization: Bearer bm_...".',
  'token.unknown':
    'Dieses Token ist unbekannt, widerrufen oder ersetzt. Ein neues gibt es mit /token im Chat mit dir selbst.',
  'token.scope':
    'Dieses Token darf das nicht: Ihm fehlt {missing} (es hat: {has}). So gibt es eins, das darf: botmother bot token {id} --scopes {missing}',
  'admin.token-missing':
    'Diese Adresse braucht die Kopfzeile "Authorization: Bearer bma_...". Das Token zeigt: botmother admin-token show',
  'admin.token-unknown':
    'Dieses Admin-Token ist unbekannt oder wurde ersetzt. Das richtige zeigt: botmother admin-token show',
  'admin.keeper-only': 'Das geht nur mit der Befehlszeile und dem Fenster auf diesem Rechner.',
  'panel.code': 'Diese Anmelde-Adresse wurde schon benutzt oder ist zu alt. Eine neue gibt: botmother panel',
  'panel.session': 'Diese Sitzung ist zu Ende. Eine neue Anmelde-Adresse gibt: botmother panel',
  'admin.denied': 'Die Admin-Adressen sind hier geschlossen: {reason}.',
  'idempotency.other-request':
    'Dieser Idempotency-Key gehörte in den letzten 24 Stunden zu einer Nachricht mit anderem Inhalt. Nimm für eine neue Nachricht einen neuen.',
} as const satisfies Partial<Record<ErrorCode, string>>;
