import { expect, it } from 'vitest';
import { bareJid } from '../../../src-shared/jid.ts';
import { messageUri } from '../../../src-shared/xmpp-uri.ts';

it.each([
  ['you@localhost', '/api auth', 'xmpp:you@localhost?message;body=%2Fapi%20auth'],
  ['a?b#c%d@localhost', 'x&y', 'xmpp:a%3Fb%23c%25d@localhost?message;body=x%26y'],
  ['jürgen@localhost', 'ä', 'xmpp:j%C3%BCrgen@localhost?message;body=%C3%A4'],
])('a text to %s has an address', (to, text, uri) => {
  expect(messageUri(bareJid(to), text)).toBe(uri);
});
