import { type Element, parse } from 'ltx';
import { vi } from 'vitest';
import type { Session } from '../../src-main/gateways/xmpp/session.ts';
import type { AccountId, MessageId } from '../../src-shared/ids.ts';
import { bareJid } from '../../src-shared/jid.ts';
import { engineWithBot, type TestEngine } from './test-engine.ts';

export interface ConnectedEngine extends TestEngine {
  token: string;
  id: number;
  accountId: AccountId;
  /** The state of the account's session; what goes out directly is in `sent`. */
  session: { state: Session['state']; awaySinceMs: number | undefined; reason: string | undefined };
  sent: Element[];
  /** What waits in the outbox, in order. */
  waiting(): Promise<Element[]>;
  /** Posts as the bot's program. */
  post(
    path: string,
    body: unknown,
    headers?: Record<string, string>,
  ): Promise<{ status: number; body: Record<string, unknown>; headers: Record<string, unknown> }>;
  /** Sends a message as the bot's program and resolves with its id. */
  say(message?: Record<string, unknown>): Promise<MessageId>;
  stateOf(id: string): Promise<unknown>;
  /** Queues an update of a message, as if it had come. */
  hear(data: Record<string, unknown>): Promise<void>;
}

/** An engine with a bot whose account seems to be online: nothing leaves the outbox, no server is there. */
export async function connectedEngine(): Promise<ConnectedEngine> {
  const engine = await engineWithBot();
  const { outbox, sessions, accounts, store, updates } = engine.engine;
  const account = await accounts.known(bareJid('you@localhost'));
  const { id: accountId } = account;
  const sent: Element[] = [];
  const session = { state: 'online' as Session['state'], awaySinceMs: undefined, reason: undefined };
  const send = async (stanza: Element) => void sent.push(stanza);
  vi.spyOn(sessions, 'of').mockReturnValue(Object.assign(session, { send }) as unknown as Session);
  vi.spyOn(sessions, 'accountOf').mockReturnValue(account);
  const { token, id } = engine;
  const post = (path: string, body: unknown, headers?: Record<string, string>) =>
    engine.call('POST', `/bot/${path}`, { token, body, ...(headers && { headers }) });
  return {
    ...engine,
    accountId,
    session,
    sent,
    post,
    waiting: async () => (await outbox.waiting(accountId, 0, 100)).map(({ stanza }) => parse(stanza)),
    async say(message = {}) {
      const { status, body } = await post('sendMessage', {
        to: 'friend@localhost',
        text: 'hello',
        ...message,
      });
      if (status !== 200) throw new Error(`sendMessage gave ${status}: ${String(body.description)}`);
      return String(body.message_id) as MessageId;
    },
    async stateOf(messageId) {
      return (await engine.call('GET', `/bot/getMessageState?message_id=${messageId}`, { token })).body
        .result;
    },
    async hear(data) {
      const conversation = String(data.from);
      await store.write((tx) => updates.queue(tx, id as never, { type: 'message', conversation, data }));
    },
  };
}
