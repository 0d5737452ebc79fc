import { expect, it, onTestFinished } from 'vitest';
import { openDoor } from '../../../src-main/http/door.ts';
import { fileEngine } from '../../support/file-engine.ts';
import { until } from '../../support/until.ts';

const CHAT = '/api/v1/chats/you%40localhost/friend%40localhost';

/** An engine that listens, with a conversation that files go into. */
async function stage() {
  const files = await fileEngine();
  const { app, service } = files;
  const door = await openDoor(app, 'socket', { host: '127.0.0.1', port: 0 });
  onTestFinished(door.close);
  const address = `http://127.0.0.1:${door.port}`;
  const opened = await fetch(`${address}/api/v1/chats`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ account: 'you@localhost', jid: 'friend@localhost' }),
  });
  expect(opened.status).toBe(200);
  return {
    ...files,
    send(text: string, { key, signal }: { key?: string; signal?: AbortSignal } = {}) {
      const form = new FormData();
      form.append('caption', 'look');
      form.append('file', new File([text], 'notes.txt', { type: 'text/plain' }));
      return fetch(`${address}${CHAT}/files`, {
        method: 'POST',
        body: form,
        ...(key !== undefined && { headers: { 'idempotency-key': key } }),
        ...(signal && { signal }),
      });
    },
    async shown() {
      const answer = await fetch(`${address}${CHAT}/messages`);
      const { result } = (await answer.json()) as {
        result: { messages: { text: string; files: object[] }[] };
      };
      return result.messages.map(({ text, files: those }) => (those.length > 0 ? 'file' : text));
    },
    uploads: () => service.asked.filter((one) => one.startsWith('PUT')).length,
  };
}

it('a file of the window that is sent again with its key goes once, and another one with it nowhere', async () => {
  const { send, shown, uploads } = await stage();

  const first = await send('some notes', { key: 'k-1' });
  const again = await send('some notes', { key: 'k-1' });
  const other = await send('other notes', { key: 'k-1' });

  expect([first.status, again.status, other.status]).toEqual([200, 200, 409]);
  const idOf = async (answer: Response) =>
    ((await answer.json()) as { result: { message_id: string } }).result.message_id;
  expect(await idOf(again)).toBe(await idOf(first));
  expect(uploads()).toBe(1);
  expect(await shown()).toEqual(['file', 'look']);
});

it('a file whose sender hangs up while it is uploaded is not sent, and nothing of it stays', async () => {
  const { send, shown, uploads, behaviour, kept } = await stage();
  const before = kept();
  const held = Promise.withResolvers<void>();
  behaviour.onPut = () => held.promise;
  const life = new AbortController();
  const sending = send('some notes', { signal: life.signal }).catch((error: Error) => error.name);
  await until('the upload', () => uploads() === 1);

  life.abort();
  expect(await sending).toBe('AbortError');
  await until('the copy to be gone', () => kept().length === before.length);
  held.resolve();

  expect(await shown()).toEqual([]);
});
