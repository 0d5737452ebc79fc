import type { EngineEvents } from '../../../src-shared/events.ts';
import type { BareJid } from '../../../src-shared/jid.ts';
import type { Emitter } from '../../base/emitter.ts';
import type { Logger } from '../../base/logger.ts';
import type { Scope } from '../../base/scope.ts';
import type { Account } from '../../store/account-repository.ts';
import type { Store } from '../../store/open.ts';
import type { ChatLog } from './chat-log.ts';
import type { NoticeCode } from './chat-notices.ts';

interface DeviceNewsDeps {
  store: Store;
  log: ChatLog;
  events: Emitter<EngineEvents>;
  logger: Logger;
}

/** Notes in a conversation that somebody there has a new device, or that another one is trusted now; where there is one. */
export function followDeviceNews(
  account: Account,
  scope: Scope,
  { store, log, events, logger }: DeviceNewsDeps,
): void {
  const note = (jid: BareJid, code: NoticeCode) => {
    store
      .write(async (tx) => {
        // With oneself that is told by a message.
        if (jid !== account.jid) await log.notice(tx, account, jid, code, { isOnlyKnown: true });
        log.announceChat(tx, account, jid);
      })
      .catch((error: unknown) => logger.error({ err: error }, 'news of devices could not be noted'));
  };
  scope.add(
    events.on(
      'omemo.devices-added',
      ({ accountId, jid }) => accountId === account.id && note(jid, 'new-device'),
    ),
  );
  scope.add(
    events.on(
      'omemo.trust-changed',
      ({ accountId, jid }) => accountId === account.id && note(jid, 'trust-changed'),
    ),
  );
}
