import type { EngineEvents } from '../../../src-shared/events.ts';
import type { Emitter } from '../../base/emitter.ts';
import type { Account } from '../../store/account-repository.ts';
import type { InboundPipeline } from '../messages/inbound-pipeline.ts';

/** Hands on what becomes of the devices of those an account talks to. Returns the function that ends it. */
export function followDevices(
  account: Account,
  pipeline: Pick<InboundPipeline, 'trustChanged' | 'devicesAdded'>,
  events: Emitter<EngineEvents>,
): () => void {
  const stops = [
    events.on('omemo.trust-changed', (event) => {
      if (event.accountId === account.id) void pipeline.trustChanged();
    }),
    events.on('omemo.devices-added', (event) => {
      if (event.accountId === account.id) void pipeline.devicesAdded(event);
    }),
  ];
  return () => {
    for (const stop of stops) stop();
  };
}
