import { readFileSync } from 'node:fs';
import xml from '@xmpp/xml';
import { systemClock } from '../../../src-main/base/clock.ts';
import { silentLogger } from '../../../src-main/base/logger.ts';
import { sessionPool } from '../../../src-main/gateways/xmpp/session-pool.ts';
import { bareJid } from '../../../src-shared/jid.ts';
import { until } from '../../support/until.ts';

/** Our side of bench:echo: the gateway and nothing else. Arguments as those of echo_bot.py. */
const [, , port, caFile = '', password = '', ...jids] = process.argv;

const pool = sessionPool({ clock: systemClock, logger: silentLogger });
const ca = readFileSync(caFile, 'utf8');
const sessions = jids.map((jid) => {
  const service = `xmpp://127.0.0.1:${port}`;
  const session = pool.start({ jid: bareJid(jid), resource: 'echo', password: () => password, service, ca });
  session.onMessage(async (stanza) => {
    const { type, from, id } = stanza.attrs;
    if (type !== 'chat') return;
    // Not awaited: the answer is on its way, and a lost one shows in the count of the bench.
    session
      .send(xml('message', { to: from, id, type }, xml('body', {}, stanza.getChildText('body') ?? '')))
      .catch(() => undefined);
  });
  return session;
});
await until('all to be online', () => sessions.every(({ state }) => state === 'online'), 60_000);
process.stdout.write('ready\n');
// In order: a session that is only cut stays on the server for a while and gets copies of what the next bot gets.
process.once('SIGTERM', () => void pool.stopAll().then(() => process.exit(0)));
