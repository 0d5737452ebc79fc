import { parse } from 'ltx';
import { systemClock } from '../../src-main/base/clock.ts';
import { silentLogger } from '../../src-main/base/logger.ts';
import { commandRouter } from '../../src-main/commands/router.ts';
import { audience } from '../../src-main/engine/messages/audience.ts';
import { inboundPipeline } from '../../src-main/engine/messages/inbound-pipeline.ts';
import { bareJid } from '../../src-shared/jid.ts';
import { ownChat } from './own-chat.ts';
import type { TestEngine } from './test-engine.ts';
import { until } from './until.ts';

/** The self-chat of an account, as the person sees it: one types a line and reads what comes back. */
export async function typedChat({ engine, apiUrl }: TestEngine, jid = 'you@localhost') {
  const { store, inbox, outbox, accounts } = engine;
  const account = await accounts.known(bareJid(jid));
  const pipeline = inboundPipeline(account, {
    ...engine,
    commands: commandRouter(engine, apiUrl),
    audience: audience(engine),
    ...ownChat(account, engine),
    turn: { isActing: true, isStandingBy: false, tell: () => undefined },
    archive: { isCaughtUp: true, reached: () => undefined },
    clock: systemClock,
    logger: silentLogger,
  });
  const answers = async () =>
    (await outbox.waiting(account.id, 0, 1_000))
      .map(({ stanza }) => parse(stanza))
      .filter((stanza) => !stanza.getChild('retract'))
      .map((stanza) => stanza.getChildText('body') ?? '');
  return {
    store,
    /** The answers as they go out. */
    stanzas: async () => (await outbox.waiting(account.id, 0, 1_000)).map(({ stanza }) => parse(stanza)),
    /** What is answered to a line, in one text. */
    async type(line: string): Promise<string> {
      const before = (await answers()).length;
      const id = crypto.randomUUID();
      const stanza = parse(
        `<message xmlns='jabber:client' from='${jid}/phone' to='${jid}' id='${id}' type='chat'><body/></message>`,
      );
      stanza.getChild('body')?.t(line);
      await pipeline.handle(stanza);
      await until('the line to be done with', async () => (await inbox.count(account.id)) === 0);
      return (await answers()).slice(before).join('\n---\n');
    },
  };
}
