import { request } from 'node:http';
import { onTestFinished } from 'vitest';
import { openDoor } from '../../src-main/http/door.ts';
import { checkAnswer, type TestEngine } from './test-engine.ts';
import type { AtEnd } from './test-folder.ts';

export interface Asked {
  status: number;
  headers: Record<string, unknown>;
  text: string;
}

/** Opens the listener for everybody and asks through it, with any header a program, a page or a proxy could send. */
export async function publicDoor(engine: TestEngine, atEnd: AtEnd = onTestFinished) {
  const { port = 0, close } = await openDoor(engine.app, 'public', { host: '127.0.0.1', port: 0 });
  atEnd(close);
  return {
    port,
    async ask(
      method: string,
      path: string,
      { headers = {}, body }: { headers?: Record<string, string>; body?: unknown } = {},
    ): Promise<Asked> {
      const payload = body === undefined ? undefined : JSON.stringify(body);
      const answer = await new Promise<Asked>((resolve, reject) => {
        const asking = request(
          {
            host: '127.0.0.1',
            port,
            method,
            path,
            agent: false,
            headers: { ...(payload !== undefined && { 'content-type': 'application/json' }), ...headers },
          },
          (response) => {
            const chunks: Buffer[] = [];
            response.on('data', (chunk: Buffer) => chunks.push(chunk));
            response.on('error', reject);
            response.on('end', () =>
              resolve({
                status: response.statusCode ?? 0,
                headers: response.headers,
                text: Buffer.concat(chunks).toString('utf8'),
              }),
            );
          },
        );
        asking.on('error', reject);
        asking.end(payload);
      });
      await checkAnswer(engine.app, { method, url: path, ...answer });
      return answer;
    },
  };
}
