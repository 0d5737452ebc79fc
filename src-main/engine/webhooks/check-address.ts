import { refuse } from '../../../src-shared/errors.ts';
import { type AddressPolicy, AddressRefused, checkUrl } from '../../base/address-guard.ts';
import { redact } from '../../base/redact.ts';

/** Refuses an address that must not be reached. */
export function checkAddress(url: string, policy: AddressPolicy): URL {
  try {
    return checkUrl(url, policy);
  } catch (error) {
    if (!(error instanceof AddressRefused)) throw error;
    throw refuse('address.refused', { url: redact(url), reason: error.message });
  }
}
