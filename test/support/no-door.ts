import type { ApiDoor } from '../../src-main/engine/settings/api-door.ts';

/** For engines that nobody reaches over HTTP: local mode, whatever is set. */
export const noDoor: ApiDoor = {
  mode: () => 'local',
  tryOut: async () => undefined,
  settle: async () => undefined,
  certificate: async () => undefined,
  renewCertificate: () => Promise.reject(new Error('there is no certificate here')),
};
