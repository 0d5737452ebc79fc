import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Element, xml } from '../../../../src-main/gateways/xmpp/element.ts';
import { readFallbacks, withoutFallback } from '../../../../src-main/gateways/xmpp/xep-0428-fallback.ts';
import { quotingReply, readReply, replyTo } from '../../../../src-main/gateways/xmpp/xep-0461-reply.ts';

const NS_REPLY = 'urn:xmpp:reply:0';
const message = (body: string | undefined, ...more: Element[]) =>
  xml(
    'message',
    { xmlns: 'jabber:client', type: 'chat' },
    body === undefined ? undefined : xml('body', {}, body),
    ...more,
  );
const marked = (ranges: Record<string, string>[], attributes: Record<string, string> = {}) =>
  xml(
    'fallback',
    { xmlns: 'urn:xmpp:fallback:0', for: NS_REPLY, ...attributes },
    ...ranges.map((range) => xml('body', range)),
  );
const strip = (body: string, fallback: Element) => withoutFallback(body, message(body, fallback), [NS_REPLY]);

describe('replies', () => {
  it('takes the quote off that it made, whatever is in it', () => {
    const anyText = fc.string({ unit: 'grapheme' });
    fc.assert(
      fc.property(anyText, anyText, (quoted, text) => {
        const { body, elements } = quotingReply({ id: 'm1', to: 'anna@example.com', quoted, text });

        expect(body.endsWith(text)).toBe(true);
        expect(readReply(message(body, ...elements))).toEqual({ id: 'm1', to: 'anna@example.com', text });
      }),
    );
  });

  it('counts code points, as an emoji is one', () => {
    const { body, elements } = quotingReply({ id: 'm1', quoted: '🎂🎂', text: 'yes' });

    expect(body).toBe('> 🎂🎂\nyes');
    expect(elements[1]?.toString()).toContain('<body start="0" end="5"/>');
  });

  it('keeps the whole text where nothing is marked', () => {
    expect(readReply(message('> a\nb', replyTo({ id: 'm1' })))).toEqual({
      id: 'm1',
      to: undefined,
      text: '> a\nb',
    });
  });

  it('is none without an id, without the element, or as an error', () => {
    const bounced = message('a', replyTo({ id: 'm1' }));
    bounced.attrs.type = 'error';

    expect(readReply(message('a', xml('reply', { xmlns: NS_REPLY, to: 'a@b.c' })))).toBeUndefined();
    expect(readReply(message('a'))).toBeUndefined();
    expect(readReply(bounced)).toBeUndefined();
    expect(readReply(message(undefined, replyTo({ id: 'm1' })))?.text).toBe('');
  });
});

describe('fallbacks', () => {
  it('takes several parts away, also those that overlap', () => {
    expect(
      strip(
        '0123456789',
        marked([
          { start: '6', end: '8' },
          { start: '0', end: '3' },
          { start: '1', end: '4' },
        ]),
      ),
    ).toBe('4589');
  });

  it('takes everything away where no part is named', () => {
    expect(strip('all of it', marked([]))).toBe('');
    expect(strip('all of it', marked([{}]))).toBe('');
  });

  it.each([
    [{ start: '5', end: '2' }],
    [{ start: '-1', end: '2' }],
    [{ start: 'a', end: '2' }],
    [{ start: '0', end: '1e1' }],
    [{ start: '4000000', end: '4000001' }],
  ])('loses nothing to %o', (range) => {
    expect(strip('a text', marked([range]))).toBe('a text');
  });

  it('cuts a range off at the end of the text', () => {
    expect(strip('a text', marked([{ start: '1', end: '999999999' }]))).toBe('a');
  });

  it('leaves alone what is a fallback for something else, or for nothing', () => {
    const other = marked([], { for: 'urn:example' });
    const nothing = xml('fallback', { xmlns: 'urn:xmpp:fallback:0' });

    expect(strip('text', other)).toBe('text');
    expect(strip('text', nothing)).toBe('text');
    expect(readFallbacks(message('a', xml('fallback', { xmlns: 'urn:other' })))).toEqual([]);
  });

  it('knows the name that replies had for it at first', () => {
    expect(
      strip('a text', marked([{ start: '0', end: '2' }], { xmlns: 'urn:xmpp:feature-fallback:0' })),
    ).toBe('text');
  });
});
