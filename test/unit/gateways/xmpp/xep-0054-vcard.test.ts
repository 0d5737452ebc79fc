import { expect, it } from 'vitest';
import { type Element, xml } from '../../../../src-main/gateways/xmpp/element.ts';
import { StanzaError } from '../../../../src-main/gateways/xmpp/session.ts';
import {
  parseVcard,
  readVcard,
  type Vcard,
  vcardElement,
  writeVcard,
} from '../../../../src-main/gateways/xmpp/xep-0054-vcard.ts';
import { bareJid } from '../../../../src-shared/jid.ts';

const full: Vcard = {
  fullName: 'Weather Bot',
  nickname: 'weather',
  description: 'Tells the weather.',
  url: 'https://example.org/',
  email: 'weather@example.org',
  organisation: 'Example',
  title: 'Bot',
  photo: { mediaType: 'image/png', bytes: Uint8Array.of(1, 2, 3) },
};
const answering = (answer: Element | string) => ({
  request: async () => {
    if (typeof answer === 'string') throw new StanzaError(answer, 'cancel', '');
    return xml('iq', { type: 'result' }, answer);
  },
});

it.each<Vcard>([full, {}, { fullName: 'Only a name' }])('reads what it writes', (card) => {
  expect(parseVcard(vcardElement(card))).toEqual(card);
});

it('leaves empty texts out, both ways', () => {
  const empty = xml(
    'vCard',
    { xmlns: 'vcard-temp' },
    xml('FN', {}, ' '),
    xml('PHOTO', {}, xml('TYPE', {}, 'image/png')),
    xml('ORG', {}),
  );

  expect(parseVcard(empty)).toEqual({});
  expect(vcardElement({ fullName: '' }).children).toEqual([]);
});

it('takes a note for a description, where there is no other', () => {
  const card = xml('vCard', { xmlns: 'vcard-temp' }, xml('NOTE', {}, 'Tells the weather.'));

  expect(parseVcard(card)).toEqual({ description: 'Tells the weather.' });
});

it('is no card in another namespace', () => {
  expect(parseVcard(xml('vCard', { xmlns: 'urn:other' }))).toBeUndefined();
  expect(parseVcard(xml('query', { xmlns: 'vcard-temp' }))).toBeUndefined();
});

it('knows an account without a card', async () => {
  const owner = bareJid('you@example.org');

  expect(await readVcard(answering('item-not-found'), { owner })).toBeUndefined();
  expect(await readVcard(answering('service-unavailable'), { owner })).toBeUndefined();
  expect(await readVcard(answering(vcardElement(full)), { owner })).toEqual(full);
  await expect(readVcard(answering('forbidden'), { owner })).rejects.toThrow('forbidden');
});

it('says when the card is not taken', async () => {
  await expect(writeVcard(answering('not-allowed'), full)).rejects.toThrow('not-allowed');
});
