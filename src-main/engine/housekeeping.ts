import type { Clock } from '../base/clock.ts';
import type { Logger } from '../base/logger.ts';
import { Scope } from '../base/scope.ts';
import type { Tx } from '../store/open.ts';
import { UPDATE_FRESH_MS } from './messages/inbound-roles.ts';

const EVERY_MS = 10 * 60 * 1_000;
/** Names of messages are kept at least as long as any copy of them may come back. */
const SEEN_KEPT_MS = 30 * 24 * 60 * 60 * 1_000;

/** A command of a device that nobody approved in that time is nothing anybody waits for any more. */
const WAITING_KEPT_MS = 24 * 60 * 60 * 1_000;

interface Tidied {
  store: { write: (unit: (tx: Tx) => Promise<void>) => Promise<void> };
  updates: { expire: (tx: Tx) => Promise<void> };
  outgoing: { expire: (tx: Tx) => Promise<void> };
  deliveryLog: { expire: (tx: Tx) => Promise<void> };
  activity: { expire: (tx: Tx) => Promise<void> };
  audit: { expire: (tx: Tx) => Promise<void> };
  omemo: { expire: (tx: Tx) => Promise<void> };
  receivedFiles: { expire: (tx: Tx) => Promise<void> };
  chats: { expire: (tx: Tx) => Promise<void> };
  ai: { expire: (tx: Tx) => Promise<void> };
  telegram: { expire: (tx: Tx) => Promise<void> };
  waitingCommands: { forgetBefore: (tx: Tx, receivedAt: number) => Promise<void> };
  roomMessages: { forgetBefore: (tx: Tx, seenAt: number) => Promise<void> };
  inbox: {
    seen: { forgetBefore: (tx: Tx, seenAt: number) => Promise<void> };
    forgetHeldBefore: (tx: Tx, receivedAt: number) => Promise<void>;
  };
}

/** Drops what has outlived its promise, every ten minutes. Returns the function that ends it. */
export function keepTidy(
  services: Tidied,
  { clock, logger }: { clock: Clock; logger: Logger },
): () => Promise<void> {
  const scope = new Scope();
  const tidy = () => {
    services.store
      .write(async (tx) => {
        await services.updates.expire(tx);
        await services.outgoing.expire(tx);
        await services.deliveryLog.expire(tx);
        await services.activity.expire(tx);
        await services.audit.expire(tx);
        await services.omemo.expire(tx);
        await services.receivedFiles.expire(tx);
        await services.chats.expire(tx);
        await services.ai.expire(tx);
        await services.telegram.expire(tx);
        await services.waitingCommands.forgetBefore(tx, clock.now() - WAITING_KEPT_MS);
        await services.inbox.seen.forgetBefore(tx, clock.now() - SEEN_KEPT_MS);
        await services.roomMessages.forgetBefore(tx, clock.now() - SEEN_KEPT_MS);
        await services.inbox.forgetHeldBefore(tx, clock.now() - UPDATE_FRESH_MS);
      })
      .catch((error: unknown) => logger.error({ err: error }, 'old rows could not be dropped'));
    clock.after(scope, EVERY_MS, tidy);
  };
  clock.after(scope, EVERY_MS, tidy);
  return () => scope.close();
}
