import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A server on loopback that speaks the chat completions of OpenAI's API and takes so long for each answer. */
export async function startChatProvider({ text, answerMs }: { text: string; answerMs: () => number }) {
  let open = 0;
  let most = 0;
  const server = createServer((request, response) => {
    request.resume();
    if (request.method !== 'POST') return void response.writeHead(404).end('{}');
    open += 1;
    most = Math.max(most, open);
    const timer = setTimeout(() => {
      const body = {
        id: 'chatcmpl-bench',
        object: 'chat.completion',
        created: 0,
        model: 'bench',
        choices: [{ index: 0, finish_reason: 'stop', message: { role: 'assistant', content: text } }],
        usage: { prompt_tokens: 10, completion_tokens: 10, total_tokens: 20 },
      };
      response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(body));
    }, answerMs());
    response.once('close', () => {
      clearTimeout(timer);
      open -= 1;
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    baseUrl: `http://127.0.0.1:${port}/v1`,
    /** Calls that wait for their answer, and the most there were at once. */
    open: () => open,
    most: () => most,
    close() {
      server.close();
      server.closeAllConnections();
    },
  };
}
