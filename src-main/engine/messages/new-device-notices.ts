import type { Scope } from '../../base/scope.ts';
import type { Account } from '../../store/account-repository.ts';
import type { InboundDeps } from './inbound-roles.ts';

interface NewDeviceNoticesDeps
  extends Pick<InboundDeps, 'store' | 'archive' | 'post' | 'secrets' | 'chat' | 'clock' | 'logger'> {
  /** Settles when what has come so far is read. */
  idle: () => Promise<void>;
  scope: Scope;
}

/**
 * Tells the partner of new devices. Not before what these have written is read: a session that a message of theirs
 * begins is there then, and the notice does not begin another one across it.
 */
export function newDeviceNotices(account: Account, deps: NewDeviceNoticesDeps) {
  const { store, archive, post, secrets, chat, clock, logger, idle, scope } = deps;
  let isPlanned = false;

  async function tellNow(): Promise<void> {
    await idle();
    // At each sign-in of hundreds of bots there is nothing to tell: that needs no keys and no unit.
    if (!archive.isCaughtUp || !(await secrets.hasNewDevices())) return;
    await post.prepare(account, chat.partner);
    const waitMs = await store.write(secrets.tellNewDevices);
    if (waitMs > 0) plan(waitMs);
  }

  function plan(waitMs: number): void {
    if (isPlanned) return;
    isPlanned = true;
    clock.after(scope, waitMs, () => {
      isPlanned = false;
      void tell();
    });
  }

  /** Once what has come is read, and the archive too: nothing more comes from before then. Never fails. */
  const tell = (): Promise<void> =>
    tellNow().catch((error: unknown) =>
      logger.error({ err: error, account: account.jid }, 'new devices could not be told of'),
    );
  return { tell };
}
