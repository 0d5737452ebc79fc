import { type Element, xml } from './element.ts';

export const NS_QUICK_RESPONSE = 'urn:xmpp:tmp:quick-response';

/** XEP-0439: something that can be said to a message; `value` is what the client sends when it is chosen. */
export const quickResponse = (value: string, label: string): Element =>
  xml('response', { xmlns: NS_QUICK_RESPONSE, value, label });
