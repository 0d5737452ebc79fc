import type { Chat, ChatMessage } from '../../src-shared/api/chats.ts';
import type { EngineProcess } from './engine-process.ts';
import { until } from './until.ts';

/** What the window of an account asks its engine. */
export async function windowOf(engine: EngineProcess, account: string) {
  const shown = await engine.cli(['admin-token', 'show', '--json']);
  const token = /bma_[0-9a-f]+/.exec(shown.stdout)?.[0] ?? '';
  const pathOf = (jid: string) => `/api/v1/chats/${encodeURIComponent(account)}/${encodeURIComponent(jid)}`;

  async function asked<Result>(method: string, path: string, body?: unknown): Promise<Result> {
    const answer = await engine.call(method, path, { token, body });
    if (answer.status !== 200) throw new Error(`${method} ${path}: ${JSON.stringify(answer.body)}`);
    return answer.body.result as Result;
  }
  const messages = async (jid: string): Promise<ChatMessage[]> => {
    const { status, body } = await engine.call('GET', `${pathOf(jid)}/messages`, { token });
    return status === 200 ? (body.result as { messages: ChatMessage[] }).messages : [];
  };
  return {
    token,
    pathOf,
    asked,
    messages,
    chat: (jid: string) => asked<Chat>('GET', pathOf(jid)),
    open: (jid: string) => asked<Chat>('POST', '/api/v1/chats', { account, jid }),
    write: (jid: string, text: string, more: Record<string, unknown> = {}) =>
      asked<ChatMessage>('POST', `${pathOf(jid)}/messages`, { text, ...more }),
    /** Waits for a message of a conversation. */
    sees: (jid: string, what: string, isIt: (message: ChatMessage) => boolean): Promise<ChatMessage> =>
      until(what, async () => (await messages(jid)).find(isIt)),
    async sendFile(jid: string, file: File, caption?: string): Promise<ChatMessage> {
      const form = new FormData();
      if (caption !== undefined) form.set('caption', caption);
      form.set('file', file);
      const answer = await fetch(`http://127.0.0.1:${engine.port}${pathOf(jid)}/files`, {
        method: 'POST',
        headers: { authorization: `Bearer ${token}` },
        body: form,
      });
      const body = (await answer.json()) as { result: ChatMessage };
      if (answer.status !== 200) throw new Error(`sending a file: ${JSON.stringify(body)}`);
      return body.result;
    },
    /** The bytes at the path of a file, and what is said of them. */
    async fetched(path: string) {
      const answer = await fetch(`http://127.0.0.1:${engine.port}${path}`, {
        headers: { authorization: `Bearer ${token}` },
      });
      return {
        status: answer.status,
        headers: Object.fromEntries(answer.headers),
        bytes: Buffer.from(await answer.arrayBuffer()),
      };
    },
  };
}
