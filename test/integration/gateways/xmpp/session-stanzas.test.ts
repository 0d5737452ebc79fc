import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { xml } from '../../../../src-main/gateways/xmpp/element.ts';
import { unwrapCarbon } from '../../../../src-main/gateways/xmpp/xep-0280-carbons.ts';
import { bareJid } from '../../../../src-shared/jid.ts';
import { type Certificates, makeCertificates } from '../../../support/xmpp-certificates.ts';
import { chat, SessionBench } from '../../../support/xmpp-session.ts';

const jid = bareJid('bot@localhost');
const from = (text: string) =>
  `<message from='you@localhost/x' to='bot@localhost' type='chat'><body>${text}</body></message>`;
const R = "<r xmlns='urn:xmpp:sm:3'/>";

let certificates: Certificates;
let bench: SessionBench;
beforeAll(() => {
  certificates = makeCertificates();
});
beforeEach(async () => {
  bench = await SessionBench.start(certificates);
});
afterEach(() => bench[Symbol.asyncDispose]());

describe('stanzas', () => {
  it('keeps text whole that comes one byte at a time', async () => {
    const { session, stream } = await bench.online();
    const bodies: (string | null)[] = [];
    session.onMessage(async (stanza) => void bodies.push(stanza.getChildText('body')));

    await stream.sendSlowly(from('Grüße 🎉 & more'.replace('&', '&amp;')));
    stream.send(R);
    await stream.expect('a');

    expect(bodies).toEqual(['Grüße 🎉 & more']);
  });

  it('lets a forged carbon be known', async () => {
    const { session, stream } = await bench.online();
    const verdicts: unknown[] = [];
    session.onMessage(async (stanza) => {
      const carbon = unwrapCarbon(stanza, jid);
      verdicts.push(
        typeof carbon === 'object' ? [carbon.direction, carbon.message.getChildText('body')] : carbon,
      );
    });
    const carbon = (sender: string) =>
      `<message from='${sender}'><received xmlns='urn:xmpp:carbons:2'><forwarded xmlns='urn:xmpp:forward:0'><message xmlns='jabber:client' from='boss@localhost'><body>pay</body></message></forwarded></received></message>`;

    stream.send(
      carbon('bot@localhost') + carbon('evil@localhost') + carbon('bot@localhost/x') + from('hi') + R,
    );
    await stream.expect('a');

    expect(verdicts).toEqual([['received', 'pay'], 'forged', 'forged', undefined]);
  });

  it('answers every iq, and with an error what it does not know', async () => {
    const { stream } = await bench.online();
    stream.send("<iq type='get' id='1' from='you@localhost/x'><query xmlns='jabber:iq:version'/></iq>");
    stream.send("<iq type='set' id='2' from='you@localhost/x'><ping xmlns='urn:xmpp:ping'/></iq>");
    stream.send("<iq type='get' id='3' from='you@localhost/x'/>");

    const answers = [await stream.expect('iq'), await stream.expect('iq'), await stream.expect('iq')];

    expect(
      answers.map(({ attrs, children }) => [
        attrs.id,
        attrs.to,
        attrs.type,
        String(children[0]).match(/<([a-z-]+) xmlns/)?.[1],
      ]),
    ).toEqual([
      ['1', 'you@localhost/x', 'error', 'service-unavailable'],
      ['2', 'you@localhost/x', 'error', 'feature-not-implemented'],
      ['3', 'you@localhost/x', 'error', 'bad-request'],
    ]);
  });

  it('answers with an error what it has no sendable answer to', async () => {
    const { session, stream } = await bench.online();
    session.onIq('get', 'x', 'y', () => xml('x', { xmlns: 'y' }, 'x'.repeat(300_000)));
    stream.send("<iq type='get' id='1' from='you@localhost/x'><x xmlns='y'/></iq>");
    const { attrs, children } = await stream.expect('iq');
    expect([attrs.id, attrs.to, attrs.type]).toEqual(['1', 'you@localhost/x', 'error']);
    expect(String(children[0])).toContain('<internal-server-error');
  });

  it('tells who it is', async () => {
    const { stream } = await bench.online();
    stream.send(
      "<iq type='get' id='1' from='you@localhost/x'><query xmlns='http://jabber.org/protocol/disco#info'/></iq>",
    );

    const query = (await stream.expect('iq')).getChild('query');

    expect(query?.getChild('identity')?.attrs).toEqual({
      category: 'client',
      type: 'bot',
      name: 'Botmother',
    });
    expect(query?.getChildren('feature').map(({ attrs }) => attrs.var)).toContain('urn:xmpp:ping');
  });

  it('takes an answer only from the address that was asked', async () => {
    const { session, stream } = await bench.online();
    const answer = session.request(
      xml('iq', { type: 'get', to: 'room@conference.localhost' }, xml('x', { xmlns: 'y' })),
    );
    const { id } = (await stream.expect('iq')).attrs;

    stream.send(`<iq type='result' id='${id}' from='evil@localhost'><forged xmlns='y'/></iq>`);
    stream.send(`<iq type='result' id='${id}' from='bot@localhost'><forged xmlns='y'/></iq>`);
    stream.send(`<iq type='result' id='${id}' from='Room@conference.localhost'><real xmlns='y'/></iq>`);

    expect((await answer).getChild('real')).toBeDefined();
  });

  it('refuses a stanza that XML cannot carry, before anything is written', async () => {
    const { session } = await bench.online();

    expect(() => session.send(chat('bell \u0007'))).toThrow('The character U+0007 cannot be sent over XMPP.');
    expect(() => session.send(chat('\uD800'))).toThrow('U+D800');
    expect(() => session.send(chat('x'.repeat(200 * 1024)))).toThrow('is too large');
  });
});
