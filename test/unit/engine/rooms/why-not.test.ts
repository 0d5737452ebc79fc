import { describe, expect, it } from 'vitest';
import { whyNot } from '../../../../src-main/engine/rooms/why-not.ts';
import {
  RequestTimeout,
  SendQueueFull,
  SessionLost,
  StanzaError,
} from '../../../../src-main/gateways/xmpp/session.ts';
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

  it.each<[unknown, string, string]>([
    [
      new RequestTimeout(ATTEMPT.room, 30_000),
      'no answer came in time',
      'es kam nicht rechtzeitig eine Antwort',
    ],
    [new SessionLost('cut'), 'the account is not connected', 'das Konto ist nicht verbunden'],
    [new SendQueueFull('behind'), 'the connection failed', 'die Verbindung ist gescheitert'],
    ['thrown', 'the connection failed', 'die Verbindung ist gescheitert'],
    [
      new StanzaError('remote-server-not-found', 'cancel', THEIRS),
      'it was not found',
      'er ist nicht zu finden',
    ],
    [
      new StanzaError('remote-server-timeout', 'wait', THEIRS),
      'no answer came in time',
      'es kam nicht rechtzeitig eine Antwort',
    ],
  ])('is told in one language where its server gives no answer (%s)', (error, why, warum) => {
    const refusal = whyNot(error, ATTEMPT);

    expect([describeRefusal(refusal, 'en'), describeRefusal(refusal, 'de')]).toEqual([
      `The server of tea@conference.localhost cannot be reached (${why}). Check the address, or try again later.`,
      `Der Server von tea@conference.localhost ist nicht zu erreichen (${warum}). Prüfe die Adresse, oder versuch es später noch einmal.`,
    ]);
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
