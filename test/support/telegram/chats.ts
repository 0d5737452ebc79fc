import type { Message, MessageEntity, User } from 'grammy/types';
import type { TelegramTestBot } from './bots.ts';
import {
  addMessage,
  announceMessage,
  botUser,
  type ChatKind,
  type EmulatedBot,
  type EmulatedChat,
  type EmulatedMessage,
  messageIn,
  queueUpdate,
  shownChat,
  shownMessage,
  type World,
} from './state.ts';

/** Somebody with a Telegram account. */
export type Person = User;

export interface Said {
  entities?: MessageEntity[];
  replyTo?: number;
  /** Members of the message as the Bot API has them: `photo`, `caption`, `forward_origin`… */
  with?: Partial<Message>;
}

/** A chat, with the hands of the people in it. */
export interface TestChat {
  readonly id: string;
  /** Somebody writes; of a channel: the channel does. '' with `with` for what is no text. */
  says(person: Person, text: string, how?: Said): Message;
  /** Changes the text or, of media, the caption. */
  edits(message: number, text: string, entities?: MessageEntity[]): void;
  deletes(message: number): void;
  /** What is there to be read, oldest first. */
  history(): Message[];
  /** The texts that bots wrote there. */
  botTexts(): string[];
  /** Becomes a supergroup, as groups do; gives that. */
  migrate(): TestChat;
  invite(bot: TelegramTestBot): void;
  /** The person blocks the bot, the group removes it, or it may no longer write. */
  refuse(bot: TelegramTestBot, why: 'blocked' | 'kicked' | 'no-rights'): void;
  readmit(bot: TelegramTestBot): void;
}

export interface ChatOptions {
  kind?: ChatKind;
  title?: string;
  username?: string;
  bots?: readonly TelegramTestBot[];
}

let lastChat = 1_000;

export function newChat(world: World, person: Person | undefined, options: ChatOptions): TestChat {
  const { kind = 'private', title = '', username, bots = [] } = options;
  lastChat += 1;
  const ids = { private: person?.id ?? lastChat, group: -lastChat };
  const id = kind === 'private' || kind === 'group' ? ids[kind] : -1_000_000_000_000 - lastChat;
  const chat: EmulatedChat = {
    id,
    kind,
    title,
    username,
    person,
    bots: new Set(bots.map((bot) => bot.id)),
    refused: new Map(),
    migratedTo: undefined,
    messages: [],
    lastOwnId: 0,
  };
  world.chats.set(chat.id, chat);
  return testChat(world, chat);
}

function testChat(world: World, chat: EmulatedChat): TestChat {
  function shown(content: EmulatedMessage): Message {
    return shownMessage(chat, content);
  }
  function tellMembership(bot: EmulatedBot, status: string): void {
    const user = botUser(bot);
    queueUpdate(world, bot, 'my_chat_member', {
      chat: shownChat(chat),
      from: chat.person ?? user,
      date: Math.floor(world.now() / 1_000),
      old_chat_member: { user, status: status === 'member' ? 'left' : 'member' },
      new_chat_member: { user, status },
    });
  }
  function service(content: Partial<Message>): void {
    announceMessage(world, chat, addMessage(world, chat, {}, content), false);
  }

  return {
    id: String(chat.id),
    says(person, text, { entities, replyTo, with: more } = {}) {
      const content = { ...(text !== '' && { text }), ...(entities && { entities }), ...more };
      const message = addMessage(world, chat, { from: person }, content, replyTo);
      announceMessage(world, chat, message, false);
      return shown(message);
    },
    edits(id, text, entities) {
      const message = messageIn(chat, id);
      if (!message) throw new Error(`there is no message ${id}`);
      const isText = message.shown.text !== undefined;
      const { entities: _, caption_entities: __, ...rest } = message.shown;
      message.shown = {
        ...rest,
        ...(isText ? { text, ...(entities && { entities }) } : { caption: text }),
        edit_date: Math.floor(world.now() / 1_000),
      } as Message;
      announceMessage(world, chat, message, true);
    },
    deletes(id) {
      const message = messageIn(chat, id);
      if (message) message.isDeleted = true;
    },
    history: () => chat.messages.filter((one) => !one.isDeleted).map(shown),
    botTexts: () =>
      chat.messages
        .filter((one) => !one.isDeleted && one.botId !== undefined)
        .map((one) => one.shown.text ?? ''),
    migrate() {
      const after = newChat(world, undefined, { kind: 'supergroup', title: chat.title });
      const there = world.chats.get(Number(after.id));
      if (!there) throw new Error('the supergroup is missing');
      there.bots = new Set(chat.bots);
      chat.migratedTo = there.id;
      service({ migrate_to_chat_id: there.id });
      announceMessage(world, there, addMessage(world, there, {}, { migrate_from_chat_id: chat.id }), false);
      return after;
    },
    invite(bot) {
      chat.bots.add(bot.id);
      chat.refused.delete(bot.id);
      const emulated = world.bots.get(bot.id);
      if (emulated) tellMembership(emulated, 'member');
    },
    refuse(bot, why) {
      chat.refused.set(bot.id, why);
      const emulated = world.bots.get(bot.id);
      if (why === 'no-rights' || !emulated) return;
      chat.bots.delete(bot.id);
      tellMembership(emulated, 'kicked');
    },
    readmit(bot) {
      this.invite(bot);
    },
  };
}
