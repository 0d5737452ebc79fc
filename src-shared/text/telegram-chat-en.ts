/** `/telegram` in chat: the Telegram bridge of a bot. */
export const telegramChatEn = {
  'telegram.usage': '/telegram [on|off|status|setup|mode|test|send|chats|chat|webhook|forget]',
  'telegram.example': '/telegram setup 123456789:ABCdef_ghijk 987654321',
  'telegram.summary': 'Bridge to Telegram: setup and control',
  'menu.telegram.usage': '/telegram [what]',
  'field.telegram': 'What to do',
  'field.telegram-value':
    'What it needs: the token of a Telegram bot and a chat ID; a mode; a text (forms are not encrypted: better type a token in the chat)',

  'telegram.title': 'Telegram bridge of {{name}}',
  'telegram.line': 'Telegram: {{state}}',
  'telegram.line-of': 'Telegram of {{name}}: {{state}}',
  'telegram.state.on': 'active ({{bot}}, {{mode}})',
  'telegram.state.trouble': 'in trouble ({{bot}}, {{mode}}); see /telegram status',
  'telegram.state.off': 'off ({{bot}}, {{mode}})',
  'telegram.state.none': 'not set up',
  'telegram.state-word.on': 'active',
  'telegram.state-word.trouble': 'active, but it does not get through',
  'telegram.state-word.off': 'off',
  'telegram.state-word.none': 'not set up',
  'telegram.kind.private': 'private chat',
  'telegram.kind.group': 'group',
  'telegram.kind.supergroup': 'group',
  'telegram.kind.channel': 'channel',
  'telegram.chat-words': '{{title}} ({{kind}}, {{id}})',
  'telegram.never': 'never',
  'telegram.more': 'More:',
  'telegram.back': 'Back',
  'telegram.unknown': 'There is no /telegram {{word}}.',

  'telegram.on.summary': 'Switch the bridge on',
  'telegram.on.done': 'Telegram bridge is on.',
  'telegram.off.summary': 'Switch the bridge off',
  'telegram.off.done': 'Telegram bridge is off. Nothing is read from Telegram or sent there.',

  'telegram.status.summary': 'What is set, and how it is going',
  'telegram.status.state': 'State: {{state}}',
  'telegram.status.mode': 'Mode: {{mode}}',
  'telegram.status.bot': 'Telegram bot: {{bot}} (token {{token}})',
  'telegram.status.chat': 'Chat: {{chat}}',
  'telegram.status.ai': 'Answers of the AI: go to Telegram too',
  'telegram.status.no-ai': 'Answers of the AI: stay here',
  'telegram.status.trouble': 'Trouble: {{what}}',
  'telegram.status.since': 'Since: {{at}}',
  'telegram.status.retry': 'Next try: {{at}}',
  'telegram.status.received': 'Last from Telegram: {{at}}',
  'telegram.status.sent': 'Last to Telegram: {{at}}',
  'telegram.status.waiting': 'Waiting for Telegram: {{number}}',

  'telegram.trouble.unreachable': 'Telegram cannot be reached from here. I keep trying.',
  'telegram.trouble.token':
    'Telegram does not know the token any more. Get one from @BotFather: /telegram setup <TOKEN> <CHAT_ID>',
  'telegram.trouble.webhook':
    'Another program has set a webhook at {{host}}: Telegram gives it everything. Take it away with /telegram webhook',
  'telegram.trouble.other-program':
    'Another program reads the messages of this Telegram bot too. Stop it, or make another Telegram bot with @BotFather.',
  'telegram.trouble.chat':
    'Telegram does not let the bot into the chat. Add it there again, or choose another: /telegram chats',
  'telegram.trouble.blocked':
    'The Telegram bot was blocked or removed from the chat. Whoever did it has to let it in again.',
  'telegram.trouble.rate': 'Telegram asked to wait, as too much was sent. It goes on by itself.',
  'telegram.trouble.encryption':
    'What comes from Telegram cannot be encrypted for you: no OMEMO device of yours is known. Open this chat once in an app with OMEMO.',
  'telegram.trouble.failed': 'Telegram did not do what it was asked for. I keep trying; the log says more.',

  'telegram.setup.summary': 'Step-by-step setup guide, or set it up in one line',
  'telegram.setup.usage': '/telegram setup <TOKEN> <CHAT_ID> [bridge|forward]',
  'telegram.setup.title': 'Set up the Telegram bridge',
  'telegram.setup.step-1':
    'Step 1: Create a Telegram bot via @BotFather (https://t.me/BotFather): send it /newbot, and it gives you a token.',
  'telegram.setup.step-2':
    'Step 2: Get your chat ID: write something to your new bot, then send me the token alone (/telegram setup <TOKEN>), and I show you who wrote.',
  'telegram.setup.step-3': 'Step 3: Run: /telegram setup <TOKEN> <CHAT_ID>',
  'telegram.setup.example': 'Example: /telegram setup 123456789:ABCdef_ghijk 987654321',
  'telegram.setup.group':
    'For a group: add the bot there. It hears everything only once its privacy mode is off (@BotFather, /setprivacy), or as an administrator.',
  'telegram.setup.bad-token':
    'The first word is not the token of a Telegram bot. It looks like 123456789:ABCdef_ghijk, and @BotFather gives it.',
  'telegram.setup.bad-chat':
    'That is no chat of Telegram: a chat ID is a whole number (of a group with a minus), or @name. See /telegram chats',
  'telegram.setup.token-done': 'The token works: {{bot}}.',
  'telegram.setup.done': 'Telegram configured!',
  'telegram.setup.active': 'Telegram bridge is now active.',
  'telegram.setup.inactive': 'Telegram bridge is off. Switch it on with: /telegram on',
  'telegram.setup.force': 'Take that webhook away, and set up',
  'telegram.setup.webhook':
    'Another program has set a webhook at {{host}}: Telegram gives it everything, so I cannot see who wrote. Make another Telegram bot with @BotFather, or take that webhook away, which cuts the other program off: /telegram webhook remove',
  'telegram.setup.warning': 'It is stored, but not tried yet: {{warning}}',
  'telegram.setup.unchecked':
    'I could not ask about the token yet. {{why}}\nI keep it in mind, so you can go on: with the ID of the chat (/telegram chat <CHAT_ID>), or, once Telegram can be asked, with who wrote (/telegram chats). If I am restarted before that, I need it again.',
  'telegram.setup.taken-back':
    'I take your message with the token back, where your server and your apps let me. If it is still there, delete it.',

  'telegram.mode.summary': 'Show the mode, or switch to the other',
  'telegram.mode.usage': '/telegram mode [bridge|forward]',
  'telegram.mode.words': '{{mode}} ({{meaning}})',
  'telegram.mode.bridge': 'XMPP <-> Telegram, both ways',
  'telegram.mode.forward': 'XMPP -> Telegram only',
  'telegram.mode.switch': 'To switch:',
  'telegram.mode.unknown': 'There is no such mode. Use bridge (both ways) or forward (to Telegram only).',

  'telegram.test.summary': 'Test the connection',
  'telegram.test.done': 'Telegram connected!\nBot: {{name}} (@{{username}})',
  'telegram.test.privacy':
    'In groups it hears commands and replies only: its privacy mode is on. To change that: @BotFather, /setprivacy, then add it to the group again.',

  'telegram.send.summary': 'Send a text to Telegram',
  'telegram.send.usage': '/telegram send <text>',
  'telegram.send.done': 'It goes to Telegram.',

  'telegram.chats.summary': 'Who wrote to the Telegram bot lately',
  'telegram.chats.title': 'Chats of {{bot}}',
  'telegram.chats.choose': 'To link one with this bot:',
  'telegram.chats.linked': '{{chat}}, linked',
  'telegram.chats.none':
    'Nobody wrote to it lately. Write something to {{bot}} in Telegram, or add it to your group and write /start there; then: /telegram chats',
  'telegram.chat.summary': 'Link another chat',
  'telegram.chat.usage': '/telegram chat <CHAT_ID>',

  'telegram.webhook.summary': 'Whether another program gets what is written to the Telegram bot',
  'telegram.webhook.usage': '/telegram webhook [remove]',
  'telegram.webhook.none': 'No other program has set a webhook.',
  'telegram.webhook.there':
    'Another program has set a webhook at {{host}}: Telegram gives it everything, and me nothing. To take it away: /telegram webhook remove',
  'telegram.webhook.remove': 'Take the webhook away',
  'telegram.webhook.done': 'The webhook is gone. What is written there comes to me now.',

  'telegram.forget.summary': 'Forget token, chat and what waits',
  'telegram.forget.question':
    'Forget the Telegram bridge of this bot? Its token, its chat and what waits for Telegram go.',
  'telegram.forget.confirm': '/telegram forget yes',
  'telegram.forget.done': 'The Telegram bridge is forgotten.',
} as const;
