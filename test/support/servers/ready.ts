import { missingPackages } from '../../../scripts/lib/system.mjs';

/** Groups of scripts/system-packages.json. */
export type Tools =
  | 'server'
  | 'prosody'
  | 'client'
  | 'omemo'
  | 'guide'
  | 'desktop'
  | 'display'
  | 'session'
  | 'notifications'
  | 'browser';

/** Whether this machine has what a test needs; for `describe.skipIf(lacks('server', 'client'))`. */
export const lacks = (...groups: Tools[]): boolean => missingPackages(groups).length > 0;
