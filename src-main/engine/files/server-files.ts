import { refuse } from '../../../src-shared/errors.ts';
import { domainOf } from '../../../src-shared/jid.ts';
import { reason as why } from '../../../src-shared/text/reasons.ts';
import { type AddressPolicy, AddressRefused, isAtHome } from '../../base/address-guard.ts';
import type { Clock } from '../../base/clock.ts';
import { type Exchange, type ExchangeOptions, HttpClient, NoAnswer } from '../../base/http-client.ts';
import { trustFor } from '../../base/trust.ts';
import { RequestTimeout, type Session, SessionLost, StanzaError } from '../../gateways/xmpp/session.ts';
import {
  findUploadService,
  requestSlot,
  type UploadService,
  type UploadSlot,
} from '../../gateways/xmpp/xep-0363-upload.ts';
import type { Account } from '../../store/account-repository.ts';
import type { FileStore, StoredFile } from './file-store.ts';

interface ServerFilesDeps {
  store: FileStore;
  policy: () => AddressPolicy;
  clock: Clock;
}

/** What is put on the server. */
export interface Upload {
  file: StoredFile;
  /** As it lies in our folder; else what is in it. */
  isSealed: boolean;
  /** Of what is put there. */
  sizeBytes: number;
  name: string;
  type: string;
  /** Who asked for it has gone. */
  signal?: AbortSignal | undefined;
}

const IDLE_MS = 30_000;
const UPLOAD_MS = 10 * 60 * 1_000;
const QUOTA_RETRY_S = 300;
/** A server may get a service, or another limit, while we are connected. */
const SERVICE_KNOWN_MS = 10 * 60 * 1_000;

/** A slot that is asked for to learn where files lie; nothing is put there. */
const ASKED = { filename: 'where.txt', sizeBytes: 1, mediaType: 'text/plain' };

/** Whose certificates count, and beside which address private ones are fine (`AddressPolicy.near`). */
interface Place {
  account: Account;
  near: string | undefined;
  policy: AddressPolicy;
}

/**
 * Speaks HTTP with what an account's server names. It is the account's own server that says where its files go, so its
 * certificates count, and private addresses are fine where the server itself is at one: a server in the internet must
 * not make us reach into the network we stand in.
 */
export async function askServerOf<T>(
  { account, near, policy }: Place,
  url: string,
  options: ExchangeOptions,
  use: (exchange: Exchange) => Promise<T>,
): Promise<T> {
  const host = new URL(url).hostname.replace(/^\[|\]$/g, '');
  const { secureContext, checkServerIdentity } = trustFor(host, account.ca);
  const allowed = { ...policy, allowLoopback: false, near };
  const client = new HttpClient(() => allowed, undefined, { secureContext, checkServerIdentity });
  try {
    return await client.exchange(url, options, use);
  } finally {
    await client.close();
  }
}

/** Puts files on the servers of accounts (XEP-0363). */
export function serverFiles({ store, policy, clock }: ServerFilesDeps) {
  const known = new WeakMap<Session, { service: UploadService; untilMs: number }>();

  const homes = new WeakMap<Session, { origin: string; untilMs: number }>();

  const failed = (server: string, reason: string) => refuse('file.upload-failed', { server, reason });

  function noteHome(session: Session, { getUrl }: UploadSlot): string {
    const { origin } = new URL(getUrl);
    homes.set(session, { origin, untilMs: clock.monotonic() + SERVICE_KNOWN_MS });
    return origin;
  }

  async function slotFor(
    account: Account,
    session: Session,
    service: UploadService,
    upload: Upload,
  ): Promise<UploadSlot> {
    const { name: filename, sizeBytes, type: mediaType } = upload;
    try {
      const slot = await requestSlot(session, { service: service.jid, filename, sizeBytes, mediaType });
      noteHome(session, slot);
      return slot;
    } catch (error) {
      if (error instanceof SessionLost) throw error;
      known.delete(session);
      if (!(error instanceof StanzaError)) throw failed(service.jid, whyNot(error));
      if (error.detail?.name === 'file-too-large' || error.condition === 'not-acceptable') {
        const limit = service.maxSizeBytes ?? sizeBytes - 1;
        throw refuse('file.too-large-for-server', { server: service.jid, limit });
      }
      if (error.condition === 'resource-constraint') {
        const words = { server: service.jid, account: account.jid, seconds: QUOTA_RETRY_S };
        throw refuse('file.upload-quota', words, QUOTA_RETRY_S);
      }
      throw failed(service.jid, whyNot(error));
    }
  }

  /** Where the account's server keeps files, as `https://host:port`; undefined where it does not say. */
  async function homeOf(session: Session): Promise<string | undefined> {
    const known = homes.get(session);
    if (known && clock.monotonic() < known.untilMs) return known.origin;
    try {
      const service = await findUploadService(session);
      if (!service) return undefined;
      return noteHome(session, await requestSlot(session, { ...ASKED, service: service.jid }));
    } catch {
      return undefined;
    }
  }

  return {
    /**
     * The address beside which a file of others may lie: that of the account's server, if it is a private one and the
     * file lies where this server keeps files, on the same host and port. Everything else has to be public.
     */
    async nearFor(session: Session | undefined, url: string): Promise<string | undefined> {
      const address = session?.serverAddress;
      if (!session || address === undefined || !isAtHome(address)) return undefined;
      return (await homeOf(session)) === new URL(url).origin ? address : undefined;
    },

    /** The upload service of the account's server. Refuses where there is none. */
    async serviceOf(account: Account, session: Session): Promise<UploadService> {
      const found = known.get(session);
      if (found && clock.monotonic() < found.untilMs) return found.service;
      const service = await findUploadService(session).catch((error: unknown) => {
        if (error instanceof SessionLost) throw error;
        throw failed(domainOf(account.jid), whyNot(error));
      });
      if (!service) throw refuse('file.no-service', { account: account.jid });
      known.set(session, { service, untilMs: clock.monotonic() + SERVICE_KNOWN_MS });
      return service;
    },

    /** Uploads a file and resolves with the address at which others get it. */
    async upload(
      account: Account,
      session: Session,
      service: UploadService,
      upload: Upload,
    ): Promise<string> {
      const { putUrl, headers, getUrl } = await slotFor(account, session, service, upload);
      const options = {
        method: 'PUT',
        headers: {
          ...Object.fromEntries(headers),
          'content-type': upload.type,
          'content-length': String(upload.sizeBytes),
        },
        body: upload.isSealed ? store.readSealed(upload.file) : store.read(upload.file),
        idleMs: IDLE_MS,
        timeoutMs: UPLOAD_MS,
      } as const;
      const hungUp = Promise.withResolvers<never>();
      hungUp.promise.catch(() => undefined);
      const cancel = () => {
        const cancelled = new NoAnswer(why('here.cancelled', {}));
        options.body.destroy(cancelled);
        // All of it may have gone already: nobody waits for the server's answer any more.
        hungUp.reject(cancelled);
      };
      upload.signal?.addEventListener('abort', cancel, { once: true });
      try {
        const asked = askServerOf(
          { account, near: session.serverAddress, policy: policy() },
          putUrl,
          options,
          async (answer) => answer.status,
        );
        const status = await Promise.race([asked, hungUp.promise]);
        if (status !== 201 && status !== 200) throw failed(service.jid, why('http.status', { status }));
        return getUrl;
      } catch (error) {
        options.body.destroy();
        if (error instanceof NoAnswer || error instanceof AddressRefused)
          throw failed(service.jid, error.message);
        throw error;
      } finally {
        upload.signal?.removeEventListener('abort', cancel);
      }
    },
  };
}
export type ServerFiles = ReturnType<typeof serverFiles>;

/** A server's own words are nothing for programs. */
function whyNot(error: unknown): string {
  if (error instanceof RequestTimeout) return why('upload.silent', {});
  if (error instanceof StanzaError) return why('upload.answered', { answer: error.condition });
  return why('upload.unusable', {});
}
