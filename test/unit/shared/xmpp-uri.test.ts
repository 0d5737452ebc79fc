import { describe, expect, it } from 'vitest';
import { bareJid } from '../../../src-shared/jid.ts';
import { linkQuery, messageUri, wishOf } from '../../../src-shared/xmpp-uri.ts';

it.each([
  ['you@localhost', '/api auth', 'xmpp:you@localhost?message;body=%2Fapi%20auth'],
  ['a?b#c%d@localhost', 'x&y', 'xmpp:a%3Fb%23c%25d@localhost?message;body=x%26y'],
  ['jürgen@localhost', 'ä', 'xmpp:j%C3%BCrgen@localhost?message;body=%C3%A4'],
])('a text to %s has an address', (to, text, uri) => {
  expect(messageUri(bareJid(to), text)).toBe(uri);
});

describe('what a link wants', () => {
  it('stands in the address of the conversation, and is read there', () => {
    const wish = { isRoom: false, body: 'Good *morning*\n& more? #1' };

    expect(wishOf(linkQuery(wish))).toEqual(wish);
    expect(linkQuery({ isRoom: true, body: undefined })).toBe('?join=1');
    expect(wishOf('?join=1&message=7')).toEqual({ isRoom: true, body: undefined });
    expect(linkQuery({ isRoom: false, body: undefined })).toBe('');
    expect(wishOf('?text=')).toEqual({ isRoom: false, body: undefined });
  });
});
