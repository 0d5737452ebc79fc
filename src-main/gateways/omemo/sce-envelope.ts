import { randomBytes, randomInt } from 'node:crypto';
import { type BareJid, bareOf } from '../../../src-shared/jid.ts';
import { attribute, childElements, type Element, isElement, serialize, xml } from '../xmpp/element.ts';
import { NS_CLIENT } from '../xmpp/namespaces.ts';
import { detached, parseDocument } from '../xmpp/parse-document.ts';
import { formatDateTime, parseDateTime } from '../xmpp/xep-0082-date-time.ts';
import { OmemoTrouble } from './ratchet-backend.ts';
import { isContent } from './sce-content.ts';

export const NS_SCE = 'urn:xmpp:sce:1';

/** XEP-0420, "rpad": the length of a message shall not tell what it is. */
const MAX_PADDING = 200;
const LIMITS = { maxBytes: 256 * 1024, maxDepth: 32, maxElements: 2_048 };

/** What is encrypted in OMEMO 2 (XEP-0420): several elements, and to whom it was said by whom. */
export interface SceEnvelope {
  /** Elements of a message, each with its own namespace; only those of the table in `sce-content.ts`. */
  content: Element[];
  /** When it was written, by the sender's word; undefined where that is not said. */
  timeMs: number | undefined;
}

/** The text of an envelope as bytes. `to` is the room for a message to a room. */
export function sealEnvelope({
  content,
  from,
  to,
  timeMs,
}: {
  content: readonly Element[];
  from: BareJid;
  to?: BareJid;
  timeMs?: number;
}): Uint8Array {
  const elements = content.map((one) => {
    const element = detached(one, { within: NS_SCE, inherited: NS_CLIENT });
    if (!isContent(element)) throw new TypeError(`<${one.getName()}> does not belong into an envelope`);
    return element;
  });
  const envelope = xml(
    'envelope',
    { xmlns: NS_SCE },
    xml('content', {}, ...elements),
    xml('rpad', {}, padding()),
    xml('from', { jid: from }),
    to && xml('to', { jid: to }),
    timeMs === undefined ? undefined : xml('time', { stamp: formatDateTime(timeMs) }),
  );
  return Buffer.from(serialize(envelope));
}

const padding = () =>
  randomBytes(MAX_PADDING)
    .toString('base64')
    .slice(0, randomInt(MAX_PADDING + 1));

/**
 * Reads a decrypted envelope. Fails with `malformed` where it is none, or where it was written by or for somebody else
 * than it came from and to (the bare JIDs of the stanza, or the room): then somebody passes on what was said in another
 * place. Only for a room `to` has to be in it.
 * Elements that do not belong into an envelope are left out.
 */
export function openEnvelope(
  bytes: Uint8Array,
  { from, to, isRoom }: { from: BareJid; to: BareJid | undefined; isRoom: boolean },
): SceEnvelope {
  const envelope = parseDocument(bytes, LIMITS);
  if (!envelope || !isElement(envelope, 'envelope', NS_SCE)) throw malformed('is no envelope');
  const content = single(envelope, 'content');
  if (!content) throw malformed('has no content');
  const writer = single(envelope, 'from');
  if (!writer || bareOf(attribute(writer, 'jid')) !== from) throw malformed('names another sender');
  const addressee = single(envelope, 'to');
  if (addressee ? bareOf(attribute(addressee, 'jid')) !== to : isRoom)
    throw malformed('is for another place');
  const time = single(envelope, 'time');
  return {
    content: childElements(content)
      .filter(isContent)
      .map((one) => detached(one)),
    timeMs: time && parseDateTime(attribute(time, 'stamp')),
  };
}

/** The one child of that name. With two, readers could take different ones for the truth. */
function single(envelope: Element, name: string): Element | undefined {
  const [found, ...more] = childElements(envelope).filter((one) => isElement(one, name, NS_SCE));
  if (more.length > 0) throw malformed(`has several <${name}>`);
  return found;
}

const malformed = (what: string) => new OmemoTrouble('malformed', `The content of the message ${what}.`);
