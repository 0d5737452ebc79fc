/** What Botmother says in chat. Placeholders in double braces; labels and their order follow the guide. */
export const en = {
  usage: 'Usage: {{usage}}',
  example: 'Example: {{example}}',
  'confirm.chat': '{{question}}\nTo do it: {{command}}',
  'confirm.missing': 'Not confirmed, so nothing was changed.',
  'form.instructions': '{{summary}}.',

  'help.title': 'Botmother - your bots in this chat',
  'help.usage': '/help [command]',
  'help.summary': 'Show this list, or more about one command',
  'help.commands': 'Commands:',
  'help.examples': 'Examples:',
  'help.hint':
    'Anything else you write here goes to the bot you chose with /use, else to your newest active one.',
  'help.api': 'API URL: {{url}}',

  'newbot.usage': '/newbot <name>',
  'newbot.example': '/newbot Weather',
  'newbot.summary': 'Create a personal bot (at most {{limit}} per account)',
  'newbot.done':
    'Bot created!\nID: {{id}}\nName: {{name}}\nMode: {{mode}}\nToken: {{token}}\nAPI URL: {{url}}\n' +
    'Use the token in the Authorization header:\nAuthorization: Bearer {{token}}\n' +
    'Scope: {{scope}} ({{meaning}}). Change it with /scope {{id}}.',

  'mybots.usage': '/mybots',
  'mybots.summary': 'List your bots with their status',
  'mybots.title': 'Your bots:',
  'mybots.line': '[{{id}}] {{name}} ({{mode}}, {{status}})',
  'mybots.line-jid': '[{{id}}] {{name}} ({{mode}}, {{status}}) — {{jid}}',
  'mybots.none': 'You have no bots yet. Create one with: /newbot Weather',

  'deletebot.usage': '/deletebot <ID>',
  'deletebot.example': '/deletebot 3',
  'deletebot.summary': 'Delete a bot; asks first',
  'deletebot.question':
    'Delete bot "{{name}}" (ID: {{id}})? Its token, settings and waiting updates go with it, and its ID is never used again.',
  'deletebot.confirm': '/deletebot {{id}} yes',
  'deletebot.done': 'Bot "{{name}}" (ID: {{id}}) deleted.',

  'token.usage': '/token <ID>',
  'token.example': '/token 3 (see /mybots for the IDs)',
  'token.summary': 'Make a new API token; the old one ends',
  'token.done': 'New token generated for {{name}}:\n{{token}}\n(Old token is now invalid)',
  'token.disabled': 'The bot is still deactivated. Switch it on with: /activate {{id}}',
  'showtoken.usage': '/showtoken <ID>',
  'showtoken.example': '/showtoken 3 (see /mybots for the IDs)',
  'showtoken.summary': 'Show the API token',
  'showtoken.done': 'Token for {{name}} (ID: {{id}}):\n{{token}}',
  'showtoken.revoked':
    '{{name}} (ID: {{id}}) has no token: it was revoked. Make a new one with: /token {{id}}',
  'revoke.usage': '/revoke <ID>',
  'revoke.example': '/revoke 3 (see /mybots for the IDs)',
  'revoke.summary': 'Take the token away and deactivate the bot',
  'revoke.done':
    'Token revoked. Bot "{{name}}" is now disabled.\nTo bring it back: /token {{id}}, then /activate {{id}}',

  'activate.usage': '/activate <ID>',
  'activate.example': '/activate 3 (see /mybots for the IDs)',
  'activate.summary': 'Switch a bot on',
  'activate.done': 'Bot "{{name}}" (ID: {{id}}) activated.',
  'activate.already': 'Bot "{{name}}" (ID: {{id}}) is activated already.',
  'activate.no-token': 'It has no token. Make one with: /token {{id}}',
  'deactivate.usage': '/deactivate <ID>',
  'deactivate.example': '/deactivate 3 (see /mybots for the IDs)',
  'deactivate.summary': 'Switch a bot off; it keeps its token',
  'deactivate.done':
    'Bot "{{name}}" (ID: {{id}}) deactivated. Its token is refused until you switch it on again: /activate {{id}}',
  'deactivate.already': 'Bot "{{name}}" (ID: {{id}}) is deactivated already.',

  'setcommands.usage': '/setcommands <ID> /command - description, ...',
  'setcommands.example': '/setcommands 3 /weather - Weather report, /time - The time',
  'setcommands.summary': 'Set the slash commands that a bot takes, one per line or comma; - for none',
  'setcommands.done': 'Commands updated for {{name}} (ID: {{id}}). Commands set: {{number}}',
  'setdescription.usage': '/setdescription <ID> <text>',
  'setdescription.example': '/setdescription 3 Tells the weather',
  'setdescription.summary': 'Set what a bot says about itself; - for nothing',
  'setdescription.done': 'Description updated for {{name}} (ID: {{id}}).',

  'use.usage': '/use <ID>',
  'use.example': '/use 3 (see /mybots for the IDs)',
  'use.summary': 'Choose the bot that gets what you write here',
  'use.done': 'What you write here goes to {{name}} (ID: {{id}}) now.',
  'scope.usage': '/scope <ID> self|direct|all',
  'scope.example': '/scope 3 direct',
  'scope.summary': 'Set what a bot reads',
  'scope.self': 'reads what you write in this chat',
  'scope.direct': 'reads this chat and what others write to you',
  'scope.all': 'reads this chat, what others write to you, your rooms, and what you write to others',
  'scope.done': 'Scope updated for {{name}} (ID: {{id}}).\nScope: {{scope}} ({{meaning}})',

  'status.usage': '/status [ID]',
  'status.example': '/status 3 (see /mybots for the IDs)',
  'status.summary': 'Show how everything is doing, or one bot in detail',
  'status.title': 'Botmother status',
  'status.account': 'Account: {{jid}} ({{state}})',
  'status.bots': 'Bots: {{number}} of {{limit}}, active: {{active}}',
  'status.bot':
    '[{{id}}] {{name}} ({{mode}}, {{status}}), waiting updates: {{pending}}, webhook: {{webhook}}',
  'status.selected': 'What you write here goes to: {{name}} (ID: {{id}})',
  'status.none-selected': 'What you write here goes to no bot: none is active.',
  'status.api-url': 'API URL: {{url}}',
  'bot.name': 'Bot: {{name}}',
  'bot.mode': 'Mode: {{mode}}',
  'bot.status': 'Status: {{status}}',
  'bot.owners-jid': 'JID: {{jid}} (your own)',
  'bot.webhook': 'Webhook: {{webhook}}',
  'bot.webhook-error': 'Webhook error: {{error}}; next try {{at}}',
  'bot.commands': 'Commands: {{commands}}',
  'bot.no-commands': 'none',
  'bot.state': 'State: {{state}}',
  'bot.scope': 'Scope: {{scope}} ({{meaning}})',
  'bot.pending': 'Waiting updates: {{pending}}',
  'bot.description': 'Description: {{description}}',
  'bot.last-active': 'Last active: {{at}}',
  'status.active': 'active',
  'status.disabled': 'disabled',
  'webhook.off': 'off',
  'webhook.active': 'active',
  'webhook.failing': 'failing',
  'state.offline': 'offline',
  'state.connecting': 'connecting',
  'state.online': 'online',
  'state.backing_off': 'reconnecting',
  'state.failed': 'failed',
  'state.unavailable': 'unavailable',

  'field.bot': 'Bot',
  'field.name': 'Name of the new bot',
  'field.command': 'Command',
  'field.commands': 'Commands, one per line: /command - description',
  'field.description': 'Description',
  'field.scope': 'What the bot reads',
  'field.confirm': 'Yes, do it',

  'not-yet.ki': 'AI for bots (/ki) is not available yet. What you typed was given to no bot.',
  'not-yet.telegram':
    'The bridge to Telegram (/telegram) is not available yet. What you typed was given to no bot.',
  'not-yet.api': 'The pages of /api are not available yet. /status shows the API URL.',
  'unknown.line': '{{command}} is not a command here. See /help.',
  'unknown.nearest': '{{command}} is not a command here. Did you mean {{nearest}}? See /help.',
  'late.title': 'Sent while I was offline, so I did not run it. Send it again if you still want it:',
  'retraction.fallback': 'A message was deleted here. Your app does not know about deleting.',
  'notice.webhook-failing':
    'The webhook of {{name}} (ID: {{id}}) has been failing for 15 minutes: {{host}} ({{reason}}).\n' +
    'Nothing is lost: I keep trying for 24 hours and tell you when it works again.',
  'notice.webhook-well': 'The webhook of {{name}} (ID: {{id}}) works again: {{host}}.',
  'notice.webhook-gone':
    'The webhook of {{name}} (ID: {{id}}) is off now: {{host}} answered 410, so it wants no more.\n' +
    'What comes from now on waits for getUpdates.',
  'notice.webhook-host':
    'What {{name}} (ID: {{id}}) receives goes to {{host}} from now on (before: {{before}}). ' +
    'A program with its token asked for that.\nIf that was not you: /revoke {{id}}',
} as const;

export type TextKey = keyof typeof en;
