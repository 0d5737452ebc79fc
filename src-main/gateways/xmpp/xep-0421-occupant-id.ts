import { attribute, child, type Element } from './element.ts';

export const NS_OCCUPANT_ID = 'urn:xmpp:occupant-id:0';

/**
 * XEP-0421: what a room calls somebody, whatever their nickname. To be believed only where the room announces the
 * namespace: then it takes away what others wrote in its name.
 */
export function occupantIdOf(stanza: Element): string | undefined {
  const found = child(stanza, 'occupant-id', NS_OCCUPANT_ID);
  return (found && attribute(found, 'id')) || undefined;
}
