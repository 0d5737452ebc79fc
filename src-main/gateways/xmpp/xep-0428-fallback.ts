import { attribute, childElements, type Element, xml } from './element.ts';
import type { SessionExtension } from './extension.ts';

export const NS_FALLBACK = 'urn:xmpp:fallback:0';
/** What XEP-0461 called it in its first version. */
const NS_FALLBACK_BEFORE = 'urn:xmpp:feature-fallback:0';

/** A part of a text, in code points (XEP-0426): the first, and the first that is no longer part of it. */
export interface CodePointRange {
  start: number;
  end: number;
}

/** What stands in a message only for those who do not know the extension with that namespace. */
export interface Fallback {
  namespace: string | undefined;
  body: readonly CodePointRange[];
  subject: readonly CodePointRange[];
}

const EVERYTHING: CodePointRange = { start: 0, end: Number.POSITIVE_INFINITY };

/** XEP-0428: Fallback Indication. */
export const fallbackIndication: SessionExtension = (session, scope) => {
  scope.add(session.advertise(NS_FALLBACK));
};

/** Marks a part of the body, or without a range the whole message, as a fallback. */
export const fallbackFor = ({ namespace, body }: { namespace: string; body?: CodePointRange }): Element =>
  xml(
    'fallback',
    { xmlns: NS_FALLBACK, for: namespace },
    body && xml('body', { start: String(body.start), end: String(body.end) }),
  );

/** The fallbacks of a message. A range that makes no sense is left out: rather show too much than too little. */
export function readFallbacks(message: Element): Fallback[] {
  return childElements(message)
    .filter((one) => one.getName() === 'fallback' && isFallbackNamespace(one.getNS()))
    .map((one) => {
      const isWhole = childElements(one).length === 0;
      const ranges = (name: string) => (isWhole ? [EVERYTHING] : rangesIn(one, name));
      return { namespace: attribute(one, 'for'), body: ranges('body'), subject: ranges('subject') };
    });
}

/** The body without what stands there as a fallback for these namespaces only. */
export function withoutFallback(body: string, message: Element, namespaces: readonly string[]): string {
  const ranges = readFallbacks(message)
    .filter(({ namespace }) => namespace !== undefined && namespaces.includes(namespace))
    .flatMap((one) => one.body);
  return cutRanges(body, ranges);
}

function cutRanges(text: string, ranges: readonly CodePointRange[]): string {
  const points = [...text];
  let kept = '';
  let position = 0;
  for (const { start, end } of ranges.toSorted((a, b) => a.start - b.start)) {
    if (start > position) kept += points.slice(position, start).join('');
    position = Math.max(position, end);
  }
  return kept + points.slice(position).join('');
}

function rangesIn(fallback: Element, name: string): CodePointRange[] {
  return childElements(fallback)
    .filter((one) => one.getName() === name && one.getNS() === fallback.getNS())
    .map((one) => ({
      start: position(attribute(one, 'start'), EVERYTHING.start),
      end: position(attribute(one, 'end'), EVERYTHING.end),
    }))
    .filter(({ start, end }) => start <= end);
}

/** NaN for what is no position: no range has it as its border. */
function position(text: string | undefined, unset: number): number {
  if (text === undefined) return unset;
  return /^\d{1,9}$/.test(text) ? Number(text) : Number.NaN;
}

const isFallbackNamespace = (namespace: string | undefined) =>
  namespace === NS_FALLBACK || namespace === NS_FALLBACK_BEFORE;
