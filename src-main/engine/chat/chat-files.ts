import { mkdir } from 'node:fs/promises';
import type { Readable } from 'node:stream';
import type { ChatFile } from '../../../src-shared/api/chats.ts';
import { refuse } from '../../../src-shared/errors.ts';
import type { BareJid } from '../../../src-shared/jid.ts';
import type { AddressPolicy } from '../../base/address-guard.ts';
import type { Clock } from '../../base/clock.ts';
import { nameAndType } from '../../base/file-name.ts';
import type { Logger } from '../../base/logger.ts';
import { promisedType, UNKNOWN_TYPE } from '../../base/media-type.ts';
import { pictureDecoder, pictureFormat } from '../../base/picture-decoder.ts';
import type { Session } from '../../gateways/xmpp/session.ts';
import type { Account, AccountRepository } from '../../store/account-repository.ts';
import type { ChatFileCopy, ChatFileRepository } from '../../store/chat-file-repository.ts';
import type { ChatMessageRepository } from '../../store/chat-message-repository.ts';
import type { ChatFileSource, ChatMessageRow } from '../../store/chat-message-row.ts';
import type { ChatRepository } from '../../store/chat-repository.ts';
import type { Store, Tx } from '../../store/open.ts';
import { fetchSource, fromHex, toHex } from '../files/fetch-source.ts';
import type { FileStore, StoredFile } from '../files/file-store.ts';
import type { ServerFiles } from '../files/server-files.ts';
import { hashed } from '../messages/message-names.ts';

interface ChatFilesDeps {
  store: Store;
  chats: ChatRepository;
  messages: ChatMessageRepository;
  copies: ChatFileRepository;
  /** A folder of their own: what lies there is kept as long as its message. */
  folder: string;
  files: FileStore;
  accounts: Pick<AccountRepository, 'byId'>;
  sessionOf: (jid: BareJid) => Session | undefined;
  nearFor: ServerFiles['nearFor'];
  policy: () => AddressPolicy;
  clock: Clock;
  logger: Logger;
}

/** A file as the window gets it. */
export interface OpenChatFile {
  name: string;
  type: string;
  sizeBytes: number;
  content: Readable;
}

/** Fetches at once: what many slow servers dribble must not take all connections. */
const AT_ONCE = 8;
const BUSY_RETRY_S = 5;
/** Of all copies together; beyond that the oldest are fetched anew when somebody looks. */
const COPIES_BYTES = 2 * 1024 * 1024 * 1024;
const MEASURED_BYTES = 20 * 1024 * 1024;
const TOKEN = /^(\d{1,15})\.([A-Za-z0-9_-]{8})\.(\d)$/;

/** Files of messages, received and sent: fetched when somebody looks at them, and kept as long as the message. */
export function chatFiles(deps: ChatFilesDeps) {
  const {
    store,
    chats,
    messages,
    copies,
    folder,
    files,
    accounts,
    sessionOf,
    nearFor,
    policy,
    clock,
    logger,
  } = deps;
  const underWay = new Map<string, Promise<ChatFileCopy>>();
  /** Stored since copies were counted last. */
  const fresh = new Set<string>();

  /** A place may be another message's one day. */
  const checkOf = ({ name }: ChatMessageRow) => hashed(name).slice(0, 8);
  const tokenOf = (message: ChatMessageRow, number: number) => `${message.id}.${checkOf(message)}.${number}`;

  function view(message: ChatMessageRow, number: number, copy: ChatFileCopy | undefined): ChatFile {
    const source = message.body().files?.[number];
    const { name, type, size } = source ?? { name: 'file' };
    return {
      name: copy?.name ?? name,
      type: copy?.type ?? type ?? promisedType(name) ?? UNKNOWN_TYPE,
      size: copy?.sizeBytes ?? size ?? null,
      width: copy?.width ?? null,
      height: copy?.height ?? null,
      path: `/api/v1/chat-files/${tokenOf(message, number)}`,
      problem: null,
    };
  }

  /** Width and height of what is an image; what cannot be measured is shown all the same. */
  async function measured(file: StoredFile & { head: Uint8Array }) {
    if (!pictureFormat(file.head) || file.sizeBytes > MEASURED_BYTES) return { width: null, height: null };
    try {
      const pieces: Buffer[] = [];
      for await (const piece of files.read(file)) pieces.push(piece as Buffer);
      const decoder = await pictureDecoder();
      const { autoOrient, width, height } = await decoder(Buffer.concat(pieces)).metadata();
      return { width: autoOrient?.width ?? width ?? null, height: autoOrient?.height ?? height ?? null };
    } catch {
      return { width: null, height: null };
    }
  }

  async function keep(
    place: { message: number; number: number },
    file: StoredFile & { head: Uint8Array },
    names: readonly (string | undefined)[],
  ): Promise<ChatFileCopy> {
    const known = nameAndType(names, file.head);
    const { id, sizeBytes, key } = file;
    const size = await measured(file);
    const copy = { id, sizeBytes, ...known, ...size, key: toHex(key.key), iv: toHex(key.iv) };
    try {
      await store.write((tx) => copies.save(tx, place, copy, clock.now()));
    } catch (error) {
      await files.remove(id);
      throw error;
    }
    fresh.add(id);
    files.release(id);
    return copy;
  }

  async function fetched(message: ChatMessageRow, number: number, source: ChatFileSource, account: Account) {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    const near = await nearFor(sessionOf(account.jid), source.url);
    const place = { account, near, policy: policy() };
    const file = await fetchSource(files, place, source);
    return keep({ message: message.id, number }, file, [source.name]);
  }

  return {
    /** What is known of the files of these messages. */
    async views(rows: readonly ChatMessageRow[]) {
      const withFiles = rows.filter((row) => row.body().files?.length).map(({ id }) => id);
      const known = await copies.of(withFiles);
      return (message: ChatMessageRow, number: number): ChatFile =>
        view(message, number, known.get(`${message.id}/${number}`));
    },

    /** The file of such a path; refuses one that is unknown, and a file that cannot be had. */
    async open(token: string): Promise<OpenChatFile> {
      const [, place, name, number] = TOKEN.exec(token) ?? [];
      const [message] = (await messages.byIds(place === undefined ? [] : [Number(place)])).filter(
        (one) => checkOf(one) === name,
      );
      const source = message?.body().files?.[Number(number)];
      const [chat] = message ? await chats.byIds([message.chatId]) : [];
      const account = chat && (await accounts.byId(chat.accountId));
      if (!message || !source || !account) throw refuse('file.not-found', {});
      const known = await copies.find(message.id, Number(number));
      let copy = known && (await files.has(known.id)) ? known : undefined;
      if (!copy) {
        const running = underWay.get(token);
        if (!running && underWay.size >= AT_ONCE)
          throw refuse('file.busy', { seconds: BUSY_RETRY_S }, BUSY_RETRY_S);
        const fetching =
          running ?? fetched(message, Number(number), source, account).finally(() => underWay.delete(token));
        underWay.set(token, fetching);
        copy = await fetching;
      }
      const { id, type, sizeBytes, key, iv } = copy;
      const content = files.read({ id, sizeBytes, key: { key: fromHex(key), iv: fromHex(iv) } });
      return { name: copy.name, type, sizeBytes, content };
    },

    /** Drops copies beyond what may lie here, and files whose message is gone. */
    async expire(tx: Tx): Promise<void> {
      let bytes = 0;
      const kept = new Set<string>();
      const dropped: string[] = [];
      for (const { id, bytes: size } of await copies.names(tx)) {
        bytes += size;
        fresh.delete(id);
        if (bytes <= COPIES_BYTES) kept.add(id);
        else dropped.push(id);
      }
      await copies.forget(tx, dropped);
      tx.afterCommit(() => void this.sweep(kept));
    },
    async sweep(known?: ReadonlySet<string>): Promise<void> {
      try {
        const kept = known ?? new Set((await copies.names()).map(({ id }) => id));
        await files.sweep((id) => kept.has(id) || fresh.has(id));
      } catch (error) {
        logger.error({ err: error }, 'files of messages could not be removed');
      }
    },
  };
}
export type ChatFiles = ReturnType<typeof chatFiles>;
