import { request } from 'node:http';
import { describe, expect, it, onTestFinished } from 'vitest';
import { publicDoor } from '../../support/public-door.ts';
import { engineWithBot } from '../../support/test-engine.ts';
import { until } from '../../support/until.ts';

const TEXT = JSON.stringify({ to: 'friend@localhost', text: 'too late' });
async function begun() {
  const engine = await engineWithBot();
  const { port } = await publicDoor(engine);
  return {
    ...engine,
    port,
    /** Sends all of a request but its last byte, and that one after `between`. Resolves with status and error. */
    async slowly(path: string, body: string, between: () => Promise<unknown>) {
      const headers = {
        authorization: `Bearer ${engine.token}`,
        'content-type': 'application/json',
        'content-length': Buffer.byteLength(body),
      };
      const asking = request({ host: '127.0.0.1', port, method: 'POST', path, agent: false, headers });
      onTestFinished(() => void asking.destroy());
      const answer = new Promise<[number | undefined, string | undefined]>((resolve, reject) => {
        asking.on('error', reject).on('response', (response) => {
          let text = '';
          response.on('data', (chunk: Buffer) => {
            text += chunk;
          });
          response.on('end', () =>
            resolve([response.statusCode, (JSON.parse(text) as { error?: string }).error]),
          );
        });
      });
      asking.write(body.slice(0, -1));
      await until('the token to be looked at', async () => {
        const used = await engine.engine.tokens.inUse(engine.id as never);
        return used.some(({ usedAt }) => usedAt !== undefined);
      });
      await between();
      asking.end(body.slice(-1));
      return answer;
    },
  };
}

describe('a request whose body takes its time', () => {
  it.each([
    ['/bot/sendMessage', TEXT],
    ['/bot/setWebhook', JSON.stringify({ url: 'https://hook.example/' })],
  ])('to %s is refused when the token was taken away meanwhile', async (path, body) => {
    const { slowly, call, id } = await begun();

    const answer = await slowly(path, body, () => call('POST', '/bot/revoke', { body: { id } }));

    expect(answer).toEqual([401, 'unauthorized']);
  });

  it('is refused when the bot was switched off meanwhile, and goes on where nothing has changed', async () => {
    const { slowly, call, id } = await begun();
    const none = async () => undefined;

    expect(await slowly('/bot/deleteWebhook', '{}', none)).toEqual([200, undefined]);
    const off = () => call('POST', '/bot/activate', { body: { id, active: false } });
    expect((await slowly('/bot/sendMessage', TEXT, off))[0]).toBe(403);
  });
});

it('a method that no route knows is no trouble of ours', async () => {
  const { port } = await begun();

  const status = await new Promise((resolve, reject) => {
    request({ host: '127.0.0.1', port, method: 'QUERY', path: '/health', agent: false }, (answer) =>
      resolve(answer.resume().statusCode),
    )
      .on('error', reject)
      .end();
  });

  expect(status).toBe(415);
});
