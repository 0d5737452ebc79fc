import { attribute, childElements, type Element, isElement, xml } from './element.ts';

export const NS_QUICK_RESPONSE = 'urn:xmpp:tmp:quick-response';

/** XEP-0439: something that can be said to a message; `value` is what the client sends when it is chosen. */
export const quickResponse = (value: string, label: string): Element =>
  xml('response', { xmlns: NS_QUICK_RESPONSE, value, label });

/** What the message offers to be said to it, in its order. */
export const readQuickResponses = (message: Element): { value: string; label: string }[] =>
  childElements(message)
    .filter((one) => isElement(one, 'response', NS_QUICK_RESPONSE))
    .flatMap((one) => {
      const value = attribute(one, 'value');
      return value ? [{ value, label: attribute(one, 'label') || value }] : [];
    });
