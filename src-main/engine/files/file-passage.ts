import { randomUUID } from 'node:crypto';
import { refuse } from '../../../src-shared/errors.ts';
import type { BareJid } from '../../../src-shared/jid.ts';
import { nameAndType } from '../../base/file-name.ts';
import { UNKNOWN_TYPE, usualEnding } from '../../base/media-type.ts';
import { aesgcmUrl, FILE_TAG_BYTES } from '../../gateways/omemo/aesgcm-file.ts';
import { type Session, SessionLost } from '../../gateways/xmpp/session.ts';
import type { UploadService } from '../../gateways/xmpp/xep-0363-upload.ts';
import type { Account } from '../../store/account-repository.ts';
import type { Store, Tx } from '../../store/open.ts';
import { type ComposedMessage, composeChat } from '../messages/compose.ts';
import type { FileReference } from '../messages/files-in-message.ts';
import type { Outgoing } from '../messages/outgoing.ts';
import type { Post } from '../messages/post.ts';
import { FILE_LIMIT_BYTES } from './fetch-file.ts';
import type { Seen, StoredFile } from './file-store.ts';
import type { ServerFiles } from './server-files.ts';

interface FilePassageDeps {
  store: Store;
  server: ServerFiles;
  post: Post;
  outgoing: Pick<Outgoing, 'offline'>;
}

/** A file that came with the request. */
export type GivenFile = StoredFile & Seen & { givenName: string | undefined };

/** Who sends a file from which account to whom. */
export interface Passage {
  account: Account;
  session: Session;
  to: BareJid;
  isRoom: boolean;
  /** Somebody sends it from our window. */
  isByPerson?: boolean;
  /** Who asked for it has gone. */
  signal?: AbortSignal | undefined;
  /** Puts a message on its way in the unit. */
  put: (tx: Tx, message: ComposedMessage) => Promise<void>;
}

/** Everything that could be refused without the file was not. */
export interface OpenPassage extends Passage {
  service: UploadService;
  /** The conversation is encrypted, so the file is too. */
  isSealed: boolean;
}

/** The way of a file to an account's server and into a conversation, for whoever sends it. */
export function filePassage({ store, server, post, outgoing }: FilePassageDeps) {
  const whileOnline = async <T>(account: Account, task: () => Promise<T>): Promise<T> => {
    try {
      return await task();
    } catch (error) {
      throw error instanceof SessionLost ? await outgoing.offline(account.jid) : error;
    }
  };

  /** The largest file that can go that way. */
  function limitOf({ service, isSealed }: OpenPassage): number {
    const ofServer = (service.maxSizeBytes ?? Number.POSITIVE_INFINITY) - (isSealed ? FILE_TAG_BYTES : 0);
    return Math.min(FILE_LIMIT_BYTES, ofServer);
  }
  function tooLarge(way: OpenPassage) {
    const limit = limitOf(way);
    if (limit === FILE_LIMIT_BYTES) return refuse('file.too-large', { limit });
    return refuse('file.too-large-for-server', { server: way.service.jid, limit });
  }

  return {
    limitOf,
    tooLarge,

    /** Refuses what cannot be sent, whatever is in the file. */
    open: (passage: Passage): Promise<OpenPassage> =>
      whileOnline(passage.account, async () => {
        const { account, session, to } = passage;
        await post.prepare(account, to);
        const isSealed = await store.write((tx) => post.isEncrypted(tx, account, to));
        return { ...passage, service: await server.serviceOf(account, session), isSealed };
      }),

    /** Uploads it and resolves with where it lies, and what it is. */
    async upload(way: OpenPassage, file: GivenFile, name: string | undefined): Promise<FileReference> {
      const { account, session, service, isSealed, signal } = way;
      if (signal?.aborted) throw refuse('file.cancelled', {});
      if (file.sizeBytes === 0) throw refuse('file.empty', {});
      if (file.sizeBytes > limitOf(way)) throw tooLarge(way);
      const known = nameAndType([name, file.givenName], file.head);
      const sizeBytes = file.sizeBytes + (isSealed ? FILE_TAG_BYTES : 0);
      const url = await whileOnline(account, () =>
        server.upload(account, session, service, {
          file,
          isSealed,
          sizeBytes,
          signal,
          // Of an encrypted one the server learns nothing but the ending, by which clients know how to show it.
          name: isSealed ? hiddenName(known) : known.name,
          type: isSealed ? UNKNOWN_TYPE : known.type,
        }),
      );
      return { url, secret: isSealed ? file.key : undefined, ...known, sizeBytes: file.sizeBytes };
    },

    /** The message with the file's address, and one with the caption behind it. */
    compose({ account, to, isRoom, isByPerson }: OpenPassage, file: FileReference, caption?: string) {
      const { url, secret } = file;
      const text = secret ? aesgcmUrl(url, secret) : url;
      const options = { isRoom, isByPerson };
      return {
        message: composeChat(account.jid, to, text, { ...options, isFile: !secret, isPlain: true, file }),
        below: caption ? composeChat(account.jid, to, caption, options) : undefined,
      };
    },

    /** Puts them on their way in the unit. Refuses where the conversation is encrypted otherwise than the file. */
    async commit(
      tx: Tx,
      { account, to, isSealed, signal, put }: OpenPassage,
      { message, below }: { message: ComposedMessage; below: ComposedMessage | undefined },
    ): Promise<void> {
      if (signal?.aborted) throw refuse('file.cancelled', {});
      // A key in clear, or a file in clear in an encrypted conversation: what was decided then must hold now.
      if ((await post.isEncrypted(tx, account, to)) !== isSealed)
        throw refuse('file.other-encryption', { to });
      await put(tx, message);
      if (below) await put(tx, below);
    },
  };
}
export type FilePassage = ReturnType<typeof filePassage>;

function hiddenName({ name, type }: { name: string; type: string }): string {
  const ending = /\.([a-z0-9]{1,10})$/i.exec(name)?.[1]?.toLowerCase() ?? usualEnding(type);
  const hidden = randomUUID();
  return ending === undefined ? hidden : `${hidden}.${ending}`;
}
