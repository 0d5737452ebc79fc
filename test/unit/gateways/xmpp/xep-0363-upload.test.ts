import { describe, expect, it } from 'vitest';
import { type Element, xml } from '../../../../src-main/gateways/xmpp/element.ts';
import { SessionLost, StanzaError } from '../../../../src-main/gateways/xmpp/session.ts';
import {
  findUploadService,
  readSlot,
  requestSlot,
} from '../../../../src-main/gateways/xmpp/xep-0363-upload.ts';
import { bareJid } from '../../../../src-shared/jid.ts';

const NS = 'urn:xmpp:http:upload:0';
const INFO = 'http://jabber.org/protocol/disco#info';
const ITEMS = 'http://jabber.org/protocol/disco#items';
const PUT = 'https://upload.example.org/1/cat.png';

const slot = (
  put: Record<string, string> | undefined,
  get: Record<string, string> | undefined,
  ...headers: Element[]
) =>
  xml(
    'iq',
    { type: 'result' },
    xml('slot', { xmlns: NS }, put && xml('put', put, ...headers), get && xml('get', get)),
  );
const header = (name: string, value: string) => xml('header', { name }, value);

describe('a slot', () => {
  it('has only the headers that are allowed, without newlines', () => {
    const answer = slot(
      { url: PUT },
      { url: PUT },
      header('authorization', 'Basic\r\n abc'),
      header('Cookie', 'a=b'),
      header('Expires', 'never'),
      header('Host', 'evil.example.org'),
      header('Content-Length', '0'),
      header('Coo\nkie', 'c=d'),
      header('Cookie', 'nul\u0001'),
      header('', 'x'),
    );

    expect(readSlot(answer)?.headers).toEqual([
      ['Authorization', 'Basic abc'],
      ['Cookie', 'a=b'],
      ['Expires', 'never'],
      ['Cookie', 'c=d'],
    ]);
  });

  it.each([
    ['no addresses', slot(undefined, undefined)],
    ['no address to get it from', slot({ url: PUT }, undefined)],
    ['an address without encryption', slot({ url: 'http://upload.example.org/' }, { url: PUT })],
    ['a link to a file', slot({ url: PUT }, { url: 'file:///etc/passwd' })],
    ['no address at all', slot({ url: PUT }, { url: 'cat.png' })],
    ['another namespace', xml('iq', {}, xml('slot', { xmlns: 'urn:other' }))],
  ])('with %s is none', async (_, answer) => {
    const file = { service: 'upload.example.org', filename: 'a', sizeBytes: 1, mediaType: 'text/plain' };

    expect(readSlot(answer)).toBeUndefined();
    await expect(requestSlot({ request: async () => answer }, file)).rejects.toThrow('cannot be used');
  });

  it('is asked for with name, size and type', async () => {
    const asked: Element[] = [];
    const session = {
      request: async (iq: Element) => {
        asked.push(iq);
        return slot({ url: PUT }, { url: PUT });
      },
    };

    await requestSlot(session, {
      service: 'u.example.org',
      filename: 'ä "b".png',
      sizeBytes: 7,
      mediaType: 'image/png',
    });

    expect(asked[0]?.attrs.to).toBe('u.example.org');
    expect(asked[0]?.getChild('request')?.attrs).toEqual({
      xmlns: NS,
      filename: 'ä "b".png',
      size: '7',
      'content-type': 'image/png',
    });
  });
});

describe('the service', () => {
  const form = (size: string, formType = NS) =>
    xml(
      'x',
      { xmlns: 'jabber:x:data', type: 'result' },
      xml('field', { var: 'FORM_TYPE', type: 'hidden' }, xml('value', {}, formType)),
      xml('field', { var: 'max-file-size' }, xml('value', {}, size)),
    );
  const info = (feature: string, ...forms: Element[]) =>
    xml('iq', {}, xml('query', { xmlns: INFO }, xml('feature', { var: feature }), ...forms));

  /** A server with these services below it. */
  function server(services: Record<string, Element | Error>) {
    return {
      jid: bareJid('bot@example.org'),
      request: async (iq: Element) => {
        const to = String(iq.attrs.to);
        if (iq.getChild('query')?.attrs.xmlns === ITEMS) {
          const items = Object.keys(services).map((jid) => xml('item', { jid }));
          return xml('iq', {}, xml('query', { xmlns: ITEMS }, ...items, xml('item', {})));
        }
        const answer = services[to] ?? info('other');
        if (answer instanceof Error) throw answer;
        return answer;
      },
    };
  }

  it('is found among others, with its limit', async () => {
    const session = server({
      'silent.example.org': new Error('did not answer within 10 s'),
      'closed.example.org': new StanzaError('forbidden', 'auth', ''),
      'upload.example.org': info(NS, form('1', 'urn:other'), form('5242880')),
    });

    expect(await findUploadService(session)).toEqual({ jid: 'upload.example.org', maxSizeBytes: 5_242_880 });
  });

  it('may be the server itself, without a limit that can be read', async () => {
    const session = server({ 'chat.example.org': info('other'), 'example.org': info(NS, form('lots')) });

    expect(await findUploadService(session)).toEqual({ jid: 'example.org', maxSizeBytes: undefined });
  });

  it('may not be there', async () => {
    expect(await findUploadService(server({}))).toBeUndefined();
  });

  it('is not missing because the session is', async () => {
    const session = server({ 'a.example.org': new SessionLost('gone') });

    await expect(findUploadService(session)).rejects.toThrow('gone');
  });
});
