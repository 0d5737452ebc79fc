import type { TelegramChat } from '../../../src-shared/api/telegram.ts';
import type { EngineEvents } from '../../../src-shared/events.ts';
import type { MessageId } from '../../../src-shared/ids.ts';
import { type Language, translate } from '../../../src-shared/text/translate.ts';
import type { Clock } from '../../base/clock.ts';
import type { Emitter } from '../../base/emitter.ts';
import type { TelegramMessage, TelegramUpdate } from '../../gateways/telegram/index.ts';
import type { Account, AccountRepository } from '../../store/account-repository.ts';
import type { Bot } from '../../store/bot-repository.ts';
import type { Store, Tx } from '../../store/open.ts';
import type {
  TelegramBotRepository,
  TelegramBridge,
  TelegramLink,
} from '../../store/telegram-bot-repository.ts';
import type { SameMessage, TelegramMessageRepository } from '../../store/telegram-message-repository.ts';
import type { TelegramRecentRepository } from '../../store/telegram-recent-repository.ts';
import { composeChat } from '../messages/compose.ts';
import type { Post } from '../messages/post.ts';
import type { BridgeUpdates } from './bridge-updates.ts';
import { type FollowGroup, isFormer, isHeardIn, isLinked, numberIn } from './follow-group.ts';
import { beginningOf, mediaLine, saidHere } from './telegram-words.ts';

interface TelegramDeliveryDeps {
  store: Store;
  bridges: TelegramBotRepository;
  messages: TelegramMessageRepository;
  recents: TelegramRecentRepository;
  accounts: Pick<AccountRepository, 'ofPerson' | 'ofBot'>;
  post: Pick<Post, 'prepare' | 'put'>;
  languageOf: (bot: Bot, tx?: Tx) => Promise<Language>;
  follow: FollowGroup;
  /** Tells the bot's program. */
  tell: BridgeUpdates;
  events: Emitter<EngineEvents>;
  clock: Clock;
}

/** A message, and where it was said. */
interface Heard {
  chat: TelegramChat;
  message: TelegramMessage;
}

/** Whom it is delivered to is not signed in here. */
export class NobodyHere extends Error {}

/** Its number is known, and nothing here is the same. */
const isOnlySeen = ({ name, origin }: SameMessage) => origin === 'telegram' && name === '';

/** Private chats and simple groups of a Telegram bot number their messages together. */
const isNumberedTogether = ({ kind }: TelegramChat) => kind === 'private' || kind === 'group';

/**
 * What became of each update is stored in one unit with the number of the next one, so that none is lost and none is taken
 * twice, whenever the program ends. Nothing of other chats is kept.
 */
export function telegramDelivery(deps: TelegramDeliveryDeps) {
  const { store, bridges, messages, recents, accounts, post, languageOf, tell, events, clock } = deps;

  /** Through which account the bot speaks with its owner. */
  const speakerOf = async (bot: Bot, tx?: Tx): Promise<Account | undefined> =>
    bot.jid === '' ? accounts.ofPerson(bot.owner, tx) : accounts.ofBot(bot.id, tx);

  /** What it answers, where that is known here. */
  async function answeredBy(
    tx: Tx,
    { link }: TelegramBridge,
    { bot, account }: { bot: Bot; account: Account },
    { chat, message: { replyTo } }: Heard,
  ) {
    const known = replyTo && (await messages.byNumber(tx, link.id, numberIn(link, chat, replyTo.id)));
    if (!replyTo || !known || known.name === '') return undefined;
    const author = known.origin === 'xmpp' ? bot.owner : account.jid;
    // Without the line that says whose it is.
    const quoted = known.origin === 'xmpp' ? replyTo.text.replace(/^\[XMPP\] [^\n]*\n/, '') : replyTo.text;
    return { id: known.name, author, excerpt: beginningOf(quoted) || undefined };
  }

  /** Puts it into the conversation with the owner. False: it is not carried over. */
  async function put(
    tx: Tx,
    bridge: TelegramBridge,
    speaking: { bot: Bot; account: Account | undefined },
    heard: Heard,
  ): Promise<boolean> {
    const { bot, account } = speaking;
    const { chat, message } = heard;
    const number = numberIn(bridge.link, chat, message.id);
    const same = await messages.byNumber(tx, bridge.link.id, number);
    const known: SameMessage | undefined = same && isOnlySeen(same) ? undefined : same;
    // Ours; or one that came before, in another update.
    if (known && (known.origin === 'xmpp' || !message.isEdit)) return false;
    // It moves every few seconds, for hours: where it began is enough.
    if (known && message.media?.kind === 'live-location') return false;
    if (!account) throw new NobodyHere(`${bot.owner} is not signed in here`);
    const language = await languageOf(bot, tx);
    const t = translate(language);
    const answers = await answeredBy(tx, bridge, { bot, account }, heard);
    const isQuoting = answers === undefined;
    const said = saidHere(message, { t, language, isQuoting }, { isNew: known === undefined });
    const composed = composeChat(account.jid, bot.owner, said.text, {
      hasMarkup: said.hasMarkup,
      isPlain: !said.hasMarkup,
      answers,
      // Written below, of a message that we composed.
      corrects: known?.name as MessageId | undefined,
    });
    await post.put(tx, { account, botId: bot.id }, composed);
    if (!known) {
      const noted = { linkId: bridge.link.id, number, name: composed.id, part: 0 };
      await messages.note(tx, { ...noted, origin: 'telegram' }, clock.now());
    }
    const text = message.text.text || (message.media ? mediaLine(message.media, t, language) : '');
    const recent = { from: message.from, text: beginningOf(text), state: 'done' as const };
    await recents.insert(tx, bot.id, { ...recent, to: 'xmpp', at: clock.now() });
    await tell(tx, bot.id, {
      from: account.jid,
      to: bot.owner,
      body: text,
      type: 'chat',
      stanza_id: known?.name ?? composed.id,
      timestamp: message.at,
      author: message.from,
      chat_id: chat.id,
      ...(answers && { reply_to: answers.id }),
      ...(known && { edited: true as const }),
    });
    return true;
  }

  /** What the chat's own news change here. */
  async function noteChat(
    tx: Tx,
    bridge: TelegramBridge,
    chat: TelegramChat,
    migratedTo: string | undefined,
  ) {
    const { link } = bridge;
    if (migratedTo !== undefined) return deps.follow(tx, bridge, migratedTo);
    if (!isFormer(link, chat) && JSON.stringify(chat) !== JSON.stringify(link.chat))
      await bridges.setChat(tx, link.id, chat);
  }

  /**
   * A Telegram bot that may change the posts of a channel may change everybody's: whoever looks for one of ours by that has to
   * know the others.
   */
  async function seeOthers(tx: Tx, { id: linkId, highestMessage, chat }: TelegramLink, numbers: number[]) {
    if (chat?.kind !== 'channel') return;
    for (const number of numbers.filter((one) => one > highestMessage))
      if (!(await messages.byNumber(tx, linkId, number)))
        await messages.note(tx, { linkId, number, name: '', part: 0, origin: 'telegram' }, clock.now());
  }

  return {
    /** To be awaited before updates are taken: what the chat's encryption needs of the world. */
    async prepare(bot: Bot): Promise<void> {
      const account = await speakerOf(bot);
      if (account) await post.prepare(account, bot.owner);
    },

    /** Which numbers are known at Telegram, also where nothing can be taken yet: what is sent has a higher one. */
    async see(
      bot: Bot,
      { link, telegramId }: TelegramBridge,
      updates: readonly TelegramUpdate[],
    ): Promise<void> {
      const numbers = updates.flatMap(({ chat, message }) => {
        const isTogether = chat && link.chat && isNumberedTogether(link.chat) && isNumberedTogether(chat);
        return chat && message && (isTogether || isLinked(link, chat)) ? [message.id] : [];
      });
      const highest = Math.max(0, ...numbers);
      if (highest <= link.highestMessage) return;
      await store.write(async (tx) => {
        const current = await bridges.of(bot.id, tx);
        if (current?.telegramId !== telegramId || current.link.id !== link.id) return;
        // It became another one meanwhile: these are numbers of the one before.
        if (current.link.formerChatId !== link.formerChatId) return;
        await seeOthers(tx, current.link, numbers);
        await bridges.noteNumber(tx, link.id, highest);
      });
    },

    /**
     * Leaves out the updates of other chats that come first. Resolves with how many they are: all, where the bridge is off by
     * now or another one, for then nothing is taken.
     */
    async pass(
      bot: Bot,
      { link, telegramId }: TelegramBridge,
      updates: readonly TelegramUpdate[],
    ): Promise<number> {
      const isForeign =
        (to: TelegramLink) =>
        ({ chat }: TelegramUpdate) =>
          !isHeardIn(to, chat);
      if (!updates.slice(0, 1).every(isForeign(link))) return 0;
      return store.write(async (tx) => {
        const bridge = await bridges.of(bot.id, tx);
        if (!bridge?.isEnabled || bridge.telegramId !== telegramId) return updates.length;
        const own = updates.findIndex((update) => !isForeign(bridge.link)(update));
        const count = own < 0 ? updates.length : own;
        const last = updates[count - 1];
        if (last) await bridges.setNextUpdate(tx, bot.id, last.id + 1);
        return count;
      });
    },

    /**
     * Takes one update. False: the bridge is off by now, or another one. Rejects where it cannot be put into the chat now:
     * then it was not taken.
     */
    take: (
      bot: Bot,
      { telegramId }: Pick<TelegramBridge, 'telegramId'>,
      update: TelegramUpdate,
    ): Promise<boolean> =>
      store.write(async (tx) => {
        const bridge = await bridges.of(bot.id, tx);
        if (!bridge?.isEnabled || bridge.telegramId !== telegramId) return false;
        const { chat, message, migratedTo } = update;
        const isOurs = isHeardIn(bridge.link, chat);
        const isCarried =
          isOurs &&
          message !== undefined &&
          bridge.link.mode === 'bridge' &&
          (await put(tx, bridge, { bot, account: await speakerOf(bot, tx) }, { chat, message }));
        if (isOurs) await noteChat(tx, bridge, chat, migratedTo);
        const receivedAt = isCarried ? Math.floor(clock.now() / 1_000) : undefined;
        await bridges.setNextUpdate(tx, bot.id, update.id + 1, receivedAt);
        if (isCarried) tx.afterCommit(() => events.emit('telegram.changed', { botId: bot.id }));
        return true;
      }),

    /** Leaves out one that cannot be taken, however often it is tried. */
    skip: (bot: Bot, update: TelegramUpdate): Promise<void> =>
      store.write((tx) => bridges.setNextUpdate(tx, bot.id, update.id + 1)),
  };
}
export type TelegramDelivery = ReturnType<typeof telegramDelivery>;
