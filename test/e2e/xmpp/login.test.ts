import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { systemClock } from '../../../src-main/base/clock.ts';
import { silentLogger } from '../../../src-main/base/logger.ts';
import { probeLogin } from '../../../src-main/gateways/xmpp/probe-login.ts';
import { bareJid } from '../../../src-shared/jid.ts';
import { lacks } from '../../support/servers/ready.ts';
import { startEjabberd, startProsody, type XmppServer } from '../../support/servers/servers.ts';

const ejabberd = (scramHash: 'sha' | 'sha256' | 'sha512', ...disabled: string[]) =>
  startEjabberd({
    settings: { scramHash, archive: false, disabledSasl: ['digest-md5', 'X-OAUTH2', ...disabled] },
  });
const prosody = (passwordHash: 'SHA-1' | 'SHA-256', ...disabledSasl: string[]) =>
  startProsody({ settings: { passwordHash, disabledSasl } });
const SCRAM = ['1', '256', '512'].flatMap((n) => [`SCRAM-SHA-${n}`, `SCRAM-SHA-${n}-PLUS`]);

/** Each server offers that one mechanism, but for ejabberd's -PLUS: announced without a type, so it is not used. */
const servers = [
  { name: 'ejabberd, SCRAM-SHA-1', group: 'server', start: () => ejabberd('sha', 'PLAIN') },
  { name: 'ejabberd, SCRAM-SHA-256', group: 'server', start: () => ejabberd('sha256', 'PLAIN') },
  {
    name: 'ejabberd, SCRAM-SHA-512 without -PLUS',
    group: 'server',
    start: () => ejabberd('sha512', 'PLAIN', 'SCRAM-SHA-512-PLUS'),
  },
  { name: 'ejabberd, PLAIN', group: 'server', start: () => ejabberd('sha256', ...SCRAM) },
  { name: 'Prosody, SCRAM-SHA-1', group: 'prosody', start: () => prosody('SHA-1', 'PLAIN') },
  { name: 'Prosody, SCRAM-SHA-256', group: 'prosody', start: () => prosody('SHA-256', 'PLAIN') },
  { name: 'Prosody, PLAIN', group: 'prosody', start: () => prosody('SHA-256', ...SCRAM) },
] as const;

const transports: [string, (server: XmppServer) => string][] = [
  ['STARTTLS', ({ c2sPort }) => `xmpp://127.0.0.1:${c2sPort}`],
  ['direct TLS', ({ tlsPort }) => `xmpps://127.0.0.1:${tlsPort}`],
  ['WebSocket', ({ httpsPort }) => `wss://127.0.0.1:${httpsPort}/ws`],
];

describe.concurrent.each(servers)('$name', ({ group, start }) => {
  it.skipIf(lacks(group))('takes the password over every transport, and no other password', async () => {
    await using server = await start();
    await server.register('bot', 'pässword, = 日本');
    const ca = readFileSync(server.caFile, 'utf8');
    const signIn = (service: string, password: string) =>
      probeLogin(
        { jid: bareJid('bot@localhost'), password: () => password, service, ca },
        { clock: systemClock, logger: silentLogger },
      ).then(
        () => 'in',
        ({ kind, message }) => `${kind}: ${message}`,
      );

    const outcomes: Record<string, string[]> = {};
    for (const [transport, serviceOf] of transports) {
      const service = serviceOf(server);
      outcomes[transport] = [
        await signIn(service, 'pässword, = 日本'),
        await signIn(service, 'pässword, = 日本'), // from the cached keys
        await signIn(service, 'wrong'),
      ];
    }

    const wrong = 'credentials: The server does not accept this password for bot@localhost.';
    const expected = ['in', 'in', wrong];
    expect(outcomes).toEqual({ STARTTLS: expected, 'direct TLS': expected, WebSocket: expected });
  });
});
