import { type Element, parse } from 'ltx';
import { onTestFinished } from 'vitest';
import { silentLogger } from '../../../src-main/base/logger.ts';
import { httpServer } from '../../../src-main/http/server.ts';
import { updateRepository } from '../../../src-main/store/update-repository.ts';
import type { Chat, ChatMessage } from '../../../src-shared/api/chats.ts';
import type { EngineEvents } from '../../../src-shared/events.ts';
import type { BotId } from '../../../src-shared/ids.ts';
import { checkAnswer } from '../test-engine.ts';
import { until } from '../until.ts';
import { personRig, YOU } from './person-rig.ts';

export const FRIEND = 'friend@localhost';

export interface Page {
  messages: ChatMessage[];
  has_older: boolean;
  has_newer: boolean;
}

/** A person's account over a server in memory, seen through the routes of the window. */
export async function chatRig(options: Parameters<typeof personRig>[0] = {}) {
  const rig = await personRig({ hasOmemo: false, ...options });
  const { engine, server, clock } = rig;
  const app = await httpServer({
    services: engine,
    clock,
    logger: silentLogger,
    version: 'test',
    apiUrl: () => 'http://localhost:7842/bot/',
    apiProblem: () => undefined,
    privateToken: 'x',
    rendererDir: undefined,
  });
  onTestFinished(() => app.close());
  await rig.start();

  async function call(
    method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE',
    url: string,
    body?: unknown,
    more: Record<string, string> = {},
  ) {
    const response = await app.inject({
      method,
      url,
      headers: { ...(body !== undefined && { 'content-type': 'application/json' }), ...more },
      ...(body !== undefined && { payload: JSON.stringify(body) }),
    });
    const { statusCode: status, headers, body: text } = response;
    await checkAnswer(app, { method, url, status, headers, text });
    return { status, headers, body: JSON.parse(text) as Record<string, unknown> };
  }
  async function asked<Result>(
    method: Parameters<typeof call>[0],
    url: string,
    body?: unknown,
  ): Promise<Result> {
    const answer = await call(method, url, body);
    if (answer.status !== 200) throw new Error(`${method} ${url}: ${JSON.stringify(answer.body)}`);
    return answer.body.result as Result;
  }
  const pathOf = (jid: string) => `/api/v1/chats/${encodeURIComponent(YOU)}/${encodeURIComponent(jid)}`;
  const events: { name: string; data: Record<string, unknown> }[] = [];
  for (const name of ['chat.message', 'chat.changed', 'chat.typing'] as const)
    engine.events.on(name, (data: EngineEvents[typeof name]) =>
      events.push({ name, data: data as unknown as Record<string, unknown> }),
    );

  const page = (jid: string, query = '') => asked<Page>('GET', `${pathOf(jid)}/messages${query}`);
  return {
    ...rig,
    app,
    call,
    asked,
    pathOf,
    events,
    page,
    messages: async (jid: string) => (await page(jid)).messages,
    texts: async (jid: string) => (await page(jid)).messages.map(({ text }) => text),
    list: () => asked<Chat[]>('GET', '/api/v1/chats'),
    chat: (jid: string) => asked<Chat>('GET', pathOf(jid)),
    open: (jid: string) => asked<Chat>('POST', '/api/v1/chats', { account: YOU, jid }),
    write: (jid: string, text: string, more: Record<string, unknown> = {}) =>
      asked<ChatMessage>('POST', `${pathOf(jid)}/messages`, { text, ...more }),
    /** Hands a stanza to the account, as its server does; resolves when it is handled. */
    async hear(...stanzas: (string | Element)[]): Promise<void> {
      for (const one of stanzas) server.deliver(YOU, typeof one === 'string' ? parse(one) : one);
      await settled();
    },
    settled,
    /** What waits for a bot's program. */
    updates: async (botId: BotId) =>
      (await updateRepository(engine.store, rig.box).page(botId, { after: 0, limit: 100 })).map(
        ({ data }) => JSON.parse(data) as Record<string, unknown>,
      ),
    /** What has left, without wrappers. */
    sent: (to?: string) =>
      server.sent.filter((one) => to === undefined || one.to === to).map(({ stanza }) => parse(stanza)),
  };

  /** Until all that came is handled and all that was said has left. */
  async function settled(): Promise<void> {
    await until('all to be handled', async () => {
      await engine.store.durable();
      const waits = await engine.inbox.count(rig.account.id);
      return server.isAllHandled(YOU) && waits === 0;
    });
    await until('the outbox to be empty', async () => {
      return (await engine.outbox.waiting(rig.account.id, 0, 1)).length === 0;
    });
  }
}
export type ChatRig = Awaited<ReturnType<typeof chatRig>>;

/** A message of somebody's client. */
export const said = (
  text: string,
  {
    id,
    from = `${FRIEND}/phone`,
    to = YOU as string,
    more = '',
    origin = id,
  }: { id: string; from?: string; to?: string; more?: string; origin?: string },
): string =>
  `<message xmlns='jabber:client' from='${from}' to='${to}' id='${id}' type='chat'><body>${text}</body>` +
  `${origin === '' ? '' : `<origin-id xmlns='urn:xmpp:sid:0' id='${origin}'/>`}${more}</message>`;

/** The same as another client of the account has it. */
export const carbonOf = (inner: string, direction: 'sent' | 'received' = 'sent'): string =>
  `<message xmlns='jabber:client' from='${YOU}' to='${YOU}/engine'><${direction} xmlns='urn:xmpp:carbons:2'>` +
  `<forwarded xmlns='urn:xmpp:forward:0'>${inner}</forwarded></${direction}></message>`;
