import type { EngineEvents } from '../../../src-shared/events.ts';
import type { Emitter } from '../../base/emitter.ts';
import type { Logger } from '../../base/logger.ts';
import type { Account } from '../../store/account-repository.ts';
import type { InboundPipeline } from '../messages/inbound-pipeline.ts';

/** Hands on what becomes of the devices of those an account talks to. Returns the function that ends it. */
export function followDevices(
  account: Account,
  pipeline: Pick<InboundPipeline, 'trustChanged' | 'devicesAdded'>,
  { events, logger }: { events: Emitter<EngineEvents>; logger: Logger },
): () => void {
  const report = (error: unknown) =>
    logger.error({ err: error, account: account.jid }, 'news of devices could not be taken');
  const stops = [
    events.on('omemo.trust-changed', (event) => {
      if (event.accountId === account.id) pipeline.trustChanged().catch(report);
    }),
    events.on('omemo.devices-added', (event) => {
      if (event.accountId === account.id) pipeline.devicesAdded(event).catch(report);
    }),
  ];
  return () => {
    for (const stop of stops) stop();
  };
}
