import { describe, expect, it } from 'vitest';
import { bareJid, bareJidOnly, bareOf, domainOf, fullJid, resourceOf } from '../../../src-shared/jid.ts';

describe('a JID', () => {
  it.each([
    ['You@LOCALHOST', 'you@localhost'],
    ['  you@localhost  ', 'you@localhost'],
    ['you@localhost/phone', 'you@localhost'],
    ['you@localhost/a/b@c', 'you@localhost'],
    ['JÜRGEN@bücher.example', 'jürgen@xn--bcher-kva.example'],
    ['ｙｏｕ@localhost', 'you@localhost'],
    ['you@example.org.', 'you@example.org'],
    ['e\u0301@example.org', 'é@example.org'],
  ])('%s is prepared as %s', (text, prepared) => {
    expect(bareJid(text)).toBe(prepared);
  });

  it.each([
    '',
    'you',
    '@localhost',
    'you@',
    'a b@localhost',
    'a@b@c',
    'you@local host',
    'you@/x',
    `${'x'.repeat(1024)}@a`,
  ])('refuses "%s"', (text) => {
    expect(() => bareJid(text)).toThrow('not an XMPP address');
    expect(bareOf(text)).toBeUndefined();
  });

  it('refuses a resource where only a bare one will do', () => {
    expect(() => bareJidOnly('you@localhost/phone')).toThrow('resource');
  });

  it('keeps the resource of a full one as it is', () => {
    const jid = fullJid('You@localhost/Phone');

    expect(jid).toBe('you@localhost/Phone');
    expect([domainOf(jid), resourceOf(jid)]).toEqual(['localhost', 'Phone']);
  });
});
