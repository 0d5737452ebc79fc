import type { BareJid } from '../../../src-shared/jid.ts';
import { RequestTimeout, type Session, StanzaError } from '../xmpp/session.ts';
import type { NodeOptions, PubsubItem } from '../xmpp/xep-0060-pubsub.ts';
import { onEvent, publishPep, readPep } from '../xmpp/xep-0163-pep.ts';
import { deviceListElement, type ListedDevice, readDeviceList } from './device-list.ts';
import { unlessHidden } from './hidden-node.ts';
import { OmemoTrouble, type OmemoVersion } from './ratchet-backend.ts';
import { DEVICES_NODE, OMEMO_VERSIONS } from './wire-names.ts';

type Requester = Pick<Session, 'request'>;

/** Strangers must read it, and those who were offline. */
const LIST_OPTIONS: NodeOptions = { access: 'open', persist: true };

/**
 * The devices of an account, also of one whose list was never announced to us; undefined where it has no list. Fails
 * with `malformed`, or with a `StanzaError` where the list is not for us to see or the server does not answer.
 */
export const fetchDeviceList = (
  session: Requester,
  owner: BareJid,
  version: OmemoVersion,
): Promise<ListedDevice[] | undefined> => unlessHidden(readList(session, owner, version));

/** The list of the own account; undefined only where the server says that there is none. Fails like the other. */
export const fetchOwnDeviceList = (
  session: Requester & Pick<Session, 'jid'>,
  version: OmemoVersion,
): Promise<ListedDevice[] | undefined> => readList(session, session.jid, version);

async function readList(session: Requester, owner: BareJid, version: OmemoVersion) {
  const items = await readPep(session, { owner, node: DEVICES_NODE[version], max: 1 });
  return listIn(items, version);
}

/** What an account publishes: for each version its devices, or undefined where that cannot be told now. */
export type DeviceLists = Record<OmemoVersion, ListedDevice[] | undefined>;

/**
 * Both lists of an account; empty where there is none, or none that can ever be read. One that cannot be had is no reason
 * to do without the other; where neither can, it fails as `fetchDeviceList` does.
 */
export async function fetchDeviceLists(session: Requester, owner: BareJid): Promise<DeviceLists> {
  const lists: DeviceLists = { legacy: undefined, omemo2: undefined };
  const failures: unknown[] = [];
  const readings = OMEMO_VERSIONS.map(async (version) => {
    try {
      lists[version] = (await fetchDeviceList(session, owner, version)) ?? [];
    } catch (error) {
      if (!(error instanceof OmemoTrouble || error instanceof StanzaError || error instanceof RequestTimeout))
        throw error;
      failures.push(error);
      if (!isPassing(error)) lists[version] = [];
    }
  });
  await Promise.all(readings);
  if (failures.length === OMEMO_VERSIONS.length) throw failures[0];
  return lists;
}

/** A server in trouble knows more later on. What another one answers stays as it is. */
const isPassing = (error: unknown): boolean =>
  error instanceof RequestTimeout ||
  (error instanceof StanzaError && (error.type === 'wait' || PASSING.has(error.condition)));
const PASSING = new Set(['internal-server-error', 'remote-server-timeout', 'remote-server-not-found']);

/** A list has changed. */
export interface DeviceListEvent {
  owner: BareJid;
  version: OmemoVersion;
  /** The new list; undefined where the event does not say it: fetch it. */
  devices: ListedDevice[] | undefined;
}

/**
 * Follows the lists of the own account and of all contacts, of both versions. Only the owner of a list is believed (an
 * event from its bare JID); what cannot be read changes nothing.
 */
export function followDeviceLists(
  session: Parameters<typeof onEvent>[0],
  handler: (event: DeviceListEvent) => void,
): () => void {
  const stops = OMEMO_VERSIONS.map((version) =>
    onEvent(session, { node: DEVICES_NODE[version] }, ({ owner, items, gone }) => {
      const change = gone ? { devices: [] } : readable(() => ({ devices: listIn(items, version) }));
      if (change) handler({ owner, version, ...change });
    }),
  );
  return () => {
    for (const stop of stops) stop();
  };
}

/** What was read; undefined where it cannot be. */
function readable<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch (error) {
    if (error instanceof OmemoTrouble) return undefined;
    throw error;
  }
}

/** Publishes the list of the own account in place of the one before. */
export const publishDeviceList = async (
  session: Requester,
  version: OmemoVersion,
  devices: readonly ListedDevice[],
): Promise<void> => {
  const payload = deviceListElement(version, devices);
  await publishPep(session, { node: DEVICES_NODE[version], payload, options: LIST_OPTIONS });
};

/** Of several items the last is the newest. */
function listIn(items: readonly PubsubItem[], version: OmemoVersion): ListedDevice[] | undefined {
  const item = items.at(-1);
  if (!item) return undefined;
  if (!item.payload) throw new OmemoTrouble('malformed', 'The published list of devices is empty.');
  return readDeviceList(version, item.payload);
}
