import { parse } from 'ltx';
import { expect, it } from 'vitest';
import { findServerServices } from '../../../../src-main/gateways/xmpp/xep-0030-services.ts';
import { bareJid } from '../../../../src-shared/jid.ts';

const INFO = 'http://jabber.org/protocol/disco#info';
const ITEMS = 'http://jabber.org/protocol/disco#items';
const UPLOAD = 'urn:xmpp:http:upload:0';
const MUC = 'http://jabber.org/protocol/muc';
const form =
  `<x xmlns='jabber:x:data' type='result'><field var='FORM_TYPE' type='hidden'><value>${UPLOAD}</value></field>` +
  `<field var='max-file-size'><value>5242880</value></field></x>`;
const conference = (type: string) =>
  `<identity category='conference' type='${type}'/><feature var='${MUC}'/>`;

/** The services of localhost, by address. */
const found = (services: Record<string, string>) =>
  findServerServices({
    jid: bareJid('you@localhost'),
    async request(iq) {
      const to = String(iq.attrs.to);
      if (iq.getChild('query', ITEMS)) {
        const items = Object.keys(services).map((jid) => `<item jid='${jid}'/>`);
        return parse(`<iq type='result'><query xmlns='${ITEMS}'>${items.join('')}</query></iq>`) as never;
      }
      const info = services[to];
      if (info === undefined) throw new Error('no answer');
      return parse(`<iq type='result'><query xmlns='${INFO}'>${info}</query></iq>`) as never;
    },
  });

it('finds where files go and where rooms are, whatever else is there and does not answer', async () => {
  const services = await found({
    'irc.localhost': conference('irc'),
    'rooms.localhost': conference('text'),
    'upload.localhost': `<feature var='${UPLOAD}'/>${form}`,
  });

  expect(services).toEqual({
    upload: { jid: 'upload.localhost', maxSizeBytes: 5_242_880 },
    rooms: 'rooms.localhost',
  });
});

it('finds nothing on a server that has neither', async () => {
  expect(await found({})).toEqual({ upload: undefined, rooms: undefined });
});
