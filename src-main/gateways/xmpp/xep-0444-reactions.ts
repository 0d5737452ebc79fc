import { attribute, child, childElements, type Element, isElement, xml } from './element.ts';
import type { SessionExtension } from './extension.ts';

export const NS_REACTIONS = 'urn:xmpp:reactions:0';
/** More than anybody needs, so that nobody makes us keep more. */
const MAX_REACTIONS = 50;
const MAX_EMOJI_LENGTH = 64;
const SYMBOL = /\p{Extended_Pictographic}|\p{Regional_Indicator}|\u20E3/u;
const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' });

/** Everything that one person thinks of one message. */
export interface Reactions {
  id: string;
  emojis: ReadonlySet<string>;
}

/** XEP-0444: Message Reactions. */
export const reactions: SessionExtension = (session, scope) => {
  scope.add(session.advertise(NS_REACTIONS));
};

/** All reactions of ours to a message, in place of those before; none at all takes them back. */
export const reactWith = ({ id, emojis }: { id: string; emojis: readonly string[] }): Element =>
  xml(
    'reactions',
    { xmlns: NS_REACTIONS, id },
    ...[...new Set(emojis)].map((emoji) => xml('reaction', {}, emoji)),
  );

/** Reactions of the sender to a message, in place of those before (XEP-0444, 4.2). What is no emoji is left out. */
export function readReactions(message: Element): Reactions | undefined {
  if (attribute(message, 'type') === 'error') return undefined;
  const found = child(message, 'reactions', NS_REACTIONS);
  const id = found && attribute(found, 'id');
  if (!id) return undefined;
  const emojis = childElements(found)
    .filter((one) => isElement(one, 'reaction', NS_REACTIONS))
    .map((one) => one.getText().trim())
    .filter(isEmoji);
  return { id, emojis: new Set(emojis.slice(0, MAX_REACTIONS)) };
}

/** The reactions to one message by sender, after one sender said something new. */
export function withReactions(
  bySender: ReadonlyMap<string, ReadonlySet<string>>,
  sender: string,
  emojis: ReadonlySet<string>,
): Map<string, ReadonlySet<string>> {
  const next = new Map(bySender);
  if (emojis.size === 0) next.delete(sender);
  else next.set(sender, emojis);
  return next;
}

/** The emojis of a text, each once and in order; undefined when there is anything else in it but blanks. */
export function emojisIn(text: string): string[] | undefined {
  const found = [...graphemes.segment(text)].map(({ segment }) => segment).filter((one) => one.trim() !== '');
  return found.every(isEmoji) ? [...new Set(found)] : undefined;
}

/** One character as people see it, that is a picture. Unicode grows, so there is no list. */
const isEmoji = (text: string) =>
  text.length > 0 &&
  text.length <= MAX_EMOJI_LENGTH &&
  SYMBOL.test(text) &&
  [...graphemes.segment(text)].length === 1;
