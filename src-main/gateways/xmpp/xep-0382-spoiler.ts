import { attribute, child, type Element, xml } from './element.ts';

export const NS_SPOILER = 'urn:xmpp:spoiler:0';

/** XEP-0382: the hint of a message that stays closed until it is asked for, maybe empty; undefined for any other message. */
export function readSpoiler(message: Element): string | undefined {
  if (attribute(message, 'type') === 'error') return undefined;
  return child(message, 'spoiler', NS_SPOILER)?.getText();
}

/** Closes a message until it is asked for, with what is shown meanwhile. */
export const spoiler = (hint: string): Element => xml('spoiler', { xmlns: NS_SPOILER }, hint);
