import { child, type Element, xml } from './element.ts';
import type { SessionExtension } from './extension.ts';

export const NS_STYLING = 'urn:xmpp:styling:0';

/** XEP-0393: Message Styling. */
export const styling: SessionExtension = (session, scope) => {
  scope.add(session.advertise(NS_STYLING));
};

/** Says that the body has no styling, whatever it looks like (XEP-0393, 6.4). */
export const unstyled = (): Element => xml('unstyled', { xmlns: NS_STYLING });

export const isUnstyled = (message: Element): boolean => child(message, 'unstyled', NS_STYLING) !== undefined;
