import type { Account } from '../../store/account-repository.ts';
import type { InboundDeps } from './inbound-roles.ts';

interface NewDeviceNoticesDeps extends Pick<InboundDeps, 'store' | 'archive' | 'post' | 'secrets' | 'chat'> {
  /** Settles when what has come so far is read. */
  idle: () => Promise<void>;
}

/**
 * Tells the partner of new devices. Not before what these have written is read: a session that a message of theirs
 * begins is there then, and the notice does not begin another one across it.
 */
export function newDeviceNotices(
  account: Account,
  { store, archive, post, secrets, chat, idle }: NewDeviceNoticesDeps,
) {
  return {
    /** Once what has come is read, and the archive too: nothing more comes from before then. */
    async tell(): Promise<void> {
      await idle();
      // At each sign-in of hundreds of bots there is nothing to tell: that needs no keys and no unit.
      if (!archive.isCaughtUp || !(await secrets.hasNewDevices())) return;
      await post.prepare(account, chat.partner);
      await store.write(secrets.tellNewDevices);
    },
  };
}
