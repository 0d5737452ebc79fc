import { describe, expect, it } from 'vitest';
import { type Element, xml } from '../../../../src-main/gateways/xmpp/element.ts';
import {
  readReceipt,
  receiptFor,
  receiptRequest,
} from '../../../../src-main/gateways/xmpp/xep-0184-receipts.ts';

const asking = (changes: Record<string, string | undefined> = {}, ...more: Element[]) =>
  xml(
    'message',
    { xmlns: 'jabber:client', from: 'you@example.org/phone', id: 'm1', type: 'chat', ...changes },
    xml('body', {}, 'hi'),
    receiptRequest(),
    ...more,
  );
const received = xml('received', { xmlns: 'urn:xmpp:receipts', id: 'm0' });

it('answers the client that asked, with the id it gave', () => {
  const receipt = receiptFor(asking(), { id: 'r1' });

  expect(receipt?.attrs).toEqual({ to: 'you@example.org/phone', id: 'r1', type: 'chat' });
  expect(receipt && readReceipt(receipt)).toEqual({ id: 'm1' });
  expect(receipt?.getChild('store', 'urn:xmpp:hints')).toBeDefined();
});

it('answers a message without a type', () => {
  expect(receiptFor(asking({ type: undefined }))?.attrs.type).toBe('normal');
});

describe('what has no receipt', () => {
  it.each([
    ['an error', asking({ type: 'error' })],
    ['a room', asking({ type: 'groupchat' })],
    ['a headline', asking({ type: 'headline' })],
    ['no id', asking({ id: undefined })],
    ['an empty id', asking({ id: '' })],
    ['no sender', asking({ from: undefined })],
    ['a receipt', asking({}, received)],
    ['no question', xml('message', { from: 'you@example.org', id: 'm1' })],
    [
      'a question in another namespace',
      xml('message', { from: 'a@b.c', id: 'm' }, xml('request', { xmlns: 'x' })),
    ],
  ])('%s', (_, message) => {
    expect(receiptFor(message)).toBeUndefined();
  });

  it('a copy', () => {
    expect(receiptFor(asking(), { isCopy: true })).toBeUndefined();
  });
});

it.each([
  xml('message', { type: 'error' }, xml('received', { xmlns: 'urn:xmpp:receipts', id: 'm1' })),
  xml('message', {}, xml('received', { xmlns: 'urn:xmpp:receipts' })),
  xml('message', {}, xml('received', { xmlns: 'urn:other', id: 'm1' })),
  xml('message', {}),
])('reads no receipt from %s', (message) => {
  expect(readReceipt(message)).toBeUndefined();
});
