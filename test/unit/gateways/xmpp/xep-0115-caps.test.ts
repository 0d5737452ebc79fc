import { expect, it } from 'vitest';
import { verificationString } from '../../../../src-main/gateways/xmpp/xep-0115-caps.ts';

it('makes the verification string of XEP-0115, section 5.2', () => {
  const features = [
    'http://jabber.org/protocol/muc',
    'http://jabber.org/protocol/disco#info',
    'http://jabber.org/protocol/disco#items',
    'http://jabber.org/protocol/caps',
  ];

  const ver = verificationString(features, { category: 'client', type: 'pc', name: 'Exodus 0.9.1' });

  expect(ver).toBe('QgayPKawpkPSDYmwT/WM94uAlu0=');
});
