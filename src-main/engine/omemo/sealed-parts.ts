import { isContent } from '../../gateways/omemo/sce-content.ts';
import { childElements, type Element } from '../../gateways/xmpp/element.ts';
import { NS_CHAT_STATES } from '../../gateways/xmpp/xep-0085-chat-states.ts';
import { NS_RECEIPTS } from '../../gateways/xmpp/xep-0184-receipts.ts';
import { NS_CORRECTION } from '../../gateways/xmpp/xep-0308-correction.ts';
import { NS_MARKERS } from '../../gateways/xmpp/xep-0333-markers.ts';
import { NS_HINTS } from '../../gateways/xmpp/xep-0334-hints.ts';
import { NS_STANZA_ID } from '../../gateways/xmpp/xep-0359-stanza-ids.ts';
import { NS_SPOILER } from '../../gateways/xmpp/xep-0382-spoiler.ts';
import { NS_STYLING } from '../../gateways/xmpp/xep-0393-styling.ts';
import { NS_MARKUP } from '../../gateways/xmpp/xep-0394-markup.ts';
import { NS_RETRACTION } from '../../gateways/xmpp/xep-0424-retraction.ts';
import { NS_FALLBACK } from '../../gateways/xmpp/xep-0428-fallback.ts';
import { NS_QUICK_RESPONSE } from '../../gateways/xmpp/xep-0439-quick-response.ts';
import { NS_REACTIONS } from '../../gateways/xmpp/xep-0444-reactions.ts';
import { NS_REPLY } from '../../gateways/xmpp/xep-0461-reply.ts';
import { NS_BOTMOTHER } from '../messages/compose.ts';

/**
 * What may stand outside: which message is meant, and how clients and servers shall treat it. Anything else could tell
 * what the message is about.
 */
const REFERENCES: Readonly<Record<string, readonly string[]>> = {
  [NS_CHAT_STATES]: ['active', 'composing', 'paused', 'inactive', 'gone'],
  [NS_CORRECTION]: ['replace'],
  [NS_FALLBACK]: ['fallback'],
  [NS_MARKERS]: ['markable'],
  [NS_RECEIPTS]: ['request', 'received'],
  [NS_REPLY]: ['reply'],
  [NS_RETRACTION]: ['retract'],
  // What is shown in place of the text is one of the fixed words.
  [NS_SPOILER]: ['spoiler'],
  [NS_STYLING]: ['unstyled'],
};
const ENVELOPE: Readonly<Record<string, readonly string[]>> = {
  [NS_BOTMOTHER]: ['generated'],
  [NS_HINTS]: ['store', 'no-store', 'no-copy', 'no-permanent-store'],
  [NS_STANZA_ID]: ['origin-id'],
};
const isOneOf = (table: Readonly<Record<string, readonly string[]>>, element: Element): boolean =>
  table[element.getNS() ?? '']?.includes(element.getName()) === true;

/** What a stanza says, and what stays beside it. Throws where something could tell what the message is about. */
export function partsOf(stanza: Element): { content: Element[]; outer: Element[] } {
  const content: Element[] = [];
  const outer: Element[] = [];
  for (const one of childElements(stanza)) {
    if (isBody(one) || isContent(one)) content.push(one);
    else if (isOneOf(ENVELOPE, one)) outer.push(one);
    else throw new TypeError(`<${one.getName()}> must not stand outside of an encrypted message`);
  }
  return { content, outer };
}

/** A body has the namespace of the stanza it was built for. */
const isBody = (element: Element) => element.getName() === 'body' && element.attrs.xmlns === undefined;
export const isReactions = (element: Element) => element.getNS() === NS_REACTIONS;

/** What stands outside for the clients of OMEMO 0.3. What says something they could only be told in clear is not sent. */
export function isReference(element: Element): boolean {
  if (isBody(element) || isReactions(element)) return false;
  // Its text says the same in other words.
  if (element.getNS() === NS_QUICK_RESPONSE) return false;
  // Its styling says the same; where something is bold would tell of it.
  if (element.getNS() === NS_MARKUP) return false;
  if (isOneOf(REFERENCES, element)) return true;
  throw new TypeError(`<${element.getName()}> cannot be said in OMEMO 0.3`);
}

/** The text of a message in a version that has nothing but texts: reactions are written out. */
export function legacyText(content: readonly Element[]): string {
  const body = content.find(isBody);
  if (body) return body.getText();
  return content
    .filter(isReactions)
    .flatMap((one) => childElements(one).map((emoji) => emoji.getText()))
    .join(' ');
}
