import { parse } from 'ltx';
import { silentLogger } from '../../src-main/base/logger.ts';
import { commandRouter } from '../../src-main/commands/router.ts';
import { audience } from '../../src-main/engine/messages/audience.ts';
import { inboundPipeline } from '../../src-main/engine/messages/inbound-pipeline.ts';
import type { ArchiveProgress } from '../../src-main/engine/messages/inbound-roles.ts';
import { readMessage } from '../../src-main/engine/messages/read-message.ts';
import { bareJid } from '../../src-shared/jid.ts';
import { ManualClock } from './manual-clock.ts';
import { ownChat } from './own-chat.ts';
import { signIn, type TestEngine, testEngine } from './test-engine.ts';
import { until } from './until.ts';

export interface Said {
  text: string;
  id?: string;
  from?: string;
  to?: string;
  more?: string;
}

export const message = ({
  text,
  id = 'm1',
  from = 'you@localhost/phone',
  to = 'you@localhost',
  more = '',
}: Said) =>
  `<message xmlns='jabber:client' from='${from}' to='${to}' id='${id}' type='chat'><body>${text}</body>` +
  `<origin-id xmlns='urn:xmpp:sid:0' id='${id}'/>${more}</message>`;
export const carbon = (inner: string, from = 'you@localhost') =>
  `<message xmlns='jabber:client' from='${from}' to='you@localhost/engine'><sent xmlns='urn:xmpp:carbons:2'>` +
  `<forwarded xmlns='urn:xmpp:forward:0'>${inner}</forwarded></sent></message>`;

/** The self-chat of you@localhost, driven with stanzas as they come from the stream. */
export async function selfChat(engine: TestEngine, clock = new ManualClock(Date.now())) {
  const archive: { isCaughtUp: boolean; reached: ArchiveProgress['reached'] } = {
    isCaughtUp: true,
    reached: () => undefined,
  };
  const told: string[] = [];
  const turn = {
    isActing: true,
    isStandingBy: false,
    tell: (names: readonly string[]) => void told.push(...names),
  };
  const { store, inbox, outbox, updates, accounts } = engine.engine;
  const account = await accounts.known(bareJid('you@localhost'));
  const commands = commandRouter(engine.engine, engine.apiUrl);
  const pipeline = inboundPipeline(account, {
    store,
    inbox,
    outbox,
    audience: audience(engine.engine),
    updates,
    receivedFiles: engine.engine.receivedFiles,
    commands,
    post: engine.engine.post,
    menus: engine.engine.menus,
    ...ownChat(account, engine.engine),
    ai: engine.engine.ai,
    telegram: engine.engine.telegram,
    archive,
    turn,
    clock,
    logger: silentLogger,
  });
  const answers = async () =>
    (await outbox.waiting(account.id, 0, 100))
      .map(({ stanza }) => parse(stanza))
      // What takes a message back says nothing.
      .filter((stanza) => !stanza.getChild('retract'))
      .map((stanza) => stanza.getChildText('body') ?? '');
  const open = () => inbox.count(account.id);
  return {
    ...pipeline,
    archive,
    turn,
    told,
    clock,
    answers,
    open,
    hear: (...stanzas: string[]) => Promise.all(stanzas.map((stanza) => pipeline.handle(parse(stanza)))),
    /** Until nothing is between two units. */
    settled: () => until('the inbox to be empty', async () => (await open()) === 0),
    stanzas: async () => (await outbox.waiting(account.id, 0, 100)).map(({ stanza }) => stanza),
  };
}

/** An engine with that chat. */
export async function startSelfChat() {
  const engine = await testEngine();
  await signIn(engine);
  return { engine, chat: await selfChat(engine) };
}

/** The names of a message, as engines tell them each other. */
export function namesOf(stanza: string): string[] {
  const reading = readMessage(parse(stanza), bareJid('you@localhost'), 0);
  return reading.kind === 'message' ? reading.message.names : [];
}

/** What waits for the newest bot, whoever made it. */
export async function newestUpdates(engine: TestEngine) {
  const { bots, tokens } = engine.engine;
  const newest = (await bots.list()).at(-1);
  return newest ? (await updatesOf(engine, await tokens.of(newest.id))).map(({ body }) => body) : [];
}

export const updatesOf = async (engine: TestEngine, token: string) =>
  (
    (await engine.call('GET', '/bot/getUpdates', { token })).body.result as {
      data: Record<string, unknown>;
    }[]
  ).map(({ data }) => data);

/** Fetches what waits for a bot, and asks for these types from then on. */
export async function fetched(engine: TestEngine, token: string, types = ['message']) {
  const { body } = await engine.call('GET', `/bot/getUpdates?allowed_updates=${types.join(',')}`, { token });
  return body.result as { type: string; data: Record<string, unknown> }[];
}

export async function setScope(engine: TestEngine, botId: number, scope: string) {
  const { bots, botSettings, store } = engine.engine;
  const caller = { actor: 'test', from: 'chat' };
  await store.write(async (tx) =>
    botSettings.set(tx, await bots.find(botId, undefined, tx), 'scope', scope, caller),
  );
}
