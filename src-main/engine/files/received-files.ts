import { randomBytes } from 'node:crypto';
import type { Readable } from 'node:stream';
import type { z } from 'zod';
import type { ReceivedFile as ReceivedFileView } from '../../../src-shared/api/updates.ts';
import { refuse } from '../../../src-shared/errors.ts';
import type { BotId } from '../../../src-shared/ids.ts';
import type { BareJid } from '../../../src-shared/jid.ts';
import type { AddressPolicy } from '../../base/address-guard.ts';
import type { Clock } from '../../base/clock.ts';
import { nameAndType } from '../../base/file-name.ts';
import type { Logger } from '../../base/logger.ts';
import type { Session } from '../../gateways/xmpp/session.ts';
import type { AccountRepository } from '../../store/account-repository.ts';
import type { Bot, BotRepository } from '../../store/bot-repository.ts';
import type { Store, Tx } from '../../store/open.ts';
import type { FileCopy, ReceivedFile, ReceivedFileRepository } from '../../store/received-file-repository.ts';
import type { FileReference } from '../messages/files-in-message.ts';
import { speakerOf } from '../messages/outgoing.ts';
import { fetchSource, fromHex, toHex } from './fetch-source.ts';
import { storedLink } from './file-links.ts';
import type { FileStore } from './file-store.ts';
import type { ServerFiles } from './server-files.ts';

interface ReceivedFilesDeps {
  store: Store;
  repository: ReceivedFileRepository;
  files: FileStore;
  server: Pick<ServerFiles, 'nearFor'>;
  bots: Pick<BotRepository, 'byId'>;
  accounts: Pick<AccountRepository, 'byJid'>;
  sessionOf: (jid: BareJid) => Session | undefined;
  policy: () => AddressPolicy;
  /** How long the address of a file is good for. */
  keptMs: () => number;
  clock: Clock;
  logger: Logger;
}

/** A file as a program gets it. */
export interface OpenFile {
  name: string;
  type: string;
  sizeBytes: number;
  content: Readable;
}

/** Copies are kept for a while, because programs ask twice; not longer than that, and not more than that. */
const COPY_KEPT_MS = 60 * 60 * 1_000;
const COPIES_BYTES = 256 * 1024 * 1024;
/** Fetches at once: what many slow servers dribble must not take all connections. */
const AT_ONCE = 8;
const BUSY_RETRY_S = 5;
const TOKEN = /^[A-Za-z0-9_-]{43}$/;

/**
 * Files that others sent: a program is told an address of ours, good for a while, and only when it is asked for, the file
 * is fetched, decrypted and verified, and then handed out.
 */
export function receivedFiles(deps: ReceivedFilesDeps) {
  const { store, repository, files, server, bots, accounts, sessionOf, policy, keptMs } = deps;
  const { clock, logger } = deps;
  const underWay = new Map<string, Promise<FileCopy>>();
  /** Being handed out: housekeeping leaves them alone. */
  const inUse = new Map<string, number>();

  async function fetched(file: ReceivedFile, bot: Bot): Promise<FileCopy> {
    const { source } = file;
    const account = await accounts.byJid(speakerOf(bot));
    if (!account) throw refuse('file.not-found', {});
    const near = await server.nearFor(sessionOf(account.jid), source.url);
    const place = { account, near, policy: policy() };
    const kept = await fetchSource(files, place, source);
    const { head, key, sizeBytes, id } = kept;
    const known = nameAndType([source.name], head);
    const copy = { id, sizeBytes, ...known, key: toHex(key.key), iv: toHex(key.iv) };
    try {
      const isNoted = await store.write(async (tx) => {
        if (!(await repository.noteCopy(tx, file, copy, clock.now()))) return false;
        await trim(tx);
        return true;
      });
      if (!isNoted) throw refuse('file.not-found', {});
    } catch (error) {
      await files.remove(id);
      throw error;
    }
    files.release(id);
    return copy;
  }

  /** Forgets copies that are old or too many, and removes what is then known to nobody. */
  async function trim(tx: Tx): Promise<void> {
    let bytes = 0;
    const kept = new Set<string>();
    const dropped: string[] = [];
    for (const { token, id, storedAt, bytes: size } of await repository.copies(tx)) {
      bytes += size;
      if (clock.now() - storedAt < COPY_KEPT_MS && bytes <= COPIES_BYTES) kept.add(id);
      else dropped.push(token);
    }
    await repository.forgetCopies(tx, dropped);
    tx.afterCommit(() => {
      files
        .sweep((id) => kept.has(id) || inUse.has(id))
        .catch((error: unknown) => logger.error({ err: error }, 'old files could not be removed'));
    });
  }

  /** Fetched once, however many ask for it. */
  function copyOf(file: ReceivedFile, bot: Bot): Promise<FileCopy> {
    const running = underWay.get(file.token);
    if (running) return running;
    if (underWay.size >= AT_ONCE) throw refuse('file.busy', { seconds: BUSY_RETRY_S }, BUSY_RETRY_S);
    const fetching = fetched(file, bot).finally(() => underWay.delete(file.token));
    underWay.set(file.token, fetching);
    return fetching;
  }

  /** Opened at once, so that it stays readable whatever happens to it then. */
  function opened(copy: FileCopy): OpenFile {
    const { id, name, type, sizeBytes, key, iv } = copy;
    inUse.set(id, (inUse.get(id) ?? 0) + 1);
    const content = files.read({ id, sizeBytes, key: { key: fromHex(key), iv: fromHex(iv) } });
    content.once('close', () => {
      const left = (inUse.get(id) ?? 1) - 1;
      if (left > 0) inUse.set(id, left);
      else inUse.delete(id);
    });
    return { name, type, sizeBytes, content };
  }

  return {
    /** Makes addresses (`fileLinks`) for the files of a message, in the unit that tells a bot of it. */
    async offer(
      tx: Tx,
      botId: BotId,
      references: readonly FileReference[],
    ): Promise<z.input<typeof ReceivedFileView>[]> {
      const expiresAt = clock.now() + keptMs();
      const offered: z.input<typeof ReceivedFileView>[] = [];
      for (const { url, secret, name, type, sizeBytes } of references) {
        const token = randomBytes(32).toString('base64url');
        const source = {
          url,
          name,
          ...(secret && { key: toHex(secret.key), iv: toHex(secret.iv) }),
        };
        await repository.insert(tx, token, { botId, source, expiresAt });
        offered.push({
          name,
          ...(sizeBytes !== undefined && { size: sizeBytes }),
          ...(type !== undefined && { type }),
          url: storedLink(token),
          expires: Math.floor(expiresAt / 1_000),
        });
      }
      return offered;
    },

    /** The file of such an address; refuses one that is unknown or over, and a file that cannot be had. */
    async open(token: string): Promise<OpenFile & { bot: Bot }> {
      const file = TOKEN.test(token) ? await repository.find(token) : undefined;
      const bot = file && (await bots.byId(file.botId));
      if (!file || !bot || file.expiresAt <= clock.now()) throw refuse('file.not-found', {});
      if (bot.status !== 'active') throw refuse('bot.disabled', { id: bot.id });
      const copy = file.copy && (await files.has(file.copy.id)) ? file.copy : await copyOf(file, bot);
      return { ...opened(copy), bot };
    },

    /** Forgets files whose time is over, and copies that are old or too many. */
    async expire(tx: Tx): Promise<void> {
      await repository.forgetBefore(tx, clock.now());
      await trim(tx);
    },
  };
}
export type ReceivedFiles = ReturnType<typeof receivedFiles>;
