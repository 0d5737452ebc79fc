import type { apiEn } from './api-en.ts';

/** Die Seiten von `/api` im Chat. */
export const apiDe: Record<keyof typeof apiEn, string> = {
  'api.usage': '/api [auth|nachrichten|webhook|verwaltung|erweitert|beispiele|server]',
  'api.example': '/api nachrichten',
  'api.summary': 'Anleitung zu HTTP-API und Webhooks',
  'api.title': 'HTTP-API',
  'api.base-url': 'Basis-URL: {{url}}',
  'api.mode.local': 'Erreichbar von: nur diesem Rechner (lokaler Modus, http)',
  'api.mode.network': 'Erreichbar von: dem Netzwerk (Netzwerkmodus, https)',
  'api.no-bot': 'Es ist kein Bot ausgewählt. Leg einen an mit /newbot <Name>, oder wähl einen mit /use <ID>.',
  'api.no-token': 'keins (neu: /token {{id}})',
  'api.back': 'Zurück',
  'api.unknown': 'Es gibt keine Seite „{{word}}“.',
  'api.self-made':
    'Das Zertifikat ist hier entstanden. Gib Programmen die Datei api-tls/server.crt aus dem Datenordner (curl: --cacert), oder probier es mit -k und vergleich den Fingerabdruck.',

  'api.auth.summary': 'Anmeldung',
  'api.auth.text':
    'Jede Anfrage eines Bots trägt sein Token in einer Kopfzeile:\nAuthorization: Bearer <TOKEN>\nToken dieses Bots: {{token}}\nDas ganze Token: /showtoken {{id}} im Chat mit dir selbst.\nEin unbekanntes, widerrufenes oder ersetztes Token bekommt 401, ein ausgeschalteter Bot 403.',
  'api.messages.summary': 'Nachrichten senden und empfangen',
  'api.messages.text':
    'Der Text gehört in „text“. Eine Antwort hat ihre Werte neben „ok“ und in „result“. getUpdates gibt, was kam, und vergisst es beim nächsten Aufruf mit dessen „offset“; „timeout“ wartet auf Neues, bis zu 50 Sekunden.',
  'api.webhook.summary': 'Webhooks',
  'api.webhook.text':
    'Mit einem Webhook wird jedes Update als {"update_id", "update_type", "data"} an deine Adresse geschickt, unterschrieben mit einem Geheimnis, das setWebhook nennt (X-Bot-Signature: HMAC-SHA-256 des Inhalts). Antworte in 10 Sekunden mit 2xx; was scheitert, wird 24 Stunden lang wieder versucht.',
  'api.webhook.error': 'Letzter Fehler: {{error}}',
  'api.management.summary': 'Bots anlegen und verwalten',
  'api.management.text': 'Hier für den Bot mit der ID {{id}}:',
  'api.management.local': 'Programme desselben Benutzers auf diesem Rechner brauchen dafür kein Token.',
  'api.management.token': 'Dafür braucht es das Admin-Token. Wo Botmother läuft: botmother admin-token show',
  'api.advanced.summary': 'Reaktionen, Antworten, Löschen, Befehle',
  'api.advanced.text':
    'Nachrichten heißen wie „stanza_id“ in einem Update oder „message_id“ von sendMessage.',
  'api.examples.summary': 'Schnellstart mit curl und Python',
  'api.examples.python': 'Ein Bot in Python, der wiederholt, was man ihm sagt:',
  'api.server.summary': 'Server-Einstellungen (für den Betreiber)',
  'api.server.usage':
    '/api server [status|lokal|netzwerk|port <Nummer>|cert <Datei>|key <Datei>|cert auto|zertifikat-erneuern|zertifikat-loeschen]',

  'api.call.me': 'Wer bin ich?',
  'api.call.send': 'Eine Nachricht senden',
  'api.call.updates': 'Holen, was kam',
  'api.call.typing': 'Zeigen, dass der Bot schreibt',
  'api.call.set-webhook': 'Einen Webhook setzen',
  'api.call.webhook-info': 'Wie es ihm geht',
  'api.call.delete-webhook': 'Ihn wegnehmen',
  'api.call.list': 'Bots auflisten',
  'api.call.create': 'Einen Bot anlegen',
  'api.call.deactivate': 'Ihn ausschalten',
  'api.call.activate': 'Ihn einschalten',
  'api.call.token': 'Ein neues Token; das alte gilt nicht mehr',
  'api.call.revoke': 'Das Token wegnehmen und ausschalten',
  'api.call.delete': 'Ihn löschen',
  'api.call.set-commands': 'Die Befehle des Bots setzen',
  'api.call.get-commands': 'Sie lesen',
  'api.call.info': 'Alles über den Bot',
  'api.call.reaction': 'Auf eine Nachricht reagieren ("" nimmt es zurück)',
  'api.call.delete-message': 'Eine Nachricht zurücknehmen',
  'api.call.reply': 'Auf eine Nachricht antworten',
  'api.call.correct': 'Eine Nachricht berichtigen',

  'server.mode': 'Modus: {{mode}}',
  'server.port': 'Port: {{port}}',
  'server.addresses': 'Hört auf: {{addresses}}',
  'server.none': 'gerade nichts',
  'server.http': 'Protokoll: HTTP, unverschlüsselt',
  'server.https': 'Protokoll: HTTPS (TLS 1.2 oder neuer)',
  'server.problem': 'Problem: {{problem}}',
  'server.given': 'Beim Start gesagt, und gilt vor den Einstellungen: {{what}}',
  'server.done': 'Erledigt. Der API-Server jetzt:',
  'server.already': 'Das ist schon so. Der API-Server:',
  'server.not-as-wished':
    'Die Einstellung ist gespeichert, aber der Server konnte ihr nicht folgen. Er bleibt, wie er ist:',
  'server.cert.self-made': 'Zertifikat: hier gemacht, von niemand anderem unterschrieben',
  'server.cert.own': 'Zertifikat: dein eigenes',
  'server.cert.until': 'Gültig bis: {{day}}',
  'server.cert.names': 'Für: {{names}}',
  'server.cert.kept': 'Gespeichert. Benutzt wird es im Netzwerkmodus; jetzt:',
  'server.cert.not-served': 'Es wird gerade nicht benutzt.',
  'server.local.summary': 'Nur dieser Rechner erreicht die API (HTTP)',
  'server.network.summary': 'Das Netzwerk erreicht die API (HTTPS)',
  'server.network.question':
    'Soll jeder im Netzwerk die API erreichen? Sie hört dann auf allen Adressen dieses Rechners, mit TLS; Admin-Routen brauchen dann das Admin-Token.',
  'server.port.usage': '/api server port <Nummer>',
  'server.port.summary': 'Den Port ändern (1024 bis 65535)',
  'server.cert.usage': '/api server cert <Datei> [<Schlüsseldatei>]',
  'server.cert.summary':
    'Dein eigenes Zertifikat aus api-tls/ nehmen; mit zweiter Datei Zertifikat und Schlüssel zugleich',
  'server.key.usage': '/api server key <Datei>',
  'server.key.summary': 'Deinen eigenen Schlüssel aus api-tls/ nehmen',
  'server.cert-auto.summary': 'Das Zertifikat nehmen, das Botmother macht',
  'server.status.summary': 'Zustand des API-Servers',
  'server.renew.summary': 'Das selbst gemachte Zertifikat neu machen',
  'server.renew.done':
    'Ein neues Zertifikat ist gemacht, mit neuem Schlüssel. Programme, die dem alten vertrauen, brauchen es.',
  'server.delete.summary': 'Das selbst gemachte Zertifikat löschen',
  'server.delete.done':
    'Das selbst gemachte Zertifikat ist gelöscht. Wird eins gebraucht, entsteht ein neues.',
  'server.delete.another':
    'Das selbst gemachte Zertifikat ist gelöscht. Ein neues ist gleich entstanden, weil es gebraucht wird:',
  'server.delete.none': 'Es gab kein selbst gemachtes Zertifikat.',
};
