import { describe, expect, it } from 'vitest';
import { whyNot } from '../../../../src-main/engine/rooms/why-not.ts';
import { StanzaError } from '../../../../src-main/gateways/xmpp/session.ts';
import { bareJid } from '../../../../src-shared/jid.ts';
import { describeRefusal } from '../../../../src-shared/text/describe-refusal.ts';

const ATTEMPT = {
  room: bareJid('tea@conference.localhost'),
  jid: bareJid('bot@localhost'),
  nick: 'Weather',
  hasPassword: false,
};
const THEIRS = 'Geh weg';
const refusalFor = (condition: string) => whyNot(new StanzaError(condition, 'cancel', THEIRS), ATTEMPT);

describe('why a room let an account not in', () => {
  it.each([
    'not-authorized',
    'registration-required',
    'forbidden',
    'conflict',
    'not-acceptable',
    'item-not-found',
    'not-allowed',
    'service-unavailable',
    'remote-server-not-found',
    'policy-violation',
    'undefined-condition',
    'constructor',
    'made-up-by-them',
  ])('is told of %s in words of ours', (condition) => {
    const refusal = refusalFor(condition);

    const said = [describeRefusal(refusal, 'en'), describeRefusal(refusal, 'de')];

    expect(said.join()).not.toContain(THEIRS);
    expect(said.join()).not.toContain('made-up');
    expect(said[0]).not.toBe(said[1]);
  });

  it('is said in the language of who asked', () => {
    expect(refusalFor('forbidden').message).toBe(
      'bot@localhost may not enter tea@conference.localhost: it is banned there, or a server does not allow it. An administrator of the room can lift a ban.',
    );
    const refused = refusalFor('internal-server-error');
    expect([describeRefusal(refused, 'en'), describeRefusal(refused, 'de')]).toEqual([
      'tea@conference.localhost did not let bot@localhost in: something went wrong there.',
      'tea@conference.localhost hat bot@localhost nicht hineingelassen: Dort ist etwas schiefgegangen.',
    ]);
  });
});
