import { submitForm } from './data-form.ts';
import { attribute, child, childElements, type Element, isElement, xml } from './element.ts';
import { type Session, StanzaError } from './session.ts';

export const NS_PUBSUB = 'http://jabber.org/protocol/pubsub';
export const NS_PUBSUB_OWNER = 'http://jabber.org/protocol/pubsub#owner';
export const NS_PUBSUB_EVENT = 'http://jabber.org/protocol/pubsub#event';
const PUBLISH_OPTIONS = 'http://jabber.org/protocol/pubsub#publish-options';
const NODE_CONFIG = 'http://jabber.org/protocol/pubsub#node_config';

export interface NodeOptions {
  /** Who may read: everybody, who gets our presence, or who is named. */
  access: 'open' | 'presence' | 'whitelist';
  /** Whether items stay after they were announced. */
  persist: boolean;
  /** How many items stay; a server makes nodes for one. */
  maxItems?: number | 'max';
}

/** A node, and the service that has it; without one the own account's (PEP). */
export interface NodeAddress {
  service?: string;
  node: string;
}

export interface PubsubItem {
  id: string;
  payload: Element | undefined;
}

/** What a service tells about a node (XEP-0060, 7.1.2, 7.2.2.1, 8.4.2 and 8.5.2). */
export interface PubsubEvent {
  node: string;
  items: PubsubItem[];
  retractedIds: string[];
  /** All items are gone, or the node with them. */
  gone: 'purged' | 'deleted' | undefined;
}

type Requester = Pick<Session, 'request'>;

/** Publish-options that were refused in one of these ways are set by the owner instead; nothing was published then. */
const OPTIONS_REFUSED = [
  'resource-constraint', // ejabberd 23: "Unknown field", for whatever is not access or persistence
  'conflict', // Prosody: the node has other options
  'precondition-not-met', // the same by its name in the XEP (7.1.5)
  'item-not-found', // a service that makes no nodes by itself (7.1.3.3); ejabberd, while another client makes it
];

/**
 * Publishes one item (XEP-0060, 7.1) and resolves with its id. With options, the node has them when the item gets
 * there: where the service does not take them with the item, the owner configures the node first.
 */
export async function publishItem(
  session: Requester,
  item: NodeAddress & { id?: string; payload: Element; options?: NodeOptions },
): Promise<string | undefined> {
  const { options } = item;
  if (!options) return publishOnce(session, item, {});
  try {
    return await publishOnce(session, item, options);
  } catch (error) {
    if (!(error instanceof StanzaError && OPTIONS_REFUSED.includes(error.condition))) throw error;
    await ensureNode(session, { ...item, options });
    // Still with what every server takes: should the node be another one by now, nothing private gets out.
    return publishOnce(session, item, { access: options.access, persist: options.persist });
  }
}

/** Reads items, all or those with the given ids. A node that is not there, or not for us, is a StanzaError (6.5.9). */
export async function readItems(
  session: Requester,
  { service, node, ids = [], max }: NodeAddress & { ids?: readonly string[]; max?: number },
): Promise<PubsubItem[]> {
  const items = xml(
    'items',
    { node, max_items: max === undefined ? undefined : String(max) },
    ...ids.map((id) => xml('item', { id })),
  );
  const query = xml('iq', { type: 'get', to: service }, xml('pubsub', { xmlns: NS_PUBSUB }, items));
  const answer = await session.request(query);
  const pubsub = child(answer, 'pubsub', NS_PUBSUB);
  const found = pubsub && child(pubsub, 'items', NS_PUBSUB);
  // A service may answer for more than was asked, or for another node.
  if (!found || attribute(found, 'node') !== node) return [];
  const read = itemsIn(found, NS_PUBSUB);
  return ids.length === 0 ? read : read.filter(({ id }) => ids.includes(id));
}

/** Takes one item back; who follows the node is told (XEP-0060, 7.2). */
export async function retractItem(
  session: Requester,
  { service, node, id }: NodeAddress & { id: string },
): Promise<void> {
  const retract = xml('retract', { node, notify: 'true' }, xml('item', { id }));
  await session.request(
    xml('iq', { type: 'set', to: service }, xml('pubsub', { xmlns: NS_PUBSUB }, retract)),
  );
}

/** Removes a node with everything in it (XEP-0060, 8.4). */
export async function deleteNode(session: Requester, { service, node }: NodeAddress): Promise<void> {
  await session.request(ownerRequest(service, xml('delete', { node })));
}

/** Makes the node, or gives the one that is there these options (XEP-0060, 8.1.3 and 8.2). */
export async function ensureNode(
  session: Requester,
  { service, node, options }: NodeAddress & { options: NodeOptions },
): Promise<void> {
  const configure = () => xml('configure', {}, submitForm(NODE_CONFIG, fieldsOf(options)));
  const create = xml('pubsub', { xmlns: NS_PUBSUB }, xml('create', { node }), configure());
  try {
    await session.request(xml('iq', { type: 'set', to: service }, create));
  } catch (error) {
    if (!(error instanceof StanzaError && error.condition === 'conflict')) throw error;
    const existing = configure();
    existing.attrs.node = node;
    await session.request(ownerRequest(service, existing));
  }
}

/** Reads an event; undefined for a message that is none. Who sent it is for the caller to see. */
export function readEvent(message: Element): PubsubEvent | undefined {
  if (attribute(message, 'type') === 'error') return undefined;
  const event = child(message, 'event', NS_PUBSUB_EVENT);
  for (const one of event ? childElements(event) : []) {
    const node = attribute(one, 'node');
    if (one.getNS() !== NS_PUBSUB_EVENT || node === undefined) continue;
    const name = one.getName();
    if (name === 'items') {
      const retractedIds = childElements(one)
        .filter((each) => isElement(each, 'retract', NS_PUBSUB_EVENT))
        .map((each) => attribute(each, 'id') ?? '');
      return { node, items: itemsIn(one, NS_PUBSUB_EVENT), retractedIds, gone: undefined };
    }
    if (name === 'purge') return { node, items: [], retractedIds: [], gone: 'purged' };
    if (name === 'delete') return { node, items: [], retractedIds: [], gone: 'deleted' };
  }
  return undefined;
}

async function publishOnce(
  session: Requester,
  { service, node, id, payload }: NodeAddress & { id?: string; payload: Element },
  options: Partial<NodeOptions>,
): Promise<string | undefined> {
  const fields = fieldsOf(options);
  const wishes = Object.values(fields).some((value) => value !== undefined);
  const answer = await session.request(
    xml(
      'iq',
      { type: 'set', to: service },
      xml(
        'pubsub',
        { xmlns: NS_PUBSUB },
        xml('publish', { node }, xml('item', { id }, payload)),
        wishes ? xml('publish-options', {}, submitForm(PUBLISH_OPTIONS, fields)) : undefined,
      ),
    ),
  );
  const published = child(answer, 'pubsub', NS_PUBSUB);
  const items = published && child(published, 'publish', NS_PUBSUB);
  return (items && itemsIn(items, NS_PUBSUB)[0]?.id) ?? id;
}

const fieldsOf = ({ access, persist, maxItems }: Partial<NodeOptions>) => ({
  'pubsub#access_model': access,
  'pubsub#persist_items': persist,
  'pubsub#max_items': maxItems,
});

const ownerRequest = (service: string | undefined, payload: Element) =>
  xml('iq', { type: 'set', to: service }, xml('pubsub', { xmlns: NS_PUBSUB_OWNER }, payload));

function itemsIn(parent: Element, namespace: string): PubsubItem[] {
  return childElements(parent).flatMap((one) => {
    const id = attribute(one, 'id');
    if (!isElement(one, 'item', namespace) || id === undefined) return [];
    return [{ id, payload: childElements(one)[0] }];
  });
}
