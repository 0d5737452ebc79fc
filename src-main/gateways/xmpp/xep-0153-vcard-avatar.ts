import { attribute, child, childText, type Element, xml } from './element.ts';

export const NS_VCARD_UPDATE = 'vcard-temp:x:update';

/**
 * XEP-0153: what a presence says about the picture in the vCard. An id is the SHA-1 of the picture in hexadecimal,
 * `none` is said where there is no picture, and undefined where that is not known yet (4.1).
 */
export const photoUpdate = (id: string | 'none' | undefined): Element =>
  xml(
    'x',
    { xmlns: NS_VCARD_UPDATE },
    id === undefined ? undefined : id === 'none' ? xml('photo') : xml('photo', {}, id),
  );

/** The id of the picture that the sender of a presence shows; undefined where it shows none, or says nothing. */
export function photoIdIn(presence: Element): string | undefined {
  if (attribute(presence, 'type') !== undefined) return undefined;
  const update = child(presence, 'x', NS_VCARD_UPDATE);
  const id = update && childText(update, 'photo', NS_VCARD_UPDATE)?.trim().toLowerCase();
  return id && /^[0-9a-f]{40}$/.test(id) ? id : undefined;
}
