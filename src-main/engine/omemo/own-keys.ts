import type { AccountId } from '../../../src-shared/ids.ts';
import type { OmemoVersion, OwnKeys } from '../../gateways/omemo/ratchet-backend.ts';
import type { OmemoIdentity, OmemoKeysRepository } from '../../store/omemo-keys-repository.ts';
import type { Tx } from '../../store/open.ts';

/** The keys of an account's device as a ratchet asks for them, within a unit. */
export const ownKeys = (
  tx: Tx,
  keys: OmemoKeysRepository,
  of: { accountId: AccountId; identity: OmemoIdentity; version: OmemoVersion },
): OwnKeys => ({
  deviceId: of.identity.deviceId,
  identity: of.identity.keys,
  signedPreKey: (id) => keys.signedPreKey(tx, of.accountId, id),
  preKey: (id) => keys.preKey(tx, of.accountId, of.version, id),
});
