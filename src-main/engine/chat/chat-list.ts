import type { Chat, ChatMessage } from '../../../src-shared/api/chats.ts';
import { refuse } from '../../../src-shared/errors.ts';
import type { SessionState } from '../../../src-shared/events.ts';
import type { AccountId } from '../../../src-shared/ids.ts';
import { type BareJid, bareJid, bareJidOnly } from '../../../src-shared/jid.ts';
import type { Language } from '../../../src-shared/text/translate.ts';
import type { Account, AccountRepository } from '../../store/account-repository.ts';
import type { Bot } from '../../store/bot-repository.ts';
import type { ChatMessageRepository } from '../../store/chat-message-repository.ts';
import type { ChatMessageRow } from '../../store/chat-message-row.ts';
import type { ChatRepository, ListedChat } from '../../store/chat-repository.ts';
import type { DeviceCountRepository } from '../../store/device-count-repository.ts';
import type { RoomRepository } from '../../store/room-repository.ts';
import type { RoomRegistry } from '../rooms/room-registry.ts';
import type { ChatEncryption } from './chat-encryption.ts';
import type { ChatPages } from './chat-pages.ts';
import type { ChatPeople } from './chat-people.ts';

interface ChatListDeps {
  chats: ChatRepository;
  messages: ChatMessageRepository;
  devices: DeviceCountRepository;
  accounts: Pick<AccountRepository, 'people' | 'ofPerson'>;
  bots: { all: (owner?: BareJid) => Promise<Bot[]> };
  roomRows: Pick<RoomRepository, 'of'>;
  rooms: RoomRegistry;
  people: ChatPeople;
  pages: ChatPages;
  encryptionOf: ChatEncryption;
  stateOf: (jid: BareJid) => SessionState;
  languageOf: (account: Account) => Promise<Language>;
}

/** A line of the list has no room for more of what was said last. */
const SHOWN_LETTERS = 300;
function beginningOf(message: ChatMessage | undefined): ChatMessage | null {
  if (!message) return null;
  if (message.text.length <= SHOWN_LETTERS) return message;
  return { ...message, text: `${message.text.slice(0, SHOWN_LETTERS).toWellFormed()}…` };
}

/** What the chat with oneself is called. */
const SELF = 'Botmother';

/** A conversation that is there without anybody having said something. */
type Begun = Omit<ListedChat, 'id'> & { id: number | undefined };
interface Placed {
  account: Account;
  chat: Begun;
  bot: Bot | undefined;
}

/** The conversations of people's accounts: their own, with their bots, with others, in rooms. */
export function chatList(deps: ChatListDeps) {
  const { chats, messages, devices, accounts, bots, roomRows, rooms, people, pages, encryptionOf } = deps;

  const begun = (accountId: AccountId, jid: BareJid, isRoom = false): Begun => ({
    id: undefined,
    accountId,
    jid,
    isRoom,
    name: undefined,
    isMuted: false,
    draft: '',
    readUpTo: undefined,
    isContact: false,
    isForgotten: false,
    unread: 0,
    mentions: 0,
  });

  const kindOf = ({ account, chat, bot }: Placed): Chat['kind'] => {
    if (chat.jid === account.jid) return 'self';
    if (bot) return 'bot';
    return chat.isRoom ? 'room' : 'contact';
  };

  function nameOf({ account, chat, bot }: Placed): string {
    const { jid } = chat;
    if (jid === account.jid) return SELF;
    const inRoom = chat.isRoom ? rooms.of(account)?.of(jid)?.name : undefined;
    return inRoom || people.nameOf(account, jid) || bot?.name || chat.name || jid.slice(0, jid.indexOf('@'));
  }

  /** `rows`: the newest message of each that has one. */
  async function views(placed: readonly Placed[], rows: readonly ChatMessageRow[]): Promise<Chat[]> {
    const ids = [...new Set(placed.map(({ account }) => account.id))];
    const [only] = placed;
    const counts = await devices.of(ids, placed.length === 1 ? only?.chat.jid : undefined);
    const counted = new Map(counts.map((one) => [`${one.accountId}/${one.jid}`, one]));
    const byChat = new Map(
      placed.flatMap(({ chat, account }) => (chat.id ? [[chat.id, { ...chat, id: chat.id, account }]] : [])),
    );
    const last = await pages.views(
      rows.flatMap((row) => {
        const chat = byChat.get(row.chatId);
        return chat ? [{ row, chat }] : [];
      }),
    );
    const lastOf = new Map(last.map((one) => [`${one.account}/${one.chat}`, one]));
    const languages = new Map<AccountId, Language>();
    for (const { account } of placed)
      if (!languages.has(account.id)) languages.set(account.id, await deps.languageOf(account));
    return placed.map((one) => {
      const { account, chat, bot } = one;
      const { jid } = chat;
      const kind = kindOf(one);
      const language = languages.get(account.id) ?? 'en';
      return {
        account: account.jid,
        jid,
        kind,
        name: nameOf(one),
        bot_id: bot?.id ?? null,
        state: bot ? deps.stateOf(jid) : null,
        contact: kind === 'contact' && (people.isContact(account, jid) ?? chat.isContact),
        presence: kind === 'contact' ? people.presenceOf(account, jid) : null,
        encryption: encryptionOf(account, { jid, kind, language }, counted.get(`${account.id}/${jid}`)),
        last: beginningOf(lastOf.get(`${account.jid}/${jid}`)),
        unread: chat.unread,
        mentions: chat.mentions,
        muted: chat.isMuted,
        draft: chat.draft,
        read_up_to: chat.readUpTo ?? null,
        typing: people.typingIn(account, jid),
      };
    });
  }

  /** A person's account; refuses any other address. */
  async function accountOf(address: string): Promise<Account> {
    const jid = bareJid(address);
    const account = await accounts.ofPerson(jid);
    if (!account) throw refuse('account.not-found', { account: jid });
    return account;
  }

  /** Conversations that are there by themselves. */
  async function standing(account: Account): Promise<Begun[]> {
    const own = (await bots.all(account.jid)).filter(({ jid }) => jid !== '');
    const joined = (await roomRows.of(account.id)).filter(({ out }) => !out);
    return [
      begun(account.id, account.jid),
      ...own.map(({ jid }) => begun(account.id, jid as BareJid)),
      ...joined.map(({ jid }) => begun(account.id, jid, true)),
    ];
  }

  async function find(account: Account, jid: BareJid): Promise<Placed | undefined> {
    const stored = await chats.find(account.id, jid);
    const isThere = stored && (!stored.isForgotten || (await messages.newest(stored.id)) !== undefined);
    const always = isThere ? undefined : (await standing(account)).find((one) => one.jid === jid);
    const chat = isThere || always ? (stored ?? always) : undefined;
    const bot = (await bots.all()).find((one) => one.jid === jid);
    return chat && { account, chat, bot };
  }

  return {
    accountOf,

    /** All of them, the newest first; those of one account where one is named. */
    async list(address: string | undefined): Promise<Chat[]> {
      const wanted = address === undefined ? await accounts.people() : [await accountOf(address)];
      if (wanted.length === 0) return [];
      const byJid = new Map((await bots.all()).flatMap((bot) => (bot.jid === '' ? [] : [[bot.jid, bot]])));
      const stored = await chats.list(wanted.map(({ id }) => id));
      const newest = await messages.newestOf(wanted.map(({ id }) => id));
      const lastIds = new Map(newest.map(({ chatId, id }) => [chatId, id]));
      const placed: Placed[] = [];
      for (const account of wanted) {
        const always = await standing(account);
        const alwaysThere = new Set(always.map(({ jid }) => jid));
        const known = stored.filter(
          ({ accountId, isForgotten, id, jid }) =>
            accountId === account.id && (!isForgotten || lastIds.has(id) || alwaysThere.has(jid)),
        );
        const jids = new Set(known.map(({ jid }) => jid));
        const others = always.filter(({ jid }) => !jids.has(jid));
        for (const chat of [...known, ...others]) placed.push({ account, chat, bot: byJid.get(chat.jid) });
      }
      const rank = ({ account, chat }: Placed) => (chat.jid === account.jid ? 0 : 1);
      const lastOf = ({ chat }: Placed) => lastIds.get(chat.id ?? 0) ?? 0;
      placed.sort((a, b) => rank(a) - rank(b) || lastOf(b) - lastOf(a));
      return views(placed, newest);
    },

    /** One of them. Refuses a conversation that nobody has begun. */
    async find(accountAddress: string, address: string): Promise<Placed> {
      const account = await accountOf(accountAddress);
      const jid = bareJidOnly(address);
      const found = await find(account, jid);
      if (!found) throw refuse('chat.not-found', { account: account.jid, chat: jid });
      return found;
    },
    async view(placed: Placed): Promise<Chat> {
      const newest = placed.chat.id === undefined ? undefined : await messages.newest(placed.chat.id);
      const [view] = await views([placed], newest ? [newest] : []);
      if (!view) throw new Error('a conversation has no view');
      return view;
    },
    kindOf,
  };
}
export type ChatList = ReturnType<typeof chatList>;
export type PlacedChat = Placed;
