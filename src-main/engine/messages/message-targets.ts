import { parse } from 'ltx';
import { refuse } from '../../../src-shared/errors.ts';
import type { BotId } from '../../../src-shared/ids.ts';
import { type BareJid, bareOf } from '../../../src-shared/jid.ts';
import type { Clock } from '../../base/clock.ts';
import { readReply } from '../../gateways/xmpp/xep-0461-reply.ts';
import type { Bot } from '../../store/bot-repository.ts';
import type { KnownMessage, KnownMessageRepository } from '../../store/known-message-repository.ts';
import type { Tx } from '../../store/open.ts';
import type { SentVersion } from '../../store/outbox-repository.ts';
import type { RoomDestinations } from '../rooms/room-destinations.ts';
import type { Answered } from './compose.ts';
import { MESSAGE_KEPT_MS, type Outbox } from './outbox.ts';
import { speakerOf } from './outgoing.ts';

interface MessageTargetsDeps {
  known: KnownMessageRepository;
  outbox: Outbox;
  rooms: Pick<RoomDestinations, 'nickIn'>;
  clock: Clock;
}

/** Update types whose messages have a text of their own. */
const WITH_TEXT = ['message', 'edited_message'];
/** Longer ones are no ids that a client makes, and would fill the disk. */
export const MESSAGE_ID_LENGTH = 1_000;
const EXCERPT_LENGTH = 200;
const EXCERPT_LINES = 4;
const SHOWN_ID_LENGTH = 100;

/** The messages that a bot can refer to: those of its updates, and its own. */
export function messageTargets({ known, outbox, rooms, clock }: MessageTargetsDeps) {
  return {
    /** To be called in the unit that queues an update: its message can be answered after the update is gone. */
    async remember(
      tx: Tx,
      botId: BotId,
      { type, data }: { type: string; data: Record<string, unknown> },
    ): Promise<void> {
      const { stanza_id: stanzaId, from, to, body, encrypted } = data;
      if (!WITH_TEXT.includes(type) || !isText(stanzaId) || !isText(from) || !isText(to)) return;
      if (stanzaId === '' || stanzaId.length > MESSAGE_ID_LENGTH) return;
      await known.remember(tx, botId, {
        stanzaId,
        author: from,
        recipient: to,
        excerpt: isText(body) ? excerptOf(body) : '',
        isEncrypted: encrypted === true,
        seenAt: clock.now(),
      });
    },

    /**
     * The message of that id in a conversation of the bot, by its first id if it was corrected, or by the one that its room
     * gave it. Refuses an unknown one.
     */
    async find(bot: Bot, conversation: BareJid, id: string): Promise<Answered> {
      const versions = await outbox.versions(bot.id, id);
      const own = versions.at(-1);
      if (own && own.conversation === conversation && !own.isRetracted) {
        return {
          id: nameOnWire(versions),
          author: own.isRoom ? `${conversation}/${await rooms.nickIn(bot, conversation)}` : speakerOf(bot),
          excerpt: own.stanza && excerptOf(textOf(own.stanza)),
          isSecret: own.isEncrypted,
        };
      }
      const found = (await known.find(bot.id, id)).find((one) => isOf(conversation, bot, one));
      if (!found) throw refuse('message.unknown', { id: shownId(id), to: conversation });
      return { id, author: found.author, excerpt: found.excerpt, isSecret: found.isEncrypted };
    },

    /** Whom the owner's own hand wrote that message to, from the account that the bot speaks through. */
    async ownerWroteTo(bot: Bot, id: string): Promise<BareJid | undefined> {
      const found = (await known.find(bot.id, id)).find(({ author }) => author === speakerOf(bot));
      return bareOf(found?.recipient);
    },
    isKnown: async (bot: Bot, id: string) => (await known.find(bot.id, id)).length > 0,

    expire: (tx: Tx) => known.forgetBefore(tx, clock.now() - MESSAGE_KEPT_MS),
  };
}
export type MessageTargets = ReturnType<typeof messageTargets>;

/** What others know an own message by, however often it was corrected: a room gives ids of its own (XEP-0359). */
export function nameOnWire(versions: readonly SentVersion[]): string {
  const [first] = versions;
  return first?.roomName ?? first?.originalId ?? '';
}

/** An id as an error shows it. */
export const shownId = (id: string) =>
  id.length > SHOWN_ID_LENGTH ? `${id.slice(0, SHOWN_ID_LENGTH)}...` : id;

const isText = (value: unknown): value is string => typeof value === 'string';

/** In a room everybody writes as the room; between two people either one wrote to the other. */
const isOf = (conversation: BareJid, bot: Bot, { author, recipient }: KnownMessage) =>
  bareOf(author) === conversation || (author === bot.owner && bareOf(recipient) === conversation);

/** The own text of a message of ours: without what it quotes. */
function textOf(stanza: string): string {
  const message = parse(stanza);
  return readReply(message)?.text ?? message.getChildText('body') ?? '';
}

/** Enough of a text to recognise it by. */
function excerptOf(text: string): string {
  const lines = text.split('\n').slice(0, EXCERPT_LINES).join('\n');
  // Counted in characters as people see them only where that can make a difference.
  const isShort = lines.length <= EXCERPT_LENGTH;
  const excerpt = (isShort ? lines : [...lines].slice(0, EXCERPT_LENGTH).join('')).trimEnd();
  return excerpt.length < text.trimEnd().length ? `${excerpt}…` : excerpt;
}
