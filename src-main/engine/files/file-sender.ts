import { refuse } from '../../../src-shared/errors.ts';
import type { BareJid } from '../../../src-shared/jid.ts';
import { checkText } from '../../../src-shared/xml-text.ts';
import { type AddressPolicy, AddressRefused, checkUrl } from '../../base/address-guard.ts';
import { nameInUrl } from '../../base/file-name.ts';
import type { HttpClient } from '../../base/http-client.ts';
import type { Bot } from '../../store/bot-repository.ts';
import type { RepeatableRequest, SentIds } from '../../store/idempotency-repository.ts';
import type { Store, Tx } from '../../store/open.ts';
import { composeChat } from '../messages/compose.ts';
import type { FileReference } from '../messages/files-in-message.ts';
import type { Idempotency } from '../messages/idempotency.ts';
import { checkLength } from '../messages/message-service.ts';
import { type MessageType, type Outgoing, speakerOf } from '../messages/outgoing.ts';
import type { Post } from '../messages/post.ts';
import { FETCHING, FILE_LIMIT_BYTES, fetchRefusal, takeFile } from './fetch-file.ts';
import type { FilePassage, GivenFile, OpenPassage } from './file-passage.ts';
import { type FileStore, type StoredFile, TooLarge } from './file-store.ts';
import { fileTurns } from './file-turns.ts';

interface FileSenderDeps {
  store: Store;
  files: FileStore;
  passage: FilePassage;
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

/** Everything that could be refused without the file was not. */
interface Way extends OpenPassage {
  bot: Bot;
}

/** Sends files: by way of the account's server (XEP-0363), in the clear as a link that clients show, or encrypted. */
export function fileSender(deps: FileSenderDeps) {
  const { store, files, passage, post, outgoing, idempotency, client, policy } = deps;
  const counted = fileTurns();

  /** Refuses what cannot be sent, whatever is in the file. */
  async function wayOf(bot: Bot, { to: address, type, caption }: NewFile): Promise<Way> {
    const to = await outgoing.recipient(bot, address, type);
    if (caption) checkLength(composeChat(speakerOf(bot), to, checked(caption)));
    const account = await outgoing.account(bot);
    const session = await outgoing.session(bot);
    if (type === 'groupchat') post.checkRoom(account, to);
    const put: OpenPassage['put'] = (tx, message) => post.put(tx, { account, botId: bot.id }, message);
    return { ...(await passage.open({ account, session, to, isRoom: type === 'groupchat', put })), bot };
  }

  async function fetched(way: Way, url: string): Promise<GivenFile> {
    let givenName: string | undefined;
    try {
      const kept = await client.exchange(url, FETCHING, (answer) => {
        givenName = nameInHeader(answer.headers['content-disposition']) ?? nameInUrl(url);
        return takeFile(answer, passage.limitOf(way), (body) => files.keep(body, passage.limitOf(way)));
      });
      return { ...kept, givenName };
    } catch (error) {
      throw error instanceof TooLarge ? passage.tooLarge(way) : fetchRefusal(error, url);
    }
  }

  async function commit(
    way: Way,
    file: FileReference,
    caption: string | undefined,
    request: RepeatableRequest | undefined,
  ): Promise<SentIds> {
    const composed = passage.compose(way, file, caption);
    await post.prepare(way.account, way.to);
    return store.write(async (tx: Tx) => {
      // The same request may have come twice at once.
      const first = request && (await idempotency.earlier(request, tx));
      if (first) return first;
      await passage.commit(tx, way, composed);
      const sent: SentIds = { messageId: composed.message.id, captionId: composed.below?.id };
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
      return commit(way, await passage.upload(way, file.given, file.name), file.caption, request);
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
          return await commit(way, await passage.upload(way, given, file.name), file.caption, request);
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

/** The plain form of a name that a web server gives (RFC 6266); what is more intricate is not worth the trouble. */
function nameInHeader(header: string | string[] | undefined): string | undefined {
  return /;\s*filename\s*=\s*(?:"([^"\\]*)"|([^\s;"]+))/i
    .exec(String(header ?? ''))
    ?.slice(1)
    .find(Boolean);
}
