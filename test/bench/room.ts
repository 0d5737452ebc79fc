import { randomBytes } from 'node:crypto';
import { parseArgs } from 'node:util';
import { secretBox } from '../../src-main/base/secret-box.ts';
import { encryptedIn } from '../../src-main/gateways/omemo/encrypted-element.ts';
import { xml } from '../../src-main/gateways/xmpp/element.ts';
import { accountRepository } from '../../src-main/store/account-repository.ts';
import { LOCAL_TENANT } from '../../src-shared/ids.ts';
import { bareJid } from '../../src-shared/jid.ts';
import { membersOf } from '../support/scripted/room-of-fifty.ts';
import { insertBot, scriptedEngine } from '../support/scripted/scripted-bot.ts';
import { ScriptedServer } from '../support/scripted/scripted-server.ts';
import { until } from '../support/until.ts';
import { runBench, shown } from './support/bench.ts';
import { rounded, spreadOf } from './support/report.ts';

/**
 * bench:room: how long a message to a room of fifty takes to be encrypted and committed, one device each, half of them
 * with OMEMO 0.3. The payload is encrypted once for each version, its key once for each device.
 */
const { values } = parseArgs({
  options: { messages: { type: 'string', default: '60' }, members: { type: 'string', default: '50' } },
});
const MESSAGES = Number(values.messages);
const MEMBERS = Number(values.members);
const LIMIT_MS = 100;
const WARM_UP = 5;

await runBench('room', 180_000, async ({ folder, onEnd }) => {
  const server = new ScriptedServer();
  const box = secretBox(randomBytes(32));
  const line = {
    connect: (jid: string, deliver: (stanza: string) => Promise<void>) => server.connect(jid, deliver),
    disconnect: (jid: string) => server.disconnect(jid),
    request: async (jid: string, text: string) => server.answer(jid, text),
    send: async (jid: string, stanza: string) => server.take(jid, stanza),
  };
  const engine = await scriptedEngine({ dataDir: folder, box, line });
  onEnd(() => engine.stop());
  const bot = await insertBot(engine, box);
  const account = await accountRepository(engine.store, box, LOCAL_TENANT).ofBot(bot.id);
  if (!account) throw new Error('the bot has no account');
  await engine.start();
  await until('the bot to be online', () => engine.sessions.stateOf(account.jid) === 'online');
  await engine.omemo.published(account.id);
  const members = (await membersOf(server, MEMBERS)).map(({ jid }) => jid);
  await Promise.all(members.map((jid) => engine.omemo.prepare(account, jid)));
  const room = bareJid('tea@conference.localhost');

  const timesMs: number[] = [];
  const cpusMs: number[] = [];
  let bytes = 0;
  for (let count = 0; count < MESSAGES + WARM_UP; count += 1) {
    const stanza = xml(
      'message',
      { to: room, type: 'groupchat', id: `m${count}` },
      xml('body', {}, 'hello all'),
    );
    const [startedAt, before] = [performance.now(), process.cpuUsage()];
    const { stanza: sealed, reached } = await engine.store.write((tx) =>
      engine.omemo.seal(tx, account, room, stanza, members),
    );
    const { user, system } = process.cpuUsage(before);
    if (count >= WARM_UP) {
      timesMs.push(performance.now() - startedAt);
      cpusMs.push((user + system) / 1_000);
    }
    const payloads = encryptedIn(sealed).filter(({ payload }) => payload).length;
    if (reached.length !== MEMBERS || payloads !== 2) throw new Error('not everybody could read it');
    bytes = Buffer.byteLength(sealed.toString());
  }
  const ms = rounded(spreadOf(timesMs), 1);
  const cpuMs = rounded(spreadOf(cpusMs), 1);
  return {
    result: { members: MEMBERS, messages: MESSAGES, ms, cpuMs, bytes },
    summary: [
      `${MEMBERS} members: encrypted for all and committed in ${shown(ms)} ms, of these ${shown(cpuMs)} ms of CPU, at most ${LIMIT_MS}; ${bytes} bytes`,
    ],
    // What else runs on the machine is not ours to answer for.
    isGood: cpuMs.median <= LIMIT_MS,
  };
});
