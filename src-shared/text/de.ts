import type { TextKey } from './en.ts';

export const de: Record<TextKey, string> = {
  usage: 'Verwendung: {{usage}}',
  'help.title': 'Botmother - deine Bots in diesem Chat',
  'help.usage': '/help',
  'help.summary': 'Diese Liste zeigen',
  'help.commands': 'Befehle:',
  'help.hint': 'Alles andere, was du hier schreibst, geht an deinen neuesten aktiven Bot.',
  'help.api': 'API URL: {{url}}',
  'newbot.usage': '/newbot <Name>',
  'newbot.example': 'Beispiel: /newbot Wetter',
  'newbot.summary': 'Einen Bot anlegen (höchstens {{limit}})',
  'newbot.done':
    'Bot angelegt (created)!\nID: {{id}}\nName: {{name}}\nModus: {{mode}}\nToken: {{token}}\nAPI URL: {{url}}\n' +
    'Das Token gehört in den Authorization-Header:\nAuthorization: Bearer {{token}}\n' +
    'Er liest, was du in diesem Chat schreibst (Scope: self).',
  'mybots.usage': '/mybots',
  'mybots.summary': 'Deine Bots mit ihrem Status zeigen',
  'mybots.title': 'Deine Bots:',
  'mybots.line': '[{{id}}] {{name}} ({{mode}}, {{status}})',
  'mybots.line-jid': '[{{id}}] {{name}} ({{mode}}, {{status}}) — {{jid}}',
  'mybots.none': 'Du hast noch keine Bots. So legst du einen an: /newbot Wetter',
  'token.usage': '/token <ID>',
  'token.example': 'Beispiel: /token 3 (die IDs zeigt /mybots)',
  'token.summary': 'Ein neues API-Token machen; das alte endet',
  'token.done': 'Neues Token für {{name}}:\n{{token}}\n(Das alte Token gilt nicht mehr)',
  'unknown.line': '{{command}} ist hier kein Befehl. Siehe /help.',
  'unknown.nearest': '{{command}} ist hier kein Befehl. Meintest du {{nearest}}? Siehe /help.',
  'late.title':
    'Gesendet, während ich offline war, deshalb nicht ausgeführt. Schicke es noch einmal, wenn du es noch willst:',
  'retraction.fallback': 'Hier wurde eine Nachricht gelöscht. Deine App kennt das Löschen nicht.',
  'status.active': 'aktiv',
  'status.disabled': 'deaktiviert',
};
