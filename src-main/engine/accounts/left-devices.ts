import type { BareJid } from '../../../src-shared/jid.ts';
import type { Clock } from '../../base/clock.ts';
import type { Logger } from '../../base/logger.ts';
import { takeOffDevice } from '../../gateways/omemo/take-off-device.ts';
import { type Session, SessionLost } from '../../gateways/xmpp/session.ts';
import type { Account } from '../../store/account-repository.ts';
import type { LeftDeviceRepository } from '../../store/left-device-repository.ts';
import type { Store, Tx } from '../../store/open.ts';
import type { Omemo } from '../omemo/omemo.ts';

interface LeftDevicesDeps {
  store: Store;
  repository: LeftDeviceRepository;
  omemo: Pick<Omemo, 'own' | 'published'>;
  clock: Clock;
  logger: Logger;
}

/**
 * Devices of people's accounts that are no longer ours and could not be taken off the lists when that was decided: the
 * account was not online. Others go on encrypting for them, so it is done at the account's next session here, if there is
 * one.
 */
export function leftDevices({ store, repository, omemo, clock, logger }: LeftDevicesDeps) {
  async function clear(account: Account, session: Session): Promise<void> {
    const left = await repository.of(account.jid);
    if (left.length === 0) return;
    // Both change the list: one after the other.
    await omemo.published(account.id);
    const own = await omemo.own.of(account.id);
    for (const deviceId of left) {
      if (deviceId !== own?.deviceId) await takeOffDevice(session, deviceId, clock);
      await store.write((tx) => repository.delete(tx, account.jid, deviceId));
      logger.info({ account: account.jid, deviceId }, 'a device that was given up earlier is withdrawn');
    }
  }

  return {
    /** Notes in the unit that gives the device up that it is still on the lists. */
    note: (tx: Tx, jid: BareJid, deviceId: number): Promise<void> =>
      repository.add(tx, jid, deviceId, clock.now()),

    /** Takes away what is left, at each new session of the account. Returns the function that ends it. */
    follow(account: Account, session: Session): () => void {
      const run = () => {
        clear(account, session).catch((error: unknown) => {
          if (error instanceof SessionLost) return;
          logger.warn({ err: error, account: account.jid }, 'a device that was given up is still listed');
        });
      };
      const stop = session.onReady(({ resumed }) => void (resumed || run()));
      if (session.state === 'online') run();
      return stop;
    },
  };
}
export type LeftDevices = ReturnType<typeof leftDevices>;
