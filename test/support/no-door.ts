import type { ApiDoor } from '../../src-main/engine/settings/api-door.ts';

/** For engines that nobody reaches over HTTP: local mode, whatever is set. */
export const noDoor: ApiDoor = {
  mode: () => 'local',
  reached: () => ({
    mode: 'local',
    port: 7842,
    url: 'http://localhost:7842/bot/',
    addresses: [],
    problem: undefined,
    given: {},
  }),
  tryOut: async () => undefined,
  settle: async () => undefined,
  certificate: async () => undefined,
  renewCertificate: () => Promise.reject(new Error('there is no certificate here')),
  deleteCertificate: async () => false,
};
