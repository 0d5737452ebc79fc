import { randomBytes } from 'node:crypto';
import { mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Caller } from '../../../src-shared/access.ts';
import { asRefusal } from '../../store/storage-refusal.ts';
import type { ApiServer, ApiServerState } from './api-server.ts';

interface OwnCertificateDeps {
  dataDir: string;
  server: Pick<ApiServer, 'change'>;
}

/** Files that came through the window; names that people give are theirs. */
const GIVEN = /^given-[0-9a-f]{8}\.(crt|key)$/;

/**
 * Takes a pair of certificate and key over that comes as text, and has the API use it. It is checked as any other pair is:
 * refused, nothing has changed.
 */
export function ownCertificate({ dataDir, server }: OwnCertificateDeps) {
  const folder = join(dataDir, 'api-tls');

  async function forget(isMeant: (name: string) => boolean): Promise<void> {
    const names = await readdir(folder);
    for (const name of names)
      if (GIVEN.test(name) && isMeant(name)) await rm(join(folder, name), { force: true });
  }

  return async (pair: { cert: string; key: string }, caller: Caller): Promise<ApiServerState> => {
    const name = `given-${randomBytes(4).toString('hex')}`;
    const isNew = (file: string) => file.startsWith(name);
    await mkdir(folder, { recursive: true, mode: 0o700 });
    try {
      await writeFile(join(folder, `${name}.crt`), pair.cert, { mode: 0o600, flag: 'wx' });
      await writeFile(join(folder, `${name}.key`), pair.key, { mode: 0o600, flag: 'wx' });
      const state = await server.change({ api_tls_cert: `${name}.crt`, api_tls_key: `${name}.key` }, caller);
      await forget((file) => !isNew(file));
      return state;
    } catch (error) {
      await forget(isNew);
      throw asRefusal(error);
    }
  };
}
export type OwnCertificate = ReturnType<typeof ownCertificate>;
