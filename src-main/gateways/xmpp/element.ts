import { Element } from '@xmpp/xml';
import { reason } from '../../../src-shared/text/reasons.ts';
import { foreignText } from './foreign-text.ts';
import { NS_CLIENT, NS_STANZA_ERRORS } from './namespaces.ts';
import { StanzaError } from './session.ts';

export { Element } from '@xmpp/xml';

type Attributes = Record<string, string | undefined>;
type Child = Element | string | undefined;

/** The largest stanza that is written: servers commonly cut a session that sends more than 256 KiB. */
export const STANZA_LIMIT_BYTES = 200 * 1024;

/** What XML 1.0 cannot carry (section 2.2): control characters, lone surrogates, U+FFFE and U+FFFF. */
const NOT_XML = /[^\t\n\r\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]/u;

/** The stanza cannot be sent as it is: too large, or with a character that XML has no way to carry. */
export class UnsendableStanza extends Error {
  constructor(reason: string) {
    super(reason);
    this.name = 'UnsendableStanza';
  }
}

/** Builds an element. Attributes and children that are undefined are left out. */
export function xml(name: string, attributes: Attributes = {}, ...children: Child[]): Element {
  const element = new Element(name);
  for (const key in attributes) {
    if (attributes[key] !== undefined) element.attrs[key] = attributes[key];
  }
  for (const child of children) {
    if (child !== undefined) element.append(child);
  }
  return element;
}

/** The value of an attribute, or undefined where it is not set. */
export function attribute(element: Element, name: string): string | undefined {
  const value: unknown = Object.hasOwn(element.attrs, name) ? element.attrs[name] : undefined;
  return typeof value === 'string' ? value : undefined;
}

/** The first child element of that name and namespace. */
export function child(element: Element, name: string, namespace: string): Element | undefined {
  return childElements(element).find((one) => isElement(one, name, namespace));
}

export function childElements(element: Element): Element[] {
  return element.children.filter((one) => typeof one === 'object');
}

export function childText(element: Element, name: string, namespace: string): string | undefined {
  return child(element, name, namespace)?.getText();
}

export function isElement(element: Element, name: string, namespace: string): boolean {
  return element.getName() === name && element.getNS() === namespace;
}

/** Whether an element of a stream is a stanza (RFC 6120, 8.1): only these are counted by stream management. */
export function isStanza(element: Element): boolean {
  const name = element.getName();
  if (name !== 'message' && name !== 'presence' && name !== 'iq') return false;
  const namespace = element.getNS();
  return namespace === NS_CLIENT || namespace === undefined;
}

const dropped = new WeakSet<Element>();

/** See `isDropped`. */
export const markDropped = (element: Element): void => void dropped.add(element);

/** Whether an element came with more than is taken in, so that nothing is left of it but its start tag. */
export const isDropped = (element: Element): boolean => dropped.has(element);

/** The text that goes to the stream. Throws `UnsendableStanza`; nothing was written then. */
export function serialize(stanza: Element | string): string {
  const text = stanza.toString();
  if (text === '') throw new UnsendableStanza(reason('message.empty', {}));
  const found = NOT_XML.exec(text)?.[0];
  if (found !== undefined) {
    const code = (found.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0');
    throw new UnsendableStanza(reason('message.character', { character: `U+${code}` }));
  }
  const sizeBytes = Buffer.byteLength(text);
  if (sizeBytes > STANZA_LIMIT_BYTES) {
    throw new UnsendableStanza(reason('message.too-large', { size: sizeBytes, limit: STANZA_LIMIT_BYTES }));
  }
  return text;
}

/** Reads the error of a stanza of type "error" (RFC 6120, 8.3). */
export function stanzaError(stanza: Element): StanzaError {
  const error = childElements(stanza).find((one) => one.getName() === 'error');
  const details = error ? childElements(error).filter((one) => one.getNS() === NS_STANZA_ERRORS) : [];
  const condition = details.find((one) => one.getName() !== 'text')?.getName() ?? 'undefined-condition';
  const text = details.find((one) => one.getName() === 'text')?.getText() ?? '';
  const type = (error && attribute(error, 'type')) ?? 'cancel';
  return new StanzaError(foreignText(condition), foreignText(type), foreignText(text));
}

/** The child of an error answer (RFC 6120, 8.3.2). */
export function errorElement({ condition, type, message, detail }: StanzaError): Element {
  const text =
    message === condition ? undefined : xml('text', { xmlns: NS_STANZA_ERRORS, 'xml:lang': 'en' }, message);
  const more = detail && xml(detail.name, { xmlns: detail.namespace });
  return xml('error', { type }, xml(condition, { xmlns: NS_STANZA_ERRORS }), text, more);
}
