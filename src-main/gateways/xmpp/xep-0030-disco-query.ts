import { type DataForm, formsIn } from './data-form.ts';
import { attribute, child, childElements, type Element, isElement, xml } from './element.ts';
import { type Session, StanzaError } from './session.ts';
import { NS_DISCO_INFO, NS_DISCO_ITEMS } from './xep-0030-disco.ts';

export interface DiscoInfo {
  identities: readonly { category: string; type: string; name: string | undefined }[];
  features: ReadonlySet<string>;
  /** XEP-0128: more about the entity, in forms. */
  forms: readonly DataForm[];
}

export interface DiscoItem {
  jid: string;
  node: string | undefined;
  name: string | undefined;
}

/** Asks what an address is and can do (XEP-0030, 3). */
export async function discoverInfo(
  session: Pick<Session, 'request'>,
  { jid, node, timeoutMs }: { jid: string; node?: string; timeoutMs?: number },
): Promise<DiscoInfo> {
  const query = xml('query', { xmlns: NS_DISCO_INFO, node });
  const answer = await session.request(
    xml('iq', { type: 'get', to: jid }, query),
    timeoutMs ? { timeoutMs } : {},
  );
  return readInfo(answer);
}

/** What the own account can do, which is what the server does for it; nothing where it answers no such question. */
export async function accountFeatures(
  session: Pick<Session, 'jid' | 'request'>,
): Promise<ReadonlySet<string>> {
  try {
    return (await discoverInfo(session, { jid: session.jid })).features;
  } catch (error) {
    if (error instanceof StanzaError && NOTHING_THERE.has(error.condition)) return new Set();
    throw error;
  }
}

const NOTHING_THERE = new Set(['item-not-found', 'service-unavailable', 'feature-not-implemented']);

/** Asks what is below an address (XEP-0030, 4). */
export async function discoverItems(
  session: Pick<Session, 'request'>,
  { jid, node, timeoutMs }: { jid: string; node?: string; timeoutMs?: number },
): Promise<DiscoItem[]> {
  const query = xml('query', { xmlns: NS_DISCO_ITEMS, node });
  const answer = await session.request(
    xml('iq', { type: 'get', to: jid }, query),
    timeoutMs ? { timeoutMs } : {},
  );
  return readItems(answer);
}

function readInfo(answer: Element): DiscoInfo {
  const query = child(answer, 'query', NS_DISCO_INFO);
  const parts = query ? childElements(query) : [];
  const identities = parts
    .filter((one) => isElement(one, 'identity', NS_DISCO_INFO))
    .map((one) => ({
      category: attribute(one, 'category') ?? '',
      type: attribute(one, 'type') ?? '',
      name: attribute(one, 'name'),
    }));
  const features = parts
    .filter((one) => isElement(one, 'feature', NS_DISCO_INFO))
    .map((one) => attribute(one, 'var'))
    .filter((one) => one !== undefined);
  return { identities, features: new Set(features), forms: query ? formsIn(query) : [] };
}

function readItems(answer: Element): DiscoItem[] {
  const query = child(answer, 'query', NS_DISCO_ITEMS);
  return (query ? childElements(query) : []).flatMap((one) => {
    const jid = attribute(one, 'jid');
    if (!isElement(one, 'item', NS_DISCO_ITEMS) || !jid) return [];
    return [{ jid, node: attribute(one, 'node'), name: attribute(one, 'name') }];
  });
}
