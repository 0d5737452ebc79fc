import { type Block, formatStyling, parseStyling, type Span } from '../../base/message-styling.ts';
import { type Element, xml } from './element.ts';

export const NS_MARKUP = 'urn:xmpp:markup:0';

/** A message with more of it says no more to anybody, and grows. */
const ELEMENTS_LIMIT = 200;
const NAMES = { bold: 'strong', italic: 'emphasis', strike: 'deleted', code: 'code' } as const;

/** Positions are counted in code points. */
const lengthOf = (text: string): number => [...text].length;

/** XEP-0394: Message Markup. What the styling of a body (XEP-0393) says, by position; undefined where it says nothing. */
export function markupOf(body: string): Element | undefined {
  const elements: Element[] = [];
  const range = (start: number, end: number) => ({ start: String(start), end: String(end) });

  function spans(all: readonly Span[], from: number): number {
    let at = from;
    for (const span of all) {
      const start = at;
      if (span.kind === 'text') at += lengthOf(span.text);
      else {
        at = span.kind === 'code' ? at + lengthOf(span.text) + 2 : spans(span.spans, at + 1) + 1;
        elements.push(xml('span', range(start, at), xml(NAMES[span.kind])));
      }
    }
    return at;
  }
  let at = 0;
  for (const block of parseStyling(body)) {
    const end = at + lengthOf(formatStyling([block]));
    if (block.kind === 'line') spans(block.spans, at);
    else elements.push(blockElement(block, range(at, end)));
    at = end + 1;
  }
  if (elements.length === 0 || elements.length > ELEMENTS_LIMIT) return undefined;
  return xml('markup', { xmlns: NS_MARKUP }, ...elements);
}

const blockElement = (block: Exclude<Block, { kind: 'line' }>, range: { start: string; end: string }) =>
  xml(block.kind === 'code' ? 'bcode' : 'bquote', range);
