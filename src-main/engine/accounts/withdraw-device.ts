import type { Clock } from '../../base/clock.ts';
import type { Logger } from '../../base/logger.ts';
import { takeOffDevice } from '../../gateways/omemo/take-off-device.ts';
import { type Session, SessionLost } from '../../gateways/xmpp/session.ts';
import type { Account } from '../../store/account-repository.ts';
import type { Store } from '../../store/open.ts';
import type { Omemo } from '../omemo/omemo.ts';

interface WithdrawDeviceDeps {
  account: Account;
  session: Session;
  store: Store;
  omemo: Pick<Omemo, 'own' | 'reset'>;
  clock: Clock;
  logger: Logger;
}

/**
 * Takes the device of an account that has no consent any more off the network, then forgets its keys. It is known by its
 * keys that this is still to be done: what fails is done at the next session, also after a restart. Returns the function
 * that ends it.
 */
export function withdrawDevice({
  account,
  session,
  store,
  omemo,
  clock,
  logger,
}: WithdrawDeviceDeps): () => void {
  async function withdraw(): Promise<void> {
    const identity = await omemo.own.of(account.id);
    if (!identity) return;
    const { deviceId } = identity;
    await takeOffDevice(session, deviceId, clock);
    await store.write((tx) => omemo.reset(tx, account));
    logger.info({ account: account.jid, deviceId }, 'an OMEMO device was withdrawn');
  }
  const run = () => {
    withdraw().catch((error: unknown) => {
      if (error instanceof SessionLost) return;
      logger.warn({ err: error, account: account.jid }, 'an OMEMO device could not be withdrawn yet');
    });
  };
  const stop = session.onReady(({ resumed }) => void (resumed || run()));
  if (session.state === 'online') run();
  return stop;
}
