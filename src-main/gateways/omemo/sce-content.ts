import type { Element } from '../xmpp/element.ts';
import { NS_CLIENT } from '../xmpp/namespaces.ts';
import { NS_OUT_OF_BAND } from '../xmpp/xep-0066-out-of-band.ts';
import { NS_CHAT_STATES } from '../xmpp/xep-0085-chat-states.ts';
import { NS_RECEIPTS } from '../xmpp/xep-0184-receipts.ts';
import { NS_CORRECTION } from '../xmpp/xep-0308-correction.ts';
import { NS_MARKERS } from '../xmpp/xep-0333-markers.ts';
import { NS_SPOILER } from '../xmpp/xep-0382-spoiler.ts';
import { NS_STYLING } from '../xmpp/xep-0393-styling.ts';
import { NS_MARKUP } from '../xmpp/xep-0394-markup.ts';
import { NS_RETRACTION } from '../xmpp/xep-0424-retraction.ts';
import { NS_FALLBACK } from '../xmpp/xep-0428-fallback.ts';
import { NS_QUICK_RESPONSE } from '../xmpp/xep-0439-quick-response.ts';
import { NS_REACTIONS } from '../xmpp/xep-0444-reactions.ts';
import { NS_FILE_SHARING } from '../xmpp/xep-0447-file-sharing.ts';
import { NS_REPLY } from '../xmpp/xep-0461-reply.ts';

/**
 * What may be said under encryption (XEP-0420, "elements"), by namespace. All else is for servers on the way, such as
 * stanza ids, delays, hints and addresses: from inside it would be somebody's forgery of what only they can say.
 */
const CONTENT: Readonly<Record<string, readonly string[]>> = {
  [NS_CLIENT]: ['body', 'subject', 'thread'],
  [NS_CHAT_STATES]: ['active', 'composing', 'paused', 'inactive', 'gone'],
  [NS_CORRECTION]: ['replace'],
  [NS_FALLBACK]: ['fallback'],
  [NS_FILE_SHARING]: ['file-sharing'],
  [NS_MARKUP]: ['markup'],
  [NS_MARKERS]: ['markable', 'received', 'displayed', 'acknowledged'],
  [NS_OUT_OF_BAND]: ['x'],
  [NS_QUICK_RESPONSE]: ['response'],
  [NS_REACTIONS]: ['reactions'],
  [NS_RECEIPTS]: ['request', 'received'],
  [NS_REPLY]: ['reply'],
  [NS_RETRACTION]: ['retract'],
  [NS_SPOILER]: ['spoiler'],
  [NS_STYLING]: ['unstyled'],
};

/** Whether an element may stand in the content of an envelope. */
export const isContent = (element: Element): boolean => {
  const namespace = element.getNS();
  return (
    namespace !== undefined &&
    Object.hasOwn(CONTENT, namespace) &&
    CONTENT[namespace]?.includes(element.getName()) === true
  );
};
