import type { AddressPolicy } from '../../base/address-guard.ts';
import type { EngineDeps } from '../engine-deps.ts';
import type { SettingService } from './setting-service.ts';

/** Which addresses given by others may be reached, by what is set at the moment. */
export const addressPolicy =
  ({ apiDoor, ownPorts }: Pick<EngineDeps, 'apiDoor' | 'ownPorts'>, settings: Pick<SettingService, 'get'>) =>
  (): AddressPolicy => ({
    // Who asks over the network means another machine by it.
    allowLoopback: apiDoor.mode() === 'local',
    allowPrivate: settings
      .get('webhook_allow_private')
      .split(/[\s,]+/)
      .filter(Boolean),
    ownPorts: ownPorts(),
  });
