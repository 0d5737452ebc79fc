import { attribute, child, childText, type Element, xml } from './element.ts';

export const NS_RESULT_SET = 'http://jabber.org/protocol/rsm';

/** One page of a long answer (XEP-0059, 2). `before: ''` asks for the last page. */
export interface PageRequest {
  max: number;
  after?: string | undefined;
  before?: string | undefined;
}

/** Where a page stands in the whole; `count` and `firstIndex` may be estimates (XEP-0059, 2.7). */
export interface ResultSet {
  first: string | undefined;
  firstIndex: number | undefined;
  last: string | undefined;
  count: number | undefined;
}

export function pageRequest({ max, after, before }: PageRequest): Element {
  const part = (name: string, text: string | undefined) =>
    text === undefined ? undefined : xml(name, {}, text);
  return xml(
    'set',
    { xmlns: NS_RESULT_SET },
    part('max', String(max)),
    part('after', after),
    part('before', before),
  );
}

/** Reads the `<set/>` of an answer; undefined where there is none. */
export function readResultSet(parent: Element): ResultSet | undefined {
  const set = child(parent, 'set', NS_RESULT_SET);
  if (!set) return undefined;
  const first = child(set, 'first', NS_RESULT_SET);
  return {
    first: first?.getText() || undefined,
    firstIndex: wholeNumber(first && attribute(first, 'index')),
    last: childText(set, 'last', NS_RESULT_SET) || undefined,
    count: wholeNumber(childText(set, 'count', NS_RESULT_SET)),
  };
}

const wholeNumber = (text: string | undefined) =>
  text !== undefined && /^\d{1,15}$/.test(text) ? Number(text) : undefined;
