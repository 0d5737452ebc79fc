/** What stands around messages that are carried over to Telegram or from there, and what owners are told of the bridge. */
export const telegramCarriedEn = {
  'telegram.hello':
    'Hello! This is {{name}}. What is said here and what is said over XMPP come together now.',
  'telegram.hello-forward': 'Hello! This is {{name}}. What is said over XMPP comes here from now on.',
  'telegram.edited': '{{from}} (edited)',
  'telegram.forwarded': 'Forwarded from {{from}}:',
  'telegram.deleted': '(deleted)',
  'telegram.file': 'File',
  'telegram.hidden': 'hidden',
  'telegram.media.photo': 'Photo',
  'telegram.media.live-photo': 'Live photo',
  'telegram.media.video': 'Video',
  'telegram.media.video-note': 'Video message',
  'telegram.media.animation': 'GIF',
  'telegram.media.audio': 'Audio',
  'telegram.media.voice': 'Voice message',
  'telegram.media.document': 'File',
  'telegram.media.sticker': 'Sticker',
  'telegram.media.contact': 'Contact',
  'telegram.media.location': 'Location',
  'telegram.media.live-location': 'Live location',
  'telegram.media.venue': 'Place',
  'telegram.media.poll': 'Poll',
  'telegram.media.quiz': 'Quiz',
  'telegram.media.checklist': 'Checklist',
  'telegram.media.dice': 'Dice',
  'telegram.media.game': 'Game',
  'telegram.media.story': 'Story',
  'telegram.media.invoice': 'Invoice',
  'telegram.media.paid-media': 'Paid media',
  'telegram.media.giveaway': 'Giveaway',
  'telegram.media.unknown': 'Something that cannot be shown here',
  'notice.telegram-link':
    'The Telegram bridge of {{name}} (ID: {{id}}) connects this chat with {{chat}} from now on, through {{telegram}} (before: {{before}}). ' +
    'It was not you in this chat ({{from}}).\nIf you did not want that: /deactivate {{id}}',
  'notice.telegram-token':
    'Telegram does not accept the token of {{name}} (ID: {{id}}) any more, so nothing is carried over. ' +
    'Nothing that waits is lost. Give it a new token of @BotFather: /telegram setup (in the chat with yourself: /use {{id}} first)',
  'notice.telegram-webhook':
    'Another program has set a webhook for the Telegram bot of {{name}} (ID: {{id}}), at {{host}}. ' +
    'Telegram delivers to one place only, so nothing comes from there until it is taken away: /telegram webhook (in the chat with yourself: /use {{id}} first)',
  'notice.telegram-other-program':
    'Another program reads the messages of the Telegram bot of {{name}} (ID: {{id}}). ' +
    'Telegram gives them to one reader only. Stop the other program, or make a Telegram bot of its own with @BotFather.',
  'notice.telegram-chat':
    'Telegram does not find the chat that {{name}} (ID: {{id}}) is linked with. What you write waits. ' +
    'Write something to the Telegram bot there, or choose another chat: /telegram chats (in the chat with yourself: /use {{id}} first)',
  'notice.telegram-blocked':
    'The Telegram bot of {{name}} (ID: {{id}}) may not write in its chat any more: it was blocked or removed there. ' +
    'What you write waits until it is let in again.',
  'notice.telegram-full':
    '{{limit}} messages of {{name}} (ID: {{id}}) wait for Telegram already, and there is room for no more. ' +
    'What keeps them: /telegram status (in the chat with yourself: /use {{id}} first). This was not carried over:\n{{messages}}',
  'notice.telegram-too-old':
    'This waited for Telegram for {{days}} days, and is not carried over any more (bot {{name}}, ID: {{id}}):\n{{messages}}',
  'notice.telegram-refused':
    'Telegram did not take a message of {{name}} (ID: {{id}}). It was left out: {{beginning}}',
  'notice.telegram-out-of-reach':
    'What you took back from {{name}} (ID: {{id}}) was said at Telegram before the group there became a supergroup. No Telegram bot ' +
    'can change it any more, and it can still be read there. An administrator of the group may delete it in a Telegram app.',
} as const;
