import { aiAnswersEn } from './ai-answers-en.ts';
import { apiEn } from './api-en.ts';
import { chatEn } from './chat-en.ts';
import { kiEn } from './ki-en.ts';
import { telegramCarriedEn } from './telegram-carried-en.ts';
import { telegramChatEn } from './telegram-chat-en.ts';

/** What Botmother says in chat. Placeholders in double braces; labels and their order follow the guide. */
export const en = {
  ...aiAnswersEn,
  ...apiEn,
  ...chatEn,
  ...kiEn,
  ...telegramCarriedEn,
  ...telegramChatEn,

  usage: 'Usage: {{usage}}',
  example: 'Example: {{example}}',
  'confirm.chat': '{{question}}\nTo do it: {{command}}',
  'confirm.yes': 'Yes, do it',
  'confirm.word': 'yes',
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

  'token.usage': '/token <ID> [all|send,read,ai,bridge] [how long the old one stays, like 1h]',
  'token.example': '/token 3 (see /mybots for the IDs)',
  'token.summary': 'Make a new API token, for all or for some scopes; the old one ends',
  'token.done': 'New token generated for {{name}}:\n{{token}}',
  'token.old-ended': '(Old token is now invalid)',
  'token.old-until': '(Old token is valid until {{at}})',
  'token.scopes': 'Scopes: {{scopes}}',
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
  'status.bot-jid':
    '[{{id}}] {{name}} ({{mode}}, {{status}}, {{state}}) — {{jid}}, waiting updates: {{pending}}, webhook: {{webhook}}',
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
  'bot.room': 'Room: {{room}} ({{state}})',
  'room.state.joined': 'there',
  'room.state.joining': 'going in',
  'room.state.away': 'away, comes back by itself',
  'room.state.out': 'out',
  'bot.description': 'Description: {{description}}',
  'bot.token': 'Token: {{scopes}}; {{used}}',
  'bot.old-token': 'Old token: {{scopes}}; {{used}}; valid until {{at}}',
  'bot.no-token': 'Token: revoked',
  'bot.token-used': 'last used {{at}}',
  'bot.token-unused': 'not used yet',
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
  'field.omemo-act': 'What to do with a device (nothing: show them all)',
  'field.device': 'Number of the device',
  'field.page': 'Page',
  'field.page-value': 'What it needs: a port, or the name of a file',
  'field.token-scopes': 'What the token may do: all, or some of send, read, ai, bridge',
  'field.overlap': 'How long the old token stays valid: 30m, 12h, 7d (nothing: it ends now)',
  'field.confirm': 'Yes, do it',

  'no-bot': 'No bot is selected. Create one with /newbot <name>, or choose one with /use <ID>.',
  'unknown.line': '{{command}} is not a command here. See /help.',
  'unknown.nearest': '{{command}} is not a command here. Did you mean {{nearest}}? See /help.',
  'late.title': 'Sent while I was offline, so I did not run it. Send it again if you still want it:',
  'omemo.usage': '/omemo [trust DEVICE | distrust DEVICE]',
  'omemo.summary': 'Show the devices of this encrypted chat, trust one or no longer',
  'omemo.act.trust': 'let it command',
  'omemo.act.distrust': 'neither hear it nor encrypt for it',
  'omemo.own': 'My device: {{device}}',
  'omemo.none': 'This account has no OMEMO device here. Allow it one: botmother account omemo JID on',
  'omemo.device': 'Device {{device}}: {{trust}}',
  'omemo.trust.trusted': 'trusted',
  'omemo.trust.new': 'new, its commands wait',
  'omemo.trust.distrusted': 'not trusted',
  'omemo.gone': '(no longer on the device list)',
  'omemo.no-keys': 'keys not seen yet',
  'omemo.other-key': 'Its key has changed: {{fingerprint}}',
  'omemo.more': '(and {{count}} more)',
  'omemo.no-devices': 'I know of no other device.',
  'omemo.hint': 'Compare the fingerprints with those that your app shows.',
  'omemo.trusted': 'Device {{device}} is trusted.',
  'omemo.distrusted': 'Device {{device}} is not trusted any more: it hears nothing, and is not heard.',
  'menu.help.usage': '/help',
  'menu.help.summary': 'Show this list',
  'menu.start.usage': '/start',
  'menu.start.summary': 'Say hello and show this list',
  'menu.welcome': 'Hello, I am {{name}}.',
  'menu.info.usage': '/info',
  'menu.info.summary': 'What this bot is',
  'menu.menus': 'Menus:',
  'menu.basic': 'Basic commands:',
  'menu.choose': 'Type a number alone, follow a link, or write the command.',
  'menu.api.usage': '/api [page]',
  'info.usage': '/info',
  'info.summary': 'Show the bot that gets what you write here',
  'clear.usage': '/clear',
  'clear.summary': 'Forget what you told the AI, and delete this conversation in the window of Botmother',
  'clear.nothing':
    'There is no conversation to delete: your account is not signed in here, so the window shows none.',
  'clear.question':
    'Delete this conversation in the window of Botmother, with all its messages and files? The archive of your server and what your apps have stored stay as they are.',
  'clear.confirm': '/clear yes',
  'clear.done': 'The conversation was cleared.',
  'menu.own': 'Commands of this bot:',
  'menu.hint': 'Everything else goes to the program behind this bot.',
  'menu.encryption': 'Encryption: OMEMO, always',
  'omemo.encrypted-only':
    'Devices are approved in an encrypted message only, from a device that you had before.',
  'omemo.fallback': 'This message is encrypted with OMEMO. Your app cannot read it.',
  'omemo.wanted': 'This bot only talks encrypted. Switch OMEMO on for this chat, then write again.',
  'omemo.undecryptable': 'A message to this bot could not be decrypted. Please send it again.',
  'omemo.lost': 'It came from your device {{device}} ({{label}}).',
  'omemo.too-many':
    'It came from your device {{device}} ({{label}}), which begins new encrypted sessions too often. Wait a minute before you write from it again.',
  'omemo.changed-key':
    'Device {{device}} shows another key than before. If you have set it up again, compare the fingerprint and approve it:\n/omemo trust {{device}}\nFingerprint: {{fingerprint}}\nIf not, somebody else is using its number.',
  'omemo.waits':
    'Device {{device}} is new: its command waits. Approve it from a device that you had before:\n/omemo trust {{device}}\nIf there is none, where Botmother runs: botmother omemo trust {{device}} --bot {{id}}\nFingerprint: {{fingerprint}}',
  'omemo.new-device':
    'A new device can read this chat now: {{device}}\nFingerprint: {{fingerprint}}\nIts commands wait until you approve it from a device that you had before: /omemo trust {{device}}\nIf it is not yours: /omemo distrust {{device}}',
  'retraction.fallback': 'A message was deleted here. Your app does not know about deleting.',
  'notice.undecryptable':
    'A message to {{name}} (ID: {{id}}) could not be decrypted. It came from your device {{device}} ({{label}}). Please send it again.',
  'notice.too-many-sessions':
    'A message to {{name}} (ID: {{id}}) was not decrypted: your device {{device}} ({{label}}) begins new encrypted sessions too often. Wait a minute, then send it again.',
  'room.out.kicked': 'I was removed from it',
  'room.out.banned': 'I was banned from it',
  'room.out.removed': 'I am no longer a member',
  'room.out.destroyed': 'it no longer exists',
  'room.out.refused': 'it does not let me in any more',
  'room.out.opened': 'what I say there can no longer be encrypted',
  'notice.room-out':
    '{{name}} (ID: {{id}}) is out of the room {{room}}: {{why}}. I do not go back by myself.{{said}}',
  'notice.room-invited': '{{name}} (ID: {{id}}) followed your invitation to {{room}}.',
  'notice.room-invitation-failed':
    '{{name}} (ID: {{id}}) could not follow your invitation to {{room}}: {{reason}}',
  'notice.room-invitation-in-clear':
    '{{name}} (ID: {{id}}) does not follow your invitation to {{room}}: invitations are not encrypted, so somebody in between could have made it up. Call joinRoom, or allow what comes in clear with the setting allow_plaintext.',
  'notice.room-undecryptable':
    '{{name}} (ID: {{id}}) could not decrypt a message of {{nick}} in the room {{room}}. If it matters, ask for it to be sent again.',
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
  'notice.token-replaced':
    'A new token was made for {{name}} (ID: {{id}}), not by you in this chat ({{from}}).\n' +
    'If you did not want that: /revoke {{id}}',
  'notice.token-revoked':
    'The token of {{name}} (ID: {{id}}) was revoked, not by you in this chat ({{from}}). The bot is disabled.\n' +
    'To bring it back: /token {{id}}, then /activate {{id}}',
  'notice.setting-scope':
    'What {{name}} (ID: {{id}}) reads was changed to "{{value}}", not by you in this chat ({{from}}).\n' +
    'If you did not want that: /scope {{id}} self',
  'notice.setting-encrypted':
    'Whether {{name}} (ID: {{id}}) reads what others wrote to you encrypted was changed to "{{value}}" ({{from}}).\n' +
    'If you did not want that: /deactivate {{id}}',
  'notice.setting-allowed-contacts':
    'The addresses that {{name}} (ID: {{id}}) may write to besides you were changed ({{from}}): {{value}}\n' +
    'If you did not want that: /deactivate {{id}}',
  'notice.setting-allow-plaintext':
    'Whether {{name}} (ID: {{id}}) listens to you unencrypted was changed to "{{value}}" ({{from}}).\n' +
    'If you did not want that: /deactivate {{id}}',
  'notice.bot-created':
    'New bots that speak to you or for you. It was not you in this chat ({{from}}):\n{{bots}}\n' +
    'If you do not want one: /deletebot and its ID',
  'notice.device-trusted':
    'These OMEMO devices are trusted now in the chats of {{account}}. It was not you in this chat ({{from}}):\n{{devices}}\n' +
    'If one of them is not known to you, write in the chat with {{account}}: /omemo distrust and its number',
  'notice.device-distrusted':
    'These OMEMO devices are no longer trusted in the chats of {{account}}: nothing they send is heard, and nothing is encrypted for them. ' +
    'It was not you in this chat ({{from}}):\n{{devices}}\n' +
    'If you do not want that, write in the chat with {{account}}: /omemo trust and the number',
  'notice.operator-settings':
    'Settings of this installation were changed. It was not you in this chat ({{from}}):\n{{settings}}\n' +
    'If you do not know of it, see who it was where Botmother runs: botmother audit',
} as const;

export type TextKey = keyof typeof en;
