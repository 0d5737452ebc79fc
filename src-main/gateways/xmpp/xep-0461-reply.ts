import { attribute, child, childElements, type Element, xml } from './element.ts';
import type { SessionExtension } from './extension.ts';
import { fallbackFor, withoutFallback } from './xep-0428-fallback.ts';

export const NS_REPLY = 'urn:xmpp:reply:0';

/** The message that is answered: its id, and who wrote it where that is said. */
export interface ReplyReference {
  id: string;
  to: string | undefined;
}

/** XEP-0461: Message Replies. */
export const replies: SessionExtension = (session, scope) => {
  scope.add(session.advertise(NS_REPLY));
};

/** Makes a message an answer. In a room the id is the one that the room gave (XEP-0461, 4.1). */
export const replyTo = ({ id, to }: { id: string; to?: string }): Element =>
  xml('reply', { xmlns: NS_REPLY, id, to });

/** Body and elements of an answer that quotes for those who do not know replies (XEP-0461, 3.1). */
export function quotingReply({
  id,
  to,
  quoted,
  text,
}: {
  id: string;
  to?: string;
  quoted: string;
  text: string;
}): {
  body: string;
  elements: Element[];
} {
  const quote = quoted
    .split('\n')
    .map((line) => `> ${line}\n`)
    .join('');
  const fallback = fallbackFor({ namespace: NS_REPLY, body: { start: 0, end: [...quote].length } });
  const reference = to === undefined ? { id } : { id, to };
  return { body: quote + text, elements: [replyTo(reference), fallback] };
}

/** What the message answers, and its own text without the quote; undefined for a message that is no answer. */
export function readReply(message: Element): (ReplyReference & { text: string }) | undefined {
  if (attribute(message, 'type') === 'error') return undefined;
  const reply = child(message, 'reply', NS_REPLY);
  const id = reply && attribute(reply, 'id');
  if (!id) return undefined;
  const isBody = (one: Element) => one.getName() === 'body' && one.getNS() === message.getNS();
  const body = childElements(message).find(isBody)?.getText() ?? '';
  return { id, to: attribute(reply, 'to') || undefined, text: withoutFallback(body, message, [NS_REPLY]) };
}
