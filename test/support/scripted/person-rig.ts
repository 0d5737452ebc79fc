import { randomBytes } from 'node:crypto';
import { onTestFinished } from 'vitest';
import { silentLogger } from '../../../src-main/base/logger.ts';
import { secretBox } from '../../../src-main/base/secret-box.ts';
import type { EngineDeps } from '../../../src-main/engine/engine-deps.ts';
import { composeChat } from '../../../src-main/engine/messages/compose.ts';
import { omemo2Backend } from '../../../src-main/gateways/omemo/omemo2/omemo2-backend.ts';
import { accountRepository } from '../../../src-main/store/account-repository.ts';
import { LOCAL_TENANT } from '../../../src-shared/ids.ts';
import { bareJid } from '../../../src-shared/jid.ts';
import { ManualClock } from '../manual-clock.ts';
import { testFolder } from '../test-folder.ts';
import { until } from '../until.ts';
import { scriptedEngine } from './scripted-bot.ts';
import { scriptedDevice } from './scripted-device.ts';
import { ScriptedServer } from './scripted-server.ts';

export const YOU = bareJid('you@localhost');

/** An engine with the account of one person, who has consented to a device of its own, over a server in memory. */
export async function personRig({
  server = new ScriptedServer(),
  dataDir = testFolder(),
  box = secretBox(randomBytes(32)),
  clock = new ManualClock(Date.now()),
  hasOmemo = true,
  openAi = undefined as EngineDeps['openAi'] | undefined,
  logger = silentLogger,
} = {}) {
  const line = {
    connect: (jid: string, deliver: (stanza: string) => Promise<void>) => server.connect(jid, deliver),
    disconnect: (jid: string) => server.disconnect(jid),
    request: async (jid: string, iq: string) => server.answer(jid, iq),
    send: async (jid: string, stanza: string) => server.take(jid, stanza),
  };
  const engine = await scriptedEngine({ dataDir, box, line, clock, logger, ...(openAi && { openAi }) });
  const stop = () => engine.stop();
  onTestFinished(stop);
  if (!(await engine.accounts.find(YOU))) {
    await engine.store.write((tx) =>
      accountRepository(engine.store, box, LOCAL_TENANT).insert(tx, {
        jid: YOU,
        password: 'x',
        service: undefined,
        ca: undefined,
        isOperator: true,
        hasOmemo,
        createdAt: clock.now() - 1_000,
      }),
    );
  }
  const account = await engine.accounts.known(YOU);
  return {
    server,
    dataDir,
    box,
    clock,
    engine,
    account,
    /** A device that talks to this person: another one of theirs, or of somebody else. */
    device: (jid: string = YOU) => scriptedDevice(server, omemo2Backend(), { jid, bot: YOU }),
    async start(): Promise<void> {
      await engine.start();
      await until('the session', () => engine.sessions.stateOf(YOU) === 'online');
      if (account.hasOmemo) await engine.omemo.published(account.id);
    },
    /** The stanza as it waits to be sent, or was. */
    async put(to: typeof YOU, text: string): Promise<string> {
      await engine.post.prepare(account, to);
      const message = composeChat(YOU, to, text);
      await engine.store.write((tx) => engine.post.put(tx, { account, botId: null }, message));
      return until(
        'it to leave',
        () => server.sent.find(({ stanza }) => stanza.includes(message.id))?.stanza,
      );
    },
    stop,
  };
}
export type PersonRig = Awaited<ReturnType<typeof personRig>>;
