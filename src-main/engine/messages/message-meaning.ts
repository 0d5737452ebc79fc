import type { Clock } from '../../base/clock.ts';
import type { Account } from '../../store/account-repository.ts';
import type { Bot } from '../../store/bot-repository.ts';
import type { Tx } from '../../store/open.ts';
import type { AiIntake } from '../ai/ai-intake.ts';
import type { ReceivedFiles } from '../files/received-files.ts';
import type { TelegramIntake } from '../telegram/telegram-intake.ts';
import { messageData } from '../updates/update-data.ts';
import type { UpdateService } from '../updates/update-service.ts';
import { asksFor } from '../updates/wanted-types.ts';
import type { Audience } from './audience.ts';
import { type CommandChat, type CommandRunner, UPDATE_FRESH_MS } from './inbound-roles.ts';
import { isNumber, type OpenMenus } from './open-menus.ts';
import type { IncomingMessage } from './read-message.ts';

interface SlashCommand {
  name: string;
  args: string;
}

/** What is to be done with a message: a command of ours is run, anything else is told to the programs of these bots. */
export type Meaning =
  /** `chosen`: what it chose from a menu. */
  | { kind: 'command'; chosen?: string }
  | {
      kind: 'update';
      takers: readonly Bot[];
      /** Whose AI answers it. */
      asked: Bot | undefined;
      /** It goes to Telegram too, where a bot that hears it is linked. */
      carried: readonly Bot[] | undefined;
      command: SlashCommand | undefined;
    };

/** Written where the account takes commands, by who may give them. */
export const isInCommandChat = (
  { jid }: Account,
  { partner }: CommandChat,
  { from, to }: Pick<IncomingMessage, 'from' | 'to'>,
): boolean => from === partner && to === jid;

/** The slash command in a message of that chat. What changes or quotes another message commands nothing. */
export function commandIn(
  account: Account,
  chat: CommandChat,
  message: IncomingMessage,
): SlashCommand | undefined {
  const { kind, text, replyTo } = message;
  if (!isInCommandChat(account, chat, message) || kind !== 'message' || replyTo !== undefined)
    return undefined;
  const [, name, args] = /^\/(\S+)\s*([\s\S]*)$/.exec(text) ?? [];
  return name === undefined ? undefined : { name: name.toLowerCase(), args: (args ?? '').trim() };
}

/** Whether a message of that chat could turn out to be a command: one is written out, or a number may choose one. */
export const mayCommand = (account: Account, chat: CommandChat, message: IncomingMessage): boolean =>
  commandIn(account, chat, message) !== undefined ||
  (isInCommandChat(account, chat, message) && isNumber(message.text));

interface MessageMeaningsDeps {
  audience: Pick<Audience, 'of'>;
  updates: UpdateService;
  commands: CommandRunner;
  menus: OpenMenus;
  receivedFiles: Pick<ReceivedFiles, 'offer'>;
  ai: Pick<AiIntake, 'asked' | 'take'>;
  telegram: Pick<TelegramIntake, 'hears' | 'take'>;
  chat: CommandChat;
  clock: Clock;
}

/** Tells what the messages of an account mean, by the bots that are there now, and tells it to these. */
export function messageMeanings(
  account: Account,
  { audience, updates, commands, menus, receivedFiles, ai, telegram, chat, clock }: MessageMeaningsDeps,
) {
  /** A number that is said in answer to the menu which stands last in the chat. */
  function choiceIn(message: IncomingMessage): string | undefined {
    const { kind, replyTo } = message;
    if (!isInCommandChat(account, chat, message) || kind !== 'message' || replyTo !== undefined)
      return undefined;
    return menus.chosen(account, chat.partner, message);
  }

  return {
    async of(tx: Tx, message: IncomingMessage): Promise<Meaning> {
      const chosen = choiceIn(message);
      if (chosen !== undefined) return { kind: 'command', chosen };
      const command = commandIn(account, chat, message);
      if (command && commands.has(command.name)) return { kind: 'command' };
      const own = command && { name: command.name, isProbablyBuiltIn: commands.resembles(command.name) };
      const bots = await audience.of(tx, account, message, own);
      if (command && bots.length === 0) return { kind: 'command' };
      const isCommandChat = isInCommandChat(account, chat, message);
      const asked = await ai.asked(tx, account, message, { hearers: bots, isCommandChat });
      const carried = telegram.hears(message, { hearers: bots, isCommandChat }) ? bots : undefined;
      const takers = bots.filter((bot) => asksFor(bot, message.kind));
      return { kind: 'update', takers, asked, carried, command };
    },

    /** Queues it for the programs that ask for such news, unless it is none any more, for Telegram and for the AI that is asked. */
    async tell(
      tx: Tx,
      message: IncomingMessage,
      { takers, asked, carried, command }: Extract<Meaning, { kind: 'update' }>,
    ): Promise<void> {
      // Who talks to a program does not choose from a menu any more.
      if (isInCommandChat(account, chat, message)) menus.said(tx, account, chat.partner);
      if (carried) await telegram.take(tx, account, message, carried);
      if (asked) await ai.take(tx, account, asked, message);
      if (takers.length === 0 || clock.now() - message.sentAt >= UPDATE_FRESH_MS) return;
      const conversation = message.from === account.jid ? message.to : message.from;
      for (const { id } of takers) {
        const data = messageData(message, command, await receivedFiles.offer(tx, id, message.files));
        await updates.queue(tx, id, { type: message.kind, conversation, data });
      }
    },
  };
}
export type MessageMeanings = ReturnType<typeof messageMeanings>;
