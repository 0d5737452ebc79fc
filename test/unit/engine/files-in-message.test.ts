import { parse } from 'ltx';
import { describe, expect, it } from 'vitest';
import { filesIn } from '../../../src-main/engine/messages/files-in-message.ts';

const secret = 'ab'.repeat(12 + 32);
const found = (inner: string, text = '') => filesIn(parse(`<message>${inner}</message>`), text);
const oob = (url: string) => `<x xmlns='jabber:x:oob'><url>${url}</url></x>`;
const sharing = (sources: string, file = '') =>
  `<file-sharing xmlns='urn:xmpp:sfs:0'>${file}<sources>${sources}</sources></file-sharing>`;
const source = (url: string) => `<url-data xmlns='http://jabber.org/protocol/url-data' target='${url}'/>`;

describe('the files of a message', () => {
  it('are those out of band, by name and by what that promises', () => {
    expect(found(oob('https://x.example/a/b%20c.jpg?d=1'), 'see there')).toEqual([
      {
        url: 'https://x.example/a/b%20c.jpg?d=1',
        secret: undefined,
        name: 'b c.jpg',
        type: 'image/jpeg',
        sizeBytes: undefined,
      },
    ]);
  });

  it('are encrypted ones, whose address is the text', () => {
    for (const text of [
      `aesgcm://x.example/f.png#${secret}`,
      `aesgcm://x.example/f.png#${secret}\n\ndata:image/jpeg,x`,
    ]) {
      const [file] = found('', text);
      expect(file).toMatchObject({ url: 'https://x.example/f.png', name: 'f.png', type: 'image/png' });
      expect(Buffer.from(file?.secret?.key ?? []).toString('hex')).toBe('ab'.repeat(32));
    }
  });

  it('are shared ones, with what is said of them, once each', () => {
    const url = 'https://x.example/f';
    const file =
      "<file xmlns='urn:xmpp:file:metadata:0'><name>a.pdf</name><size>7</size><media-type>a/b</media-type></file>";

    expect(found(sharing(source(url), file) + oob(url), url)).toEqual([
      { url, secret: undefined, name: 'a.pdf', type: 'a/b', sizeBytes: 7 },
    ]);
  });

  it('are shared ones that are encrypted by themselves', () => {
    const base64 = (byte: number, length: number) => Buffer.alloc(length, byte).toString('base64');
    const encrypted = (cipher: string, keyBytes = 32) =>
      sharing(
        `<encrypted xmlns='urn:xmpp:esfs:0' cipher='urn:xmpp:ciphers:${cipher}:0'><key>${base64(1, keyBytes)}</key>` +
          `<iv>${base64(2, 12)}</iv><sources xmlns='urn:xmpp:sfs:0'>${source('https://x.example/f')}</sources></encrypted>`,
      );

    expect(found(encrypted('aes-256-gcm-nopadding'))).toMatchObject([
      { url: 'https://x.example/f', secret: { key: Buffer.alloc(32, 1), iv: Buffer.alloc(12, 2) } },
    ]);
    expect(found(encrypted('aes-256-cbc-pkcs7'))).toEqual([]);
    expect(found(encrypted('aes-256-gcm-nopadding', 16))).toEqual([]);
  });

  it.each([
    ['a link in a text', '', 'https://x.example/f.png'],
    ['another scheme', oob('file:///etc/passwd'), ''],
    ['a broken address', oob('https://'), ''],
    ['an endless address', oob(`https://x.example/${'a'.repeat(3_000)}`), ''],
    ['an encrypted one without its key', oob('aesgcm://x.example/f'), 'aesgcm://x.example/f'],
    ['a source of another kind', sharing("<x xmlns='y'/>"), ''],
    ['a source that is no address', sharing(source('javascript:x')), ''],
  ])('are none in %s', (_, inner, text) => {
    expect(found(inner, text)).toEqual([]);
  });

  it('are at most ten', () => {
    const many = Array.from({ length: 50 }, (_, index) => oob(`https://x.example/${index}`)).join('');

    expect(found(many)).toHaveLength(10);
  });

  it('have the type that is said, if it is one', () => {
    const file = (type: string) =>
      `<file xmlns='urn:xmpp:file:metadata:0'><media-type>${type}</media-type></file>`;
    const typeOf = (type: string) => found(sharing(source('https://x.example/f'), file(type)))[0]?.type;

    expect(typeOf('image/svg+xml')).toBe('image/svg+xml');
    expect(typeOf('text/html\nX-Header: y')).toBeUndefined();
  });
});
