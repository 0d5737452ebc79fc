import type { BareJid } from '../../../src-shared/jid.ts';
import { type Session, StanzaError } from '../xmpp/session.ts';
import { deleteNode, type NodeOptions, retractItem } from '../xmpp/xep-0060-pubsub.ts';
import { publishPep, readPep } from '../xmpp/xep-0163-pep.ts';
import { asPublished, type BundlePart, bundleDifferences, bundleElement, readBundle } from './bundle.ts';
import { unlessHidden } from './hidden-node.ts';
import { OmemoTrouble, type OmemoVersion, type PeerBundle } from './ratchet-backend.ts';
import { bundlePlace } from './wire-names.ts';

type Requester = Pick<Session, 'request'>;

/**
 * How many items the shared node of OMEMO 2 is to keep, one for each device: a server makes it for one. "max" is what
 * the XEP says; servers that do not know it (`config-node-max`) take a number, if it is below theirs.
 */
const NODE_SIZES: readonly (number | 'max')[] = ['max', 1_000, 200, 50, 10];
/** What servers say to a size they do not take. */
const SIZE_REFUSED = new Set(['bad-request', 'not-acceptable', 'resource-constraint', 'conflict']);

/** Publishes a bundle of the own account, where everybody may read it. */
export async function publishBundle(
  session: Requester,
  { version, deviceId, bundle }: { version: OmemoVersion; deviceId: number; bundle: PeerBundle },
): Promise<void> {
  const item = { ...bundlePlace(version, deviceId), payload: bundleElement(version, bundle) };
  const options: NodeOptions = { access: 'open', persist: true };
  if (version === 'legacy') {
    await publishPep(session, { ...item, options });
    return;
  }
  let refused: unknown;
  for (const maxItems of NODE_SIZES) {
    try {
      await publishPep(session, { ...item, options: { ...options, maxItems } });
      return;
    } catch (error) {
      if (!(error instanceof StanzaError && SIZE_REFUSED.has(error.condition))) throw error;
      refused = error;
    }
  }
  throw refused;
}

/**
 * The bundle of a device as it is on the server now; undefined where there is none. Fails with `bad-bundle` where it
 * cannot be used, and with a `StanzaError` where it is not for us to see.
 */
export async function fetchBundle(
  session: Requester,
  jid: BareJid,
  deviceId: number,
  version: OmemoVersion,
  expected?: PeerBundle,
): Promise<PeerBundle | undefined> {
  const { node, id } = bundlePlace(version, deviceId);
  // In legacy the item may have any id: there is one.
  const wanted = version === 'legacy' ? { max: 1 } : { ids: [id] };
  const items = await unlessHidden(readPep(session, { owner: jid, node, ...wanted }));
  const item = items?.at(-1);
  if (!item) return undefined;
  if (!item.payload) throw new OmemoTrouble('bad-bundle', 'The published bundle is empty.');
  return readBundle(version, item.payload, expected);
}

/**
 * Compares what the server has with what it should have: nothing, or what is wrong. Another `identity` under our number
 * is another device's: two have drawn the same.
 */
export async function checkBundle(
  session: Requester & Pick<Session, 'jid'>,
  { version, deviceId, bundle }: { version: OmemoVersion; deviceId: number; bundle: PeerBundle },
): Promise<(BundlePart | 'missing' | 'unreadable')[]> {
  try {
    const own = asPublished(version, bundle);
    const published = await fetchBundle(session, session.jid, deviceId, version, own);
    return published ? bundleDifferences(own, published) : ['missing'];
  } catch (error) {
    if (error instanceof OmemoTrouble) return ['unreadable'];
    throw error;
  }
}

/** Takes a bundle of the own account away. It is no failure that there is none. */
export async function deleteBundle(
  session: Requester,
  { version, deviceId }: { version: OmemoVersion; deviceId: number },
): Promise<void> {
  const place = bundlePlace(version, deviceId);
  try {
    if (version === 'legacy') await deleteNode(session, place);
    else await retractItem(session, place);
  } catch (error) {
    if (!(error instanceof StanzaError && error.condition === 'item-not-found')) throw error;
  }
}
