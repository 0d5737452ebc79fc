import { Element, isDropped } from './element.ts';
import { type ParserLimits, StreamParser } from './stream-parser.ts';
import { XmlRefused } from './xml-tokenizer.ts';

/**
 * One element from bytes that did not come over the stream, such as what was decrypted; read as strictly as the stream.
 * Undefined for anything that is not exactly one element within the limits.
 */
export function parseDocument(bytes: Uint8Array, limits: ParserLimits): Element | undefined {
  const found: Element[] = [];
  const add = (element: Element) => void found.push(element);
  const parser = new StreamParser(
    { start: add, element: add, end: () => undefined },
    { isFramed: true, limits },
  );
  try {
    parser.writeFrame(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch (error) {
    // A TypeError is the decoder's: the bytes are no UTF-8.
    if (error instanceof XmlRefused || error instanceof TypeError) return undefined;
    throw error;
  }
  const [element, ...more] = found;
  return element && more.length === 0 && !isDropped(element) ? element : undefined;
}

/**
 * A copy that means the same wherever it is put: namespaces are declared where they are needed, without prefixes.
 * Attributes of other namespaces are left out, but for `xml:`. It goes `within` an element of that namespace; what was
 * built without a namespace has the `inherited` one.
 */
export function detached(
  element: Element,
  { within, inherited }: { within?: string | undefined; inherited?: string | undefined } = {},
): Element {
  const namespace = element.getNS() ?? inherited;
  const copy = new Element(element.getName());
  if (namespace !== within) copy.attrs.xmlns = namespace ?? '';
  for (const [name, value] of Object.entries(element.attrs)) {
    if (name !== 'xmlns' && (!name.includes(':') || name.startsWith('xml:'))) copy.attrs[name] = value;
  }
  for (const one of element.children) {
    copy.append(typeof one === 'object' ? detached(one, { within: namespace, inherited: namespace }) : one);
  }
  return copy;
}
