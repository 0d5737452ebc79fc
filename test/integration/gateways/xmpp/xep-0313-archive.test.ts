import { afterEach, beforeEach, expect, it } from 'vitest';
import { systemClock } from '../../../../src-main/base/clock.ts';
import { silentLogger } from '../../../../src-main/base/logger.ts';
import { type SessionPool, sessionPool } from '../../../../src-main/gateways/xmpp/session-pool.ts';
import { isArchiveResult, queryArchive } from '../../../../src-main/gateways/xmpp/xep-0313-archive.ts';
import { bareJid } from '../../../../src-shared/jid.ts';
import { ScriptedPeer } from '../../../support/scripted-peer.ts';

let peer: ScriptedPeer;
let pool: SessionPool;

beforeEach(async () => {
  peer = await ScriptedPeer.listen();
  pool = sessionPool({ clock: systemClock, logger: silentLogger });
});
afterEach(async () => {
  await peer.close();
  await pool.stopAll();
});

it('has a whole page that comes in one batch with its end, and not what others slip in', async () => {
  const session = pool.start({
    jid: bareJid('bot@localhost'),
    resource: 'botmother-00000000',
    password: () => 'secret',
    service: `xmpp://127.0.0.1:${peer.port}`,
    ca: peer.certificates.ca,
  });
  const others: string[] = [];
  session.onMessage(async (stanza) => void others.push(isArchiveResult(stanza) ? 'result' : 'message'));
  const isReady = new Promise((resolve) => session.onReady(resolve));
  const stream = await peer.connection();
  await stream.login();
  await isReady;

  const asking = queryArchive(session, { max: 10 });
  const iq = await stream.expect('iq');
  const queryId = iq.getChild('query')?.attrs.queryid;
  const result = (id: string, from: string) =>
    `<message ${from} to='bot@localhost/x'><result xmlns='urn:xmpp:mam:2' queryid='${queryId}' id='${id}'>
      <forwarded xmlns='urn:xmpp:forward:0'><delay xmlns='urn:xmpp:delay' stamp='2026-01-02T03:04:05Z'/>
      <message xmlns='jabber:client' from='you@localhost/x' type='chat'><body>${id}</body></message>
      </forwarded></result></message>`;
  stream.send(
    `${result('a1', "from='bot@localhost'")}${result('forged', "from='you@localhost/x'")}
     <message from='you@localhost/x'><body>live</body></message>${result('a2', '')}
     <iq type='result' id='${iq.attrs.id}' from='bot@localhost'>
     <fin xmlns='urn:xmpp:mam:2' complete='true'/></iq>`,
  );

  const page = await asking;
  expect(page.messages.map(({ archiveId }) => archiveId)).toEqual(['a1', 'a2']);
  expect(page.isComplete).toBe(true);
  expect(others).toEqual(['result', 'result', 'message', 'result']);
});
