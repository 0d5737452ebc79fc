import { createHash, X509Certificate } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import {
  type BindingType,
  chooseBinding,
  endPointBinding,
} from '../../../../src-main/gateways/xmpp/channel-binding.ts';
import { xml } from '../../../../src-main/gateways/xmpp/element.ts';
import { chooseMechanism } from '../../../../src-main/gateways/xmpp/sasl.ts';
import { makeCertificates } from '../../../support/xmpp-certificates.ts';

const NS = 'urn:xmpp:sasl-cb:0';
const features = (...types: string[]) =>
  xml(
    'features',
    {},
    types.length === 0
      ? undefined
      : xml('sasl-channel-binding', { xmlns: NS }, ...types.map((type) => xml('channel-binding', { type }))),
  );
const own = (type: BindingType) => Buffer.from(type);
const exporter = { type: 'tls-exporter', data: Buffer.from('tls-exporter') };
const endPoint = { type: 'tls-server-end-point', data: Buffer.from('tls-server-end-point') };
const PLUS = ['SCRAM-SHA-1', 'SCRAM-SHA-1-PLUS'];

describe('the channel binding of a login', () => {
  it.each([
    ['the best that the server announces', features('tls-server-end-point', 'tls-exporter'), PLUS, exporter],
    ['the other one', features('tls-unique', 'tls-server-end-point'), PLUS, endPoint],
    ['none when nothing is announced, as by ejabberd 23.01', features(), PLUS, 'unsupported'],
    ['none when only tls-unique is announced', features('tls-unique'), PLUS, 'unsupported'],
    ['missed when the server has no -PLUS', features(), ['SCRAM-SHA-1', 'PLAIN'], 'not-offered'],
    ['missed when it was taken away', features('tls-exporter'), ['SCRAM-SHA-1'], 'not-offered'],
  ])('is %s', (_, offered, mechanisms, binding) => {
    expect(chooseBinding(offered, mechanisms, own)).toEqual(binding);
  });

  it.each([
    [[], features(), PLUS],
    [['tls-exporter'], features('tls-exporter', 'tls-server-end-point'), PLUS],
    [['tls-exporter'], features(), ['SCRAM-SHA-1', 'PLAIN']],
  ])('needs nothing of the connection but %j', (needed, offered, mechanisms) => {
    const asked: BindingType[] = [];
    chooseBinding(offered, mechanisms, (type) => {
      asked.push(type);
      return own(type);
    });

    expect(asked).toEqual(needed);
  });

  it('is none where this side cannot tell, as over a WebSocket', () => {
    expect(chooseBinding(features('tls-exporter'), ['SCRAM-SHA-1'], () => undefined)).toBe('unsupported');
  });
});

it.each([
  ['SCRAM-SHA-1-PLUS', true, ['PLAIN', 'SCRAM-SHA-512', 'SCRAM-SHA-1-PLUS']],
  ['SCRAM-SHA-512', false, ['PLAIN', 'SCRAM-SHA-1', 'SCRAM-SHA-512', 'SCRAM-SHA-512-PLUS']],
  ['SCRAM-SHA-256', true, ['SCRAM-SHA-1', 'SCRAM-SHA-256', 'PLAIN']],
  ['PLAIN', false, ['PLAIN', 'DIGEST-MD5', 'SCRAM-SHA-1-PLUS']],
  [undefined, true, ['DIGEST-MD5', 'X-OAUTH2']],
])('chooses %s', (chosen, hasBinding, offered) => {
  expect(chooseMechanism(offered, hasBinding)).toBe(chosen);
});

describe('the binding to a certificate', () => {
  it.each([
    ['sha1', 'sha256'],
    ['sha256', 'sha256'],
    ['sha384', 'sha384'],
    ['sha512', 'sha512'],
  ])('of a signature with %s uses %s', (signed, hash) => {
    const { raw } = new X509Certificate(makeCertificates('x.org', { hash: signed }).cert);

    expect(endPointBinding(raw)).toEqual(createHash(hash).update(raw).digest());
  });

  it('is not defined for what is no certificate', () => {
    expect(endPointBinding(Buffer.from('nonsense'))).toBeUndefined();
  });
});
