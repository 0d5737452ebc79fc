import { SINGLE_ITEM } from '../xmpp/xep-0163-pep.ts';
import type { OmemoVersion } from './ratchet-backend.ts';

/** Both versions, the one that is preferred first. */
export const OMEMO_VERSIONS: readonly OmemoVersion[] = ['omemo2', 'legacy'];

/** What each version is called in XML. */
export const NS_OMEMO: Readonly<Record<OmemoVersion, string>> = {
  legacy: 'eu.siacs.conversations.axolotl',
  omemo2: 'urn:xmpp:omemo:2',
};

/** The node with the list of an account's devices. */
export const DEVICES_NODE: Readonly<Record<OmemoVersion, string>> = {
  legacy: `${NS_OMEMO.legacy}.devicelist`,
  omemo2: `${NS_OMEMO.omemo2}:devices`,
};

/** Where a device's bundle is: legacy has a node for each device, OMEMO 2 one node with an item for each. */
export const bundlePlace = (version: OmemoVersion, deviceId: number): { node: string; id: string } =>
  version === 'legacy'
    ? { node: `${NS_OMEMO.legacy}.bundles:${deviceId}`, id: SINGLE_ITEM }
    : { node: `${NS_OMEMO.omemo2}:bundles`, id: String(deviceId) };

export const MAX_DEVICE_ID = 2 ** 31 - 1;

/** Reads a device id, 1 to 2^31-1 (XEP-0384, "device id"); undefined for anything else. */
export function readDeviceId(text: string | undefined): number | undefined {
  const id = readNumber(text);
  return id === undefined || id === 0 ? undefined : id;
}

/** A number of 31 bits in decimal digits; undefined for anything else. */
export function readNumber(text: string | undefined): number | undefined {
  if (text === undefined || !/^\d{1,10}$/.test(text)) return undefined;
  const number = Number(text);
  return number <= MAX_DEVICE_ID ? number : undefined;
}
