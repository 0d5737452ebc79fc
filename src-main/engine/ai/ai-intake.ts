import type { BareJid } from '../../../src-shared/jid.ts';
import type { Clock } from '../../base/clock.ts';
import type { Account } from '../../store/account-repository.ts';
import type { Bot, BotRepository } from '../../store/bot-repository.ts';
import type { Tx } from '../../store/open.ts';
import type { Room } from '../../store/room-repository.ts';
import type { BotService } from '../bots/bot-service.ts';
import type { BotSettings } from '../bots/bot-settings.ts';
import type { FileReference } from '../messages/files-in-message.ts';
import type { IncomingMessage } from '../messages/read-message.ts';
import type { RoomSaying, RoomStanza } from '../rooms/read-room-message.ts';
import { type AiChat, QUESTION_FRESH_MS } from './ai-chat.ts';
import type { AiSetups } from './ai-setups.ts';

interface AiIntakeDeps {
  setups: Pick<AiSetups, 'isOn'>;
  chat: Pick<AiChat, 'take'>;
  bots: Pick<BotRepository, 'hasJid'>;
  botService: Pick<BotService, 'chosenOf'>;
  botSettings: Pick<BotSettings, 'get'>;
  /** Whether somebody is on the account's contact list; undefined as long as that is not known. */
  isContact: (account: Account, jid: BareJid) => boolean | undefined;
  clock: Clock;
}

type Heard = Pick<IncomingMessage, 'kind' | 'from' | 'to' | 'text' | 'files' | 'sentAt' | 'isGenerated'>;

const listed = (list: string): readonly string[] => list.split(/[\s,]+/).filter(Boolean);

/** Something that could be asked: words, and no command, whoever's. */
function isQuestion(text: string, files: readonly FileReference[]): boolean {
  const words = text.trim();
  const isAddress = files.length > 0 && !/\s/.test(words);
  return words !== '' && !words.startsWith('/') && !isAddress;
}

/** Tells what the AI of a bot is asked, and takes it as a question in the unit that takes the message. */
export function aiIntake({ setups, chat, bots, botService, botSettings, isContact, clock }: AiIntakeDeps) {
  const isOn = ({ id, status }: Bot) => status === 'active' && setups.isOn(id);
  /** Names in rooms may have spaces in them. */
  const isKnownBot = ({ id }: Bot, jid: string) =>
    botSettings.get(id, 'ai_known_bots').split(', ').includes(jid);
  const isFresh = (sentAt: number) => clock.now() - sentAt < QUESTION_FRESH_MS;

  /** One answer is enough: the bot that was chosen gives it, else the newest. */
  async function oneOf(tx: Tx, account: Account, candidates: readonly Bot[]): Promise<Bot | undefined> {
    if (candidates.length < 2) return candidates[0];
    const chosen = await botService.chosenOf(account.jid, tx);
    return candidates.find(({ id }) => id === chosen?.id) ?? candidates.at(-1);
  }

  return {
    /**
     * Whose AI answers a message, of the bots that hear it. In the chat where the account takes commands: its own. Elsewhere
     * a personal bot's, where its owner wants that, and people on the contact list alone: strangers must not use it up.
     */
    async asked(
      tx: Tx,
      account: Account,
      { kind, from, text, files, sentAt, isGenerated }: Heard,
      { hearers, isCommandChat }: { hearers: readonly Bot[]; isCommandChat: boolean },
    ): Promise<Bot | undefined> {
      const on = hearers.filter(isOn);
      if (on.length === 0 || kind !== 'message' || isGenerated) return undefined;
      if (!isFresh(sentAt) || !isQuestion(text, files)) return undefined;
      if (isCommandChat) return oneOf(tx, account, on);
      if (account.botId !== undefined || from === account.jid || !isContact(account, from)) return undefined;
      const willing = on.filter(
        (bot) => botSettings.get(bot.id, 'ai_answers') === 'direct' && !isKnownBot(bot, from),
      );
      if (willing.length === 0 || (await bots.hasJid(from, tx))) return undefined;
      return oneOf(tx, account, willing);
    },

    /** Takes what one person wrote to another. */
    take: (tx: Tx, account: Account, bot: Bot, { from, text, sentAt }: Heard): Promise<boolean> =>
      chat.take(tx, {
        bot,
        account,
        person: from,
        details: { text: text.trim(), to: from, isRoom: false },
        sentAt,
      }),

    /**
     * Takes what was said in a room, where an AI answers there: in rooms on its list, to who mentions the bot, or to
     * everybody where it may speak freely. `speakers`: the bots of the account that are switched on.
     */
    async takeInRoom(tx: Tx, account: Account, { from, saying, room, speakers }: InRoom): Promise<boolean> {
      if (saying.kind !== 'message' || from.isGenerated || from.isOwn || from.nick === '') return false;
      if (!isFresh(from.sentAt) || !isQuestion(saying.text, saying.files)) return false;
      const { jid } = from;
      const willing = speakers.filter((bot) => {
        if (!isOn(bot) || !room.bots.includes(bot.id)) return false;
        // As with all that others wrote encrypted.
        if (from.isEncrypted && account.botId === undefined && !botSettings.get(bot.id, 'encrypted'))
          return false;
        if (!listed(botSettings.get(bot.id, 'ai_rooms')).includes(from.room)) return false;
        if (jid !== undefined && isKnownBot(bot, jid)) return false;
        if (isKnownBot(bot, `${from.room}/${from.nick}`)) return false;
        return saying.isMention || listed(botSettings.get(bot.id, 'ai_free_rooms')).includes(from.room);
      });
      const bot = await oneOf(tx, account, willing);
      if (!bot || (jid !== undefined && (await bots.hasJid(jid, tx)))) return false;
      return chat.take(tx, {
        bot,
        account,
        person: `${from.room}/${jid ?? (from.author || from.nick)}`,
        details: {
          text: saying.text.trim(),
          to: from.room,
          isRoom: true,
          nick: from.nick,
          ...(from.stanzaId !== undefined && {
            answers: { id: from.stanzaId, author: `${from.room}/${from.nick}` },
          }),
        },
        sentAt: from.sentAt,
      });
    },
  };
}
export type AiIntake = ReturnType<typeof aiIntake>;

interface InRoom {
  from: RoomStanza;
  saying: RoomSaying;
  room: Pick<Room, 'bots'>;
  speakers: readonly Bot[];
}
