import { describe, expect, it } from 'vitest';
import { systemClock } from '../../../../src-main/base/clock.ts';
import { silentLogger } from '../../../../src-main/base/logger.ts';
import { Scope } from '../../../../src-main/base/scope.ts';
import { attribute, markDropped, stanzaError, xml } from '../../../../src-main/gateways/xmpp/element.ts';
import { IqRouter } from '../../../../src-main/gateways/xmpp/iq-router.ts';
import { bareJid } from '../../../../src-shared/jid.ts';

const ping = () => xml('ping', { xmlns: 'urn:xmpp:ping' });
const dropped = () => {
  const iq = xml('iq', { type: 'get', id: '1', from: 'eve@localhost/x' });
  markDropped(iq);
  return iq;
};

describe('iqs of those who are not admitted', () => {
  it('get one and the same answer, whatever they are', async () => {
    const scope = new Scope();
    const jid = bareJid('bot@localhost');
    const router = new IqRouter({
      jid,
      clock: systemClock,
      scope,
      logger: silentLogger,
      boundJid: () => undefined,
    });
    router.handle('get', 'ping', 'urn:xmpp:ping', () => undefined);
    const asked = (...payload: ReturnType<typeof ping>[]) =>
      router.answer(xml('iq', { type: 'get', id: '1', from: 'eve@localhost/x' }, ...payload));
    expect(attribute(await asked(ping()), 'type')).toBe('result');

    const admit = router.admit((iq) => attribute(iq, 'from') !== 'eve@localhost/x');
    const answers = [
      await asked(ping()),
      await asked(),
      await asked(ping(), ping()),
      await asked(xml('odd', { xmlns: 'urn:xmpp:ping' })),
      await router.answer(dropped()),
    ];

    expect(new Set(answers.map(String)).size).toBe(1);
    expect(answers.map((one) => stanzaError(one).condition)).toEqual(Array(5).fill('service-unavailable'));
    admit();
    expect(attribute(await asked(ping()), 'type')).toBe('result');
    await scope.close();
  });
});
