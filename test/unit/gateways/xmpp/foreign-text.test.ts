import { parse } from 'ltx';
import { expect, it } from 'vitest';
import { stanzaError, xml } from '../../../../src-main/gateways/xmpp/element.ts';
import { findEndpoints, otherEndpoint, placeOf } from '../../../../src-main/gateways/xmpp/endpoint.ts';
import { FOREIGN_TEXT_LENGTH, foreignText } from '../../../../src-main/gateways/xmpp/foreign-text.ts';
import { streamProblem } from '../../../../src-main/gateways/xmpp/stream-error.ts';

it.each([
  ['Nur ein Text: 你好 🎉', 'Nur ein Text: 你好 🎉'],
  ['\u001b[31mred\u001b[0m\u0007', '[31mred[0m'],
  ['two\r\nlines\tand\u2028more\u0085', 'two lines and more'],
  ['a\u009bb\u007fc', 'abc'],
  ['file\u202Egpj.exe\u2066\u200F', 'filegpj.exe'],
  ['half \ud83c of a pair', 'half  of a pair'],
  [
    'see wss://me:se:cr@et@x.org/ws?a=b@c and xmpp://you@y.org',
    'see wss://***@x.org/ws?a=b@c and xmpp://***@y.org',
  ],
  [' ', ''],
])('%j is shown as %j', (text, shown) => {
  expect(foreignText(text)).toBe(shown);
});

it('is cut, not within a character', () => {
  const cut = foreignText('x'.repeat(FOREIGN_TEXT_LENGTH + 1));
  expect(cut).toBe(`${'x'.repeat(FOREIGN_TEXT_LENGTH - 1)}…`);
  expect(foreignText('🎉'.repeat(900_000))).toBe(`${'🎉'.repeat((FOREIGN_TEXT_LENGTH - 2) / 2)}…`);
  expect(foreignText('x'.repeat(FOREIGN_TEXT_LENGTH))).toHaveLength(FOREIGN_TEXT_LENGTH);
});

it('bounds what a server says at the end of a stream, and what an address says to a question', () => {
  const said = `&#x9b;${'x'.repeat(900_000)}`;
  const streams = 'urn:ietf:params:xml:ns:xmpp-streams';
  const ended = streamProblem(
    parse(`<e><foo xmlns='${streams}'/><text xmlns='${streams}'>${said}</text></e>`),
    'd',
  );
  expect(ended.message).toMatch(/^d ended the connection: x+….$/);
  expect(ended.message.length).toBeLessThan(300);

  const stanzas = 'urn:ietf:params:xml:ns:xmpp-stanzas';
  const long = xml('y'.repeat(5_000), { xmlns: stanzas });
  const error = stanzaError(xml('iq', {}, xml('error', { type: 'cancel' }, long)));
  expect(error.message).toHaveLength(FOREIGN_TEXT_LENGTH);
});

it('does not take a condition for a property that every object has', () => {
  const streams = 'urn:ietf:params:xml:ns:xmpp-streams';
  const problem = streamProblem(parse(`<e><constructor xmlns='${streams}'/></e>`), 'd');
  expect(problem.message).toBe('d ended the connection: constructor.');
});

it('tells no password of a service, and no place that cannot be one', async () => {
  await expect(findEndpoints('x.org', 'https://me:secret@x.org')).rejects.toThrow(
    '"https://***@x.org" is not an XMPP service.',
  );
  expect(placeOf({ kind: 'websocket', url: 'wss://me:secret@x.org/ws' })).toBe('x.org');
  const before = { kind: 'tls', host: 'x.org', port: 5223 } as const;
  expect(otherEndpoint('x'.repeat(5_000), before)).toBeUndefined();
});
