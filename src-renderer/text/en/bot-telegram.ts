import { count } from '../words.ts';
import { botTelegramSetUp } from './bot-telegram-set-up.ts';

/** The Telegram bridge of a bot: how it goes, what it connects, and what to do where it does not work. */
export const botTelegram = {
  title: 'Telegram bridge',
  jump: (name: string) => `Telegram of ${name}`,
  lead: {
    dedicated: 'Connects this chat to one Telegram chat.',
    personal: 'Connects your chat with yourself to one Telegram chat.',
  },
  waiting: (n: number) => `${count(n, 'message waits', 'messages wait')} to be sent to Telegram.`,
  switchOf: (name: string) => `Telegram bridge of ${name} is on`,
  switchedOn: (name: string) => `The Telegram bridge of ${name} is on`,
  switchedOff: (name: string) => `The Telegram bridge of ${name} is off`,
  botOff: (name: string) => `${name} is switched off, so its bridge rests.`,
  botOn: 'Switch on',
  cloudTitle: 'No Telegram here',
  cloudBody: 'Cloud bots are not available yet, and their bridge comes with them.',

  states: {
    off: 'Off',
    connecting: 'Connecting',
    online: 'Connected',
    paused: (when: string) => `Paused since ${when}`,
    fails: (when: string) => `Fails since ${when}`,
  },
  nextTry: (when: string) => `Next try ${when}.`,
  troubles: {
    unreachable: {
      title: () => 'Telegram cannot be reached',
      body: 'What is written waits here, and Telegram keeps messages for a day. If it goes on, look at the connection of this computer.',
    },
    token: {
      title: () => 'Telegram does not accept the token any more',
      body: 'It was revoked or replaced at @BotFather. Give the new one; what waits is sent then.',
    },
    webhook: {
      title: (bot: string, _chat: string, host: string) => `${bot} now has a webhook at ${host}`,
      body: 'Telegram delivers to one place only. Removing it cuts that program off. Kept, nothing comes from Telegram any more: this bridge only forwards.',
    },
    'other-program': {
      title: (bot: string) => `Another program reads the messages of ${bot}`,
      body: 'Telegram gives each message to one reader only. Stop that program, or get a new token with /revoke from @BotFather and give it here.',
    },
    chat: {
      title: (bot: string) => `Telegram knows no such chat for ${bot}`,
      body: 'The chat is gone, or the bot is not in it any more. Add it again, and what waits is sent then; or choose another chat.',
    },
    blocked: {
      title: (bot: string, chat: string) => `${bot} may not write in ${chat}`,
      body: 'It was blocked there, or may not send messages. Allow it to, then say hello; what waits is sent then.',
    },
    rate: {
      title: () => 'Telegram asks for a pause',
      body: 'Many messages were sent in a short time. What waits goes out by itself.',
    },
    encryption: {
      title: () => 'Messages from Telegram cannot be encrypted for you',
      body: 'They wait at Telegram, for a day. Sign in with an app that has OMEMO switched on, or look at what keeps your devices from being used.',
    },
    failed: {
      title: () => 'Telegram did not do it',
      body: 'It is tried again by itself. The log of this program says more.',
    },
  },
  helps: {
    token: 'Replace token…',
    chat: 'Choose another chat…',
    hello: 'Send a hello',
    devices: 'Show devices',
    log: 'Show log',
  },
  webhook: {
    keep: 'Keep it',
    remove: 'Remove webhook…',
    title: (host: string) => `Remove the webhook at ${host}?`,
    body: (bot: string) =>
      `The program there gets nothing from ${bot} any more. It has to set it again itself.`,
    verb: 'Remove webhook',
    removed: 'The webhook is removed',
  },

  direction: 'Direction',
  modes: {
    bridge: { title: 'Bridge', body: 'Both sides read and write.' },
    forward: { title: 'Forward', body: 'What is written in Telegram stays there.' },
  },
  modeSet: {
    bridge: 'Both sides read and write now',
    forward: 'Messages go to Telegram only now',
  },
  sides: { xmpp: 'XMPP', telegram: 'Telegram' },

  token: 'Bot token',
  tokenFrom: 'From @BotFather, sealed on this computer',
  replace: 'Replace',
  replaceOf: 'Replace the bot token',
  replaceTitle: 'Replace the bot token',
  replaceBody: 'Another bot needs to be in the chat as well. What waits is sent with the new token.',
  replaceAction: 'Use this token',
  replaced: 'The token is replaced',
  chat: 'Chat',
  chatAt: (kind: string, id: string) => `${kind}, ID ${id}`,
  chatChoose: 'Choose a chat',
  chatLeaves: (n: number, title: string) =>
    `${count(n, 'message that waits', 'messages that wait')} for ${title} will not be sent to another chat.`,
  chatOf: (title: string) => `Chat: ${title}. Choose another one`,
  chatSet: (title: string) => `Connected to ${title} now`,
  kinds: { private: 'Person', group: 'Group', supergroup: 'Group', channel: 'Channel' },
  privacy: (bot: string) =>
    `In groups, ${bot} sees commands and replies to it only. To have it read everything, send /setprivacy to @BotFather, choose Disable, then add it to the group again.`,
  aiAnswers: 'Answers of the AI go to Telegram too',
  aiAnswersHelp: 'What the AI answers in this chat, as soon as it is complete.',

  test: {
    title: 'Connection',
    signedIn: (name: string) => `Signed in as ${name}`,
    last: (when: string, ms: string) => `Last test ${when}, ${ms}`,
    traffic: (received: string, sent: string) => `Last received ${received}, last sent ${sent}`,
    never: 'never',
    test: 'Test',
    hello: 'Send a hello',
    passed: (name: string, ms: string) => `${name} answered in ${ms}`,
    said: (title: string, ms: string) => `Said hello in ${title}, ${ms}`,
    failed: { check: 'The test failed', hello: 'The hello was not sent' },
    running: { check: 'Asking Telegram', hello: 'Saying hello' },
  },

  recent: {
    title: 'Recently bridged',
    all: 'Open chat',
    empty: 'Nothing was bridged yet. Write something on either side, and it shows up here.',
    to: { xmpp: 'to XMPP', telegram: 'to Telegram' },
    states: { waiting: 'waits', done: '', failed: 'not sent' },
  },

  forget: {
    section: 'Remove',
    subject: 'Remove the bridge',
    help: 'Takes away the token and the chat. What was written stays on both sides.',
    action: 'Remove bridge…',
    title: (name: string) => `Remove the Telegram bridge of ${name}?`,
    body: 'To set it up again, the token is needed once more.',
    gone: {
      token: (bot: string) => `The token of ${bot}`,
      chat: (title: string) => `The connection to ${title}`,
      waiting: (n: number) => `${count(n, 'message that waits', 'messages that wait')} for Telegram`,
    },
    verb: 'Remove bridge',
    done: (name: string) => `The Telegram bridge of ${name} is removed`,
  },
  setUp: botTelegramSetUp,
} as const;
