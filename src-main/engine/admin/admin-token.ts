import { randomBytes } from 'node:crypto';
import type { Caller } from '../../../src-shared/access.ts';
import type { SecretBox } from '../../base/secret-box.ts';
import type { Store, Tx } from '../../store/open.ts';
import type { SettingRepository } from '../../store/setting-repository.ts';
import type { AuditTrail } from '../audit/audit-trail.ts';
import type { AdminCredential } from './admin-credential.ts';

interface AdminTokenDeps {
  store: Store;
  repository: SettingRepository;
  box: SecretBox;
  audit: AuditTrail;
  /** Ends what was let in by other means, when the token is rotated. */
  onRotated: () => void;
}

/** Rows of the settings table that are no settings: the sealed token, and the digest by which it is known. */
const TOKEN_KEY = 'engine_admin_token';
const DIGEST_KEY = 'engine_admin_token_hash';
const TOKEN_BYTES = 32;

/** The one token that opens the admin routes: `bma_` and 64 hex digits. It is made at the first start. */
export async function adminToken({ store, repository, box, audit, onRotated }: AdminTokenDeps) {
  const rows = await repository.all();
  let token = rows.get(TOKEN_KEY) ?? '';
  let digest = rows.get(DIGEST_KEY) ?? '';
  let life = new AbortController();

  /** Stores a new one; it is valid from the commit on. */
  async function replace(tx: Tx): Promise<string> {
    const made = newToken();
    const madeDigest = box.digest(made);
    await repository.set(tx, TOKEN_KEY, made, true);
    await repository.set(tx, DIGEST_KEY, madeDigest, false);
    tx.afterCommit(() => {
      [token, digest] = [made, madeDigest];
      life.abort();
      life = new AbortController();
    });
    return made;
  }
  if (token === '') await store.write(replace);

  return {
    /** The token in clear, for the person who keeps this installation. */
    show: () => token,
    /** The credential of a token; undefined when it is unknown or was replaced. */
    credential(presented: string): AdminCredential | undefined {
      if (box.digest(presented) !== digest) return undefined;
      return { kind: 'token', id: 'admin-token', ended: life.signal };
    },
    /** Makes another one. The old one and all sessions of the panel end with the commit. */
    async rotate(tx: Tx, caller: Caller): Promise<string> {
      const made = await replace(tx);
      await audit.note(tx, caller, { action: 'admin-token.rotate' });
      tx.afterCommit(onRotated);
      return made;
    },
  };
}
export type AdminToken = Awaited<ReturnType<typeof adminToken>>;

const newToken = () => `bma_${randomBytes(TOKEN_BYTES).toString('hex')}`;
