import type { AddressPolicy } from '../../base/address-guard.ts';
import { FILE_TAG_BYTES } from '../../gateways/omemo/aesgcm-file.ts';
import type { Account } from '../../store/account-repository.ts';
import { FETCHING, FILE_LIMIT_BYTES, fetchRefusal, takeFile } from './fetch-file.ts';
import type { FileStore, Seen, StoredFile } from './file-store.ts';
import { askServerOf } from './server-files.ts';

/** Where a file lies; `key` and `iv` (hex) open it, where it is encrypted by itself. */
export interface FileAddress {
  url: string;
  key?: string | undefined;
  iv?: string | undefined;
}

export const fromHex = (text: string) => Buffer.from(text, 'hex');
export const toHex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex');

/**
 * Fetches a file from where its sender said, decrypts and verifies it. Nobody vouches for that address, so it is none in
 * our network but the own server's. Refuses in words for who wants the file.
 */
export async function fetchSource(
  files: FileStore,
  place: { account: Account; near: string | undefined; policy: AddressPolicy },
  { url, key, iv }: FileAddress,
): Promise<StoredFile & Seen> {
  try {
    return await askServerOf(place, url, FETCHING, (answer) =>
      key !== undefined && iv !== undefined
        ? takeFile(answer, FILE_LIMIT_BYTES + FILE_TAG_BYTES, (body) =>
            files.keepSealed(body, { key: fromHex(key), iv: fromHex(iv) }, FILE_LIMIT_BYTES),
          )
        : takeFile(answer, FILE_LIMIT_BYTES, (body) => files.keep(body, FILE_LIMIT_BYTES)),
    );
  } catch (error) {
    throw fetchRefusal(error, url);
  }
}
