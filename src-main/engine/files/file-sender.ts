import { randomUUID } from 'node:crypto';
import { refuse } from '../../../src-shared/errors.ts';
import type { BareJid } from '../../../src-shared/jid.ts';
import { checkText } from '../../../src-shared/xml-text.ts';
import { type AddressPolicy, AddressRefused, checkUrl } from '../../base/address-guard.ts';
import { nameAndType, nameInUrl } from '../../base/file-name.ts';
import type { HttpClient } from '../../base/http-client.ts';
import { UNKNOWN_TYPE, usualEnding } from '../../base/media-type.ts';
import { aesgcmUrl, FILE_TAG_BYTES } from '../../gateways/omemo/aesgcm-file.ts';
import { type Session, SessionLost } from '../../gateways/xmpp/session.ts';
import type { UploadService } from '../../gateways/xmpp/xep-0363-upload.ts';
import type { Account } from '../../store/account-repository.ts';
import type { Bot } from '../../store/bot-repository.ts';
import type { RepeatableRequest, SentIds } from '../../store/idempotency-repository.ts';
import type { Store, Tx } from '../../store/open.ts';
import { composeChat } from '../messages/compose.ts';
import type { Idempotency } from '../messages/idempotency.ts';
import { checkLength } from '../messages/message-service.ts';
import { type MessageType, type Outgoing, speakerOf } from '../messages/outgoing.ts';
import type { Post } from '../messages/post.ts';
import { FETCHING, FILE_LIMIT_BYTES, fetchRefusal, takeFile } from './fetch-file.ts';
import { type FileStore, type Seen, type StoredFile, TooLarge } from './file-store.ts';
import { fileTurns } from './file-turns.ts';
import type { ServerFiles } from './server-files.ts';

interface FileSenderDeps {
  store: Store;
  files: FileStore;
  server: ServerFiles;
  post: Post;
  outgoing: Outgoing;
  idempotency: Idempotency;
  /** Fetches from addresses that programs give. */
  client: HttpClient;
  policy: () => AddressPolicy;
}

/** What a program wants to be sent. */
export interface NewFile {
  to: string;
  type?: MessageType | undefined;
  /** A message of its own, behind the file. */
  caption?: string | undefined;
  /** What the file is to be called. */
  name?: string | undefined;
  /** The same key within a day leads to the same messages. */
  idempotencyKey?: string | undefined;
}

/** A file that came with the request. */
export type GivenFile = StoredFile & Seen & { givenName: string | undefined };

/** Everything that could be refused without the file was not. */
interface Way {
  bot: Bot;
  to: BareJid;
  account: Account;
  session: Session;
  service: UploadService;
  /** The conversation is encrypted, so the file is too. */
  isSealed: boolean;
}

/** Sends files: by way of the account's server (XEP-0363), in the clear as a link that clients show, or encrypted. */
export function fileSender(deps: FileSenderDeps) {
  const { store, files, server, post, outgoing, idempotency, client, policy } = deps;
  const counted = fileTurns();

  /** Refuses what cannot be sent, whatever is in the file. */
  async function wayOf(bot: Bot, { to: address, type, caption }: NewFile): Promise<Way> {
    const to = await outgoing.recipient(bot, address, type);
    if (caption) checkLength(composeChat(speakerOf(bot), to, checked(caption)));
    const account = await outgoing.account(bot);
    const session = await outgoing.session(bot);
    try {
      await post.prepare(account, to);
      const isSealed = await store.write((tx) => post.isEncrypted(tx, account, to));
      return { bot, to, account, session, service: await server.serviceOf(account, session), isSealed };
    } catch (error) {
      throw error instanceof SessionLost ? await outgoing.offline(account.jid) : error;
    }
  }

  /** The largest file that can go that way. */
  function limitOf({ service, isSealed }: Way): number {
    const ofServer = (service.maxSizeBytes ?? Number.POSITIVE_INFINITY) - (isSealed ? FILE_TAG_BYTES : 0);
    return Math.min(FILE_LIMIT_BYTES, ofServer);
  }
  function tooLarge(way: Way) {
    const limit = limitOf(way);
    if (limit === FILE_LIMIT_BYTES) return refuse('file.too-large', { limit });
    return refuse('file.too-large-for-server', { server: way.service.jid, limit });
  }

  async function fetched(way: Way, url: string): Promise<GivenFile> {
    let givenName: string | undefined;
    try {
      const kept = await client.exchange(url, FETCHING, (answer) => {
        givenName = nameInHeader(answer.headers['content-disposition']) ?? nameInUrl(url);
        return takeFile(answer, limitOf(way), (body) => files.keep(body, limitOf(way)));
      });
      return { ...kept, givenName };
    } catch (error) {
      throw error instanceof TooLarge ? tooLarge(way) : fetchRefusal(error, url);
    }
  }

  /** Uploads it and resolves with its address as the message has it. */
  async function uploaded(way: Way, file: GivenFile, name: string | undefined): Promise<string> {
    const { account, session, service, isSealed } = way;
    if (file.sizeBytes === 0) throw refuse('file.empty', {});
    if (file.sizeBytes > limitOf(way)) throw tooLarge(way);
    const known = nameAndType([name, file.givenName], file.head);
    const sizeBytes = file.sizeBytes + (isSealed ? FILE_TAG_BYTES : 0);
    try {
      const url = await server.upload(account, session, service, {
        file,
        isSealed,
        sizeBytes,
        // Of an encrypted one the server learns nothing but the ending, by which clients know how to show it.
        name: isSealed ? hiddenName(known) : known.name,
        type: isSealed ? UNKNOWN_TYPE : known.type,
      });
      return isSealed ? aesgcmUrl(url, file.key) : url;
    } catch (error) {
      throw error instanceof SessionLost ? await outgoing.offline(account.jid) : error;
    }
  }

  async function commit(
    { bot, to, account, isSealed }: Way,
    url: string,
    { caption, type }: NewFile,
    request: RepeatableRequest | undefined,
  ): Promise<SentIds> {
    const from = speakerOf(bot);
    const isRoom = type === 'groupchat';
    const message = composeChat(from, to, url, { isFile: !isSealed, isPlain: true, isRoom });
    const below = caption ? composeChat(from, to, caption, { isRoom }) : undefined;
    await post.prepare(account, to);
    return store.write(async (tx: Tx) => {
      // The same request may have come twice at once.
      const first = request && (await idempotency.earlier(request, tx));
      if (first) return first;
      // A key in clear, or a file in clear in an encrypted conversation: what was decided then must hold now.
      if ((await post.isEncrypted(tx, account, to)) !== isSealed)
        throw refuse('file.other-encryption', { to });
      await post.put(tx, { account, botId: bot.id }, message);
      if (below) await post.put(tx, { account, botId: bot.id }, below);
      const sent: SentIds = { messageId: message.id, captionId: below?.id };
      if (request) await idempotency.note(tx, request, sent);
      return sent;
    });
  }

  const requestOf = (
    bot: Bot,
    file: NewFile,
    to: BareJid,
    what: readonly unknown[],
  ): RepeatableRequest | undefined =>
    file.idempotencyKey === undefined
      ? undefined
      : {
          botId: bot.id,
          key: file.idempotencyKey,
          content: JSON.stringify(['file', to, ...what, file.caption ?? '', file.name ?? '']),
        };

  return {
    /** Counts a request among what is under way; refuses when that is too much. */
    counted,
    /** Refuses what would be refused whatever is in the file: to be asked before a program sends it. */
    check: async (bot: Bot, file: NewFile): Promise<void> => void (await wayOf(bot, file)),

    /** Takes in the file of a request, for `send`; whoever asked for that removes it. */
    async take(source: AsyncIterable<Uint8Array>, givenName: string | undefined): Promise<GivenFile> {
      try {
        return { ...(await files.keep(source, FILE_LIMIT_BYTES)), givenName };
      } catch (error) {
        throw error instanceof TooLarge ? refuse('file.too-large', { limit: FILE_LIMIT_BYTES }) : error;
      }
    },
    drop: ({ id }: Pick<StoredFile, 'id'>): Promise<void> => files.remove(id),

    /**
     * Uploads a file and commits the message with its address, and one with the caption, to the outbox; resolves with
     * their ids. What can be refused is refused before the file is fetched, all else before it is uploaded.
     */
    async send(bot: Bot, file: NewFile & { given: GivenFile }): Promise<SentIds> {
      const to = await outgoing.recipient(bot, file.to, file.type);
      const request = requestOf(bot, file, to, ['given', file.given.sha256, file.given.givenName]);
      const earlier = request && (await idempotency.earlier(request));
      if (earlier) {
        await store.durable();
        return earlier;
      }
      const way = await wayOf(bot, file);
      return commit(way, await uploaded(way, file.given, file.name), file, request);
    },

    /** The same with a file that lies somewhere in the web. Redirects are not followed. */
    async sendFrom(bot: Bot, file: NewFile & { url: string }): Promise<SentIds> {
      const { url } = file;
      const to = await outgoing.recipient(bot, file.to, file.type);
      try {
        checkUrl(url, policy());
      } catch (error) {
        if (error instanceof AddressRefused) throw refuse('address.refused', { url, reason: error.message });
        throw error;
      }
      const request = requestOf(bot, file, to, ['url', url]);
      const earlier = request && (await idempotency.earlier(request));
      if (earlier) {
        await store.durable();
        return earlier;
      }
      const way = await wayOf(bot, file);
      return counted(bot, async () => {
        const given = await fetched(way, url);
        try {
          return await commit(way, await uploaded(way, given, file.name), file, request);
        } finally {
          await files.remove(given.id);
        }
      });
    },
  };
}
export type FileSender = ReturnType<typeof fileSender>;

function checked(caption: string): string {
  checkText('caption', caption);
  return caption;
}

function hiddenName({ name, type }: { name: string; type: string }): string {
  const ending = /\.([a-z0-9]{1,10})$/i.exec(name)?.[1]?.toLowerCase() ?? usualEnding(type);
  const hidden = randomUUID();
  return ending === undefined ? hidden : `${hidden}.${ending}`;
}

/** The plain form of a name that a web server gives (RFC 6266); what is more intricate is not worth the trouble. */
function nameInHeader(header: string | string[] | undefined): string | undefined {
  return /;\s*filename\s*=\s*(?:"([^"\\]*)"|([^\s;"]+))/i
    .exec(String(header ?? ''))
    ?.slice(1)
    .find(Boolean);
}
