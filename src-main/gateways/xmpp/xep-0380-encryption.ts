import { attribute, childElements, type Element, isElement, xml } from './element.ts';

export const NS_ENCRYPTION = 'urn:xmpp:eme:0';

/** XEP-0380: Explicit Message Encryption. Tells those who cannot read a message by what it is encrypted. */
export const encryptionHint = ({ namespace, name }: { namespace: string; name: string }): Element =>
  xml('encryption', { xmlns: NS_ENCRYPTION, namespace, name });

/** The encryptions that a message is said to have. For words to people only: what is in it decides. */
export const readEncryptionHints = (message: Element): string[] =>
  childElements(message)
    .filter((one) => isElement(one, 'encryption', NS_ENCRYPTION))
    .map((one) => attribute(one, 'namespace'))
    .filter((one) => one !== undefined);
