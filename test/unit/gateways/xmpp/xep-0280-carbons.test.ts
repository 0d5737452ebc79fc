import { expect, it } from 'vitest';
import { type Element, xml } from '../../../../src-main/gateways/xmpp/element.ts';
import { unwrapCarbon } from '../../../../src-main/gateways/xmpp/xep-0280-carbons.ts';
import { bareJid } from '../../../../src-shared/jid.ts';

const own = bareJid('bot@example.org');
const forwarded = (message?: Element) => xml('forwarded', { xmlns: 'urn:xmpp:forward:0' }, message);
const message = () =>
  xml('message', { xmlns: 'jabber:client', to: 'you@example.org' }, xml('body', {}, 'hi'));
const carbon = (from: string | undefined, name = 'sent', inner = forwarded(message())) =>
  xml('message', { from }, xml(name, { xmlns: 'urn:xmpp:carbons:2' }, inner));

it.each([own, undefined, 'Bot@EXAMPLE.org'])('unwraps one from the own account (%s)', (from) => {
  expect(unwrapCarbon(carbon(from), own)).toMatchObject({ direction: 'sent', message: { name: 'message' } });
});

it.each(['evil@example.org', 'bot@example.org/x', 'example.org', 'bot@evil.org', ''])(
  'knows a forgery (%s)',
  (from) => {
    expect(unwrapCarbon(carbon(from), own)).toBe('forged');
  },
);

it('does not believe one without a message', () => {
  expect(unwrapCarbon(carbon(own, 'received', forwarded()), own)).toBe('forged');
});

it('leaves other messages alone', () => {
  expect(unwrapCarbon(message(), own)).toBeUndefined();
  expect(unwrapCarbon(carbon(own, 'private'), own)).toBeUndefined();
});
