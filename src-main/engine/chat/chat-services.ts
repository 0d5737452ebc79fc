import { join } from 'node:path';
import { refuse } from '../../../src-shared/errors.ts';
import type { EngineEvents } from '../../../src-shared/events.ts';
import { bareJidOnly } from '../../../src-shared/jid.ts';
import { checkText } from '../../../src-shared/xml-text.ts';
import type { AddressPolicy } from '../../base/address-guard.ts';
import type { Clock } from '../../base/clock.ts';
import type { Emitter } from '../../base/emitter.ts';
import type { Logger } from '../../base/logger.ts';
import { Scope } from '../../base/scope.ts';
import type { SecretBox } from '../../base/secret-box.ts';
import type { Session } from '../../gateways/xmpp/session.ts';
import type { Account, AccountRepository } from '../../store/account-repository.ts';
import { botCommandRepository } from '../../store/bot-command-repository.ts';
import type { BotRepository } from '../../store/bot-repository.ts';
import { chatFileRepository } from '../../store/chat-file-repository.ts';
import { chatMessageRepository, type PageQuery } from '../../store/chat-message-repository.ts';
import { chatRepository } from '../../store/chat-repository.ts';
import { chatRequestRepository } from '../../store/chat-request-repository.ts';
import { deviceCountRepository } from '../../store/device-count-repository.ts';
import type { Store, Tx } from '../../store/open.ts';
import type { AccountSessions } from '../accounts/account-sessions.ts';
import type { FilePassage } from '../files/file-passage.ts';
import { fileStore } from '../files/file-store.ts';
import type { ServerFiles } from '../files/server-files.ts';
import type { Conversations } from '../messages/conversations.ts';
import { idempotency } from '../messages/idempotency.ts';
import type { InboundPipeline } from '../messages/inbound-pipeline.ts';
import { shownId } from '../messages/message-targets.ts';
import type { Outbox } from '../messages/outbox.ts';
import type { OutgoingServices } from '../messages/outgoing-services.ts';
import type { Post } from '../messages/post.ts';
import type { RoomBase } from '../rooms/room-base.ts';
import { type ChatCommandsDeps, chatCommands } from './chat-commands.ts';
import { chatContacts } from './chat-contacts.ts';
import { chatEncryption } from './chat-encryption.ts';
import { chatFiles } from './chat-files.ts';
import { chatList, type PlacedChat } from './chat-list.ts';
import { chatLog } from './chat-log.ts';
import { chatMembers } from './chat-members.ts';
import { chatPages } from './chat-pages.ts';
import { chatPeople } from './chat-people.ts';
import { chatRequests } from './chat-requests.ts';
import { chatSearch } from './chat-search.ts';
import { chatSessions } from './chat-sessions.ts';
import { chatTyping } from './chat-typing.ts';
import { chatWriting, type WrittenChat } from './chat-writing.ts';
import { followDeviceNews } from './device-notices.ts';
import { readMarks } from './read-marks.ts';

interface ChatBaseDeps {
  store: Store;
  box: SecretBox;
  events: Emitter<EngineEvents>;
  clock: Clock;
}

/** What is kept of conversations: everything that says something stands on it. */
export async function chatBase({ store, box, events, clock }: ChatBaseDeps) {
  const chats = chatRepository(store, box);
  const messages = chatMessageRepository(store, box);
  return { chats, messages, log: await chatLog({ chats, messages, events, clock }) };
}
type ChatBase = Awaited<ReturnType<typeof chatBase>>;

interface ChatServicesDeps extends ChatBaseDeps {
  base: ChatBase;
  dataDir: string;
  accounts: AccountRepository;
  bots: BotRepository;
  conversations: Conversations;
  outbox: Outbox;
  post: Post;
  out: OutgoingServices;
  rooms: RoomBase;
  sessions: Pick<AccountSessions, 'of' | 'accountOf' | 'stateOf'>;
  policy: () => AddressPolicy;
  files: { passage: FilePassage; nearFor: ServerFiles['nearFor'] };
  languageOf: (account: Account) => Promise<'en' | 'de'>;
  runners: ChatCommandsDeps['runners'];
  logger: Logger;
}

/** Messages of an account that are kept; the oldest go. */
const KEPT_PER_ACCOUNT = 50_000;

/** The window's conversations. */
export function chatServices({ base, ...deps }: ChatServicesDeps) {
  const { store, box, accounts, bots, rooms, out, events, clock, logger, languageOf } = deps;
  const { chats, messages, log } = base;
  const sessions = chatSessions({ sessions: deps.sessions, offline: (jid) => out.outgoing.offline(jid) });
  const folder = join(deps.dataDir, 'files', 'chats');
  const files = chatFiles({
    ...deps,
    ...base,
    copies: chatFileRepository(store, box),
    folder,
    files: fileStore(folder),
    nearFor: deps.files.nearFor,
    sessionOf: (jid) => deps.sessions.of(jid),
  });
  const keepContacts = chatContacts({ store, chats, announceChat: log.announceChat, logger });
  const people = chatPeople({
    events,
    clock,
    logger,
    onContacts: (...news) => void keepContacts(...news),
  });
  const pages = chatPages({ messages, outbox: deps.outbox, files, languageOf });
  const devices = deviceCountRepository(store);
  const list = chatList({
    chats,
    messages,
    devices,
    accounts,
    bots,
    roomRows: rooms.roomRows,
    rooms: rooms.registry,
    people,
    pages,
    encryptionOf: chatEncryption({ conversations: deps.conversations, rooms: rooms.registry }),
    stateOf: (jid) => deps.sessions.stateOf(jid),
    languageOf,
  });
  const requests = chatRequests({
    store,
    idempotency: idempotency({ repository: chatRequestRepository(store, box), clock }),
  });
  const writing = chatWriting({
    ...deps,
    requests,
    files: deps.files.passage,
    retractionFallback: out.retractionFallback,
    messages,
    log,
    rooms: rooms.registry,
    sessions,
  });
  const commands = chatCommands({
    runners: deps.runners,
    selectedOf: async ({ jid, selectedBotId }) => {
      const active = (await bots.all(jid)).filter(
        ({ status, mode }) => status === 'active' && mode === 'personal',
      );
      return active.find(({ id }) => id === selectedBotId) ?? active.at(-1);
    },
    botCommands: botCommandRepository(store),
    languageOf,
  });
  const marks = readMarks({ ...deps, ...base, sessions, people, devices });
  const search = chatSearch({ messages, pages, clock });
  const typing = chatTyping({ sessions, people, messages });

  const written = (placed: PlacedChat): WrittenChat => ({
    account: placed.account,
    jid: placed.chat.jid,
    id: placed.chat.id,
    kind: list.kindOf(placed),
  });

  return {
    list,
    pages,
    writing,
    marks,
    typing,
    files,
    commands,
    members: chatMembers(rooms.registry),
    written,
    log,
    /** Whether somebody is on the account's contact list, as far as that is known while it is online. */
    isContact: people.isContact,

    /** Begins a conversation, if there is none. In rooms that is done by joining. */
    async open({ account: address, jid }: { account: string; jid: string }): Promise<void> {
      const account = await list.accountOf(address);
      const chat = bareJidOnly(jid);
      const room = await rooms.roomRows.find(account.id, chat);
      await store.write(async (tx) => {
        const id = await log.open(tx, account, chat, room !== undefined);
        await chats.recall(tx, id);
      });
    },
    async change(
      { account, chat }: PlacedChat,
      { muted, draft }: { muted?: boolean | undefined; draft?: string | undefined },
    ): Promise<void> {
      if (draft !== undefined) checkText('draft', draft);
      await store.write(async (tx) => {
        const id = await log.open(tx, account, chat.jid, chat.isRoom);
        if (muted !== undefined) await chats.setMuted(tx, id, muted);
        if (draft !== undefined) await chats.setDraft(tx, id, draft);
        log.announceChat(tx, account, chat.jid);
      });
    },
    async page({ account, chat: { id, jid } }: PlacedChat, query: PageQuery) {
      if (id === undefined) return { messages: [], has_older: false, has_newer: false };
      return pages.page({ id, account, jid }, query);
    },
    /** A message of it, as it is now. */
    async message(
      { account, chat: { jid } }: PlacedChat,
      { chatId, messageId }: { chatId: number; messageId: string },
    ) {
      const row = await messages.find(chatId, messageId);
      if (!row) throw refuse('chat.no-message', { id: shownId(messageId), chat: jid });
      return pages.one({ id: chatId, account, jid }, row);
    },
    /** Looks for words in all conversations, or in those of one account, or in one. */
    async find({
      account,
      chat,
      ...query
    }: {
      account?: string | undefined;
      chat?: string | undefined;
      q: string;
      before?: number | undefined;
      limit: number;
    }) {
      const people = account === undefined ? await accounts.people() : [await list.accountOf(account)];
      const jid = chat === undefined ? undefined : bareJidOnly(chat);
      if (people.length === 0) return { messages: [], next: null };
      const known = await chats.idsOf(
        people.map(({ id }) => id),
        jid,
      );
      const byId = new Map(people.map((one) => [one.id, one]));
      const looked = known.flatMap(({ id, accountId, jid: address }) => {
        const owner = byId.get(accountId);
        return owner ? [{ id, account: owner, jid: address }] : [];
      });
      return search.find(looked, { ...query, jid });
    },

    /** Ties a person's session to its conversations. Returns the function that ends it. */
    follow(account: Account, session: Session, pipeline: InboundPipeline): () => Promise<void> {
      const scope = new Scope();
      scope.add(sessions.add(account, pipeline));
      people.follow(account, session, scope);
      marks.follow(account, session, scope);
      followDeviceNews(account, scope, { store, log, events, logger });
      return () => scope.close();
    },

    /** Drops what is kept for too long. */
    async expire(tx: Tx): Promise<void> {
      for (const id of log.accountIds()) await log.trim(tx, id, KEPT_PER_ACCOUNT);
      await requests.expire(tx);
      await files.expire(tx);
    },
  };
}
export type ChatServices = ReturnType<typeof chatServices>;
