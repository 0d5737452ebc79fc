/** What Botmother says in chat. Placeholders in double braces; labels and their order follow the guide. */
export const en = {
  usage: 'Usage: {{usage}}',
  'help.title': 'Botmother - your bots in this chat',
  'help.usage': '/help',
  'help.summary': 'Show this list',
  'help.commands': 'Commands:',
  'help.hint': 'Anything else you write here goes to your newest active bot.',
  'help.api': 'API URL: {{url}}',
  'newbot.usage': '/newbot <name>',
  'newbot.example': 'Example: /newbot Weather',
  'newbot.summary': 'Create a bot (at most {{limit}})',
  'newbot.done':
    'Bot created!\nID: {{id}}\nName: {{name}}\nMode: {{mode}}\nToken: {{token}}\nAPI URL: {{url}}\n' +
    'Use the token in the Authorization header:\nAuthorization: Bearer {{token}}\n' +
    'It reads what you write in this chat (scope: self).',
  'mybots.usage': '/mybots',
  'mybots.summary': 'List your bots with their status',
  'mybots.title': 'Your bots:',
  'mybots.line': '[{{id}}] {{name}} ({{mode}}, {{status}})',
  'mybots.line-jid': '[{{id}}] {{name}} ({{mode}}, {{status}}) — {{jid}}',
  'mybots.none': 'You have no bots yet. Create one with: /newbot Weather',
  'token.usage': '/token <ID>',
  'token.example': 'Example: /token 3 (see /mybots for the IDs)',
  'token.summary': 'Make a new API token; the old one ends',
  'token.done': 'New token generated for {{name}}:\n{{token}}\n(Old token is now invalid)',
  'unknown.line': '{{command}} is not a command here. See /help.',
  'unknown.nearest': '{{command}} is not a command here. Did you mean {{nearest}}? See /help.',
  'late.title': 'Sent while I was offline, so I did not run it. Send it again if you still want it:',
  'retraction.fallback': 'A message was deleted here. Your app does not know about deleting.',
  'status.active': 'active',
  'status.disabled': 'disabled',
} as const;

export type TextKey = keyof typeof en;
