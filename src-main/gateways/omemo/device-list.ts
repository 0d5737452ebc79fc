import { attribute, childElements, type Element, isElement, xml } from '../xmpp/element.ts';
import { OmemoTrouble, type OmemoVersion } from './ratchet-backend.ts';
import { NS_OMEMO, readDeviceId } from './wire-names.ts';

/** A device as its account lists it. */
export interface ListedDevice {
  id: number;
  /** OMEMO 2: what the device calls itself, and its signature of that. Nobody checked it: show it as foreign text. */
  label?: string;
  labelSignature?: string;
}

/** More than any person has; a longer list would only keep us busy. */
const MAX_DEVICES = 200;
const MAX_LABEL_LENGTH = 1_000;
const ROOT: Readonly<Record<OmemoVersion, string>> = { legacy: 'list', omemo2: 'devices' };

/** The list as it is published. */
export const deviceListElement = (version: OmemoVersion, devices: readonly ListedDevice[]): Element =>
  xml(
    ROOT[version],
    { xmlns: NS_OMEMO[version] },
    ...devices.map(({ id, label, labelSignature }) =>
      version === 'legacy'
        ? xml('device', { id: String(id) })
        : xml('device', { id: String(id), label, labelsig: labelSignature }),
    ),
  );

/** Reads a list. What cannot be a device is left out, and so is one that is there already. Fails with `malformed`. */
export function readDeviceList(version: OmemoVersion, list: Element): ListedDevice[] {
  const namespace = NS_OMEMO[version];
  if (!isElement(list, ROOT[version], namespace)) {
    throw new OmemoTrouble('malformed', 'The published list of devices is none.');
  }
  const devices = new Map<number, ListedDevice>();
  for (const one of childElements(list)) {
    const id = isElement(one, 'device', namespace) ? readDeviceId(attribute(one, 'id')) : undefined;
    if (id === undefined || devices.has(id)) continue;
    devices.set(id, { id, ...(version === 'legacy' ? {} : labelOf(one)) });
    if (devices.size > MAX_DEVICES) {
      throw new OmemoTrouble('malformed', `The published list has more than ${MAX_DEVICES} devices.`);
    }
  }
  return [...devices.values()];
}

function labelOf(device: Element): Pick<ListedDevice, 'label' | 'labelSignature'> {
  const label = attribute(device, 'label');
  const labelSignature = attribute(device, 'labelsig');
  if (!label || label.length > MAX_LABEL_LENGTH) return {};
  if (!labelSignature || labelSignature.length > MAX_LABEL_LENGTH) return { label };
  return { label, labelSignature };
}
