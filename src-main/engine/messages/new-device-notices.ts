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
  let untold: number[] = [];

  async function tell(): Promise<void> {
    await idle();
    if (!archive.isCaughtUp || untold.length === 0) return;
    const deviceIds = untold;
    untold = [];
    await post.prepare(account, chat.partner);
    await store.write((tx) => secrets.tellNewDevices(tx, deviceIds));
  }

  return {
    async add(deviceIds: readonly number[]): Promise<void> {
      untold.push(...deviceIds);
      await tell();
    },
    /** The archive is read: nothing more comes from before. */
    tell,
  };
}
