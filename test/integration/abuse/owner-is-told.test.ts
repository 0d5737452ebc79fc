import { describe, expect, it } from 'vitest';
import { publicDoor } from '../../support/public-door.ts';
import { engineWithBot } from '../../support/test-engine.ts';
import { typedChat } from '../../support/typed-chat.ts';

async function start() {
  const engine = await engineWithBot();
  const door = await publicDoor(engine);
  const { type, stanzas } = await typedChat(engine);
  /** Everything that was said to the owner so far. */
  const told = async () => (await stanzas()).map((stanza) => stanza.getChildText('body') ?? '');
  const overHttp = async (method: string, path: string, body: unknown, token?: string) => {
    const headers = {
      host: `localhost:${door.port}`,
      ...(token !== undefined && { authorization: `Bearer ${token}` }),
    };
    const answer = await door.ask(method, path, { headers, body });
    expect([path, answer.status]).toEqual([path, 200]);
  };
  return { ...engine, type, told, overHttp };
}

describe('the owner, in chat', () => {
  it('is told of a token that was made or taken away elsewhere', async () => {
    const { id, told, overHttp, call } = await start();

    await overHttp('POST', '/bot/token', { id });
    expect(await told()).toEqual([
      'A new token was made for Weather (ID: 1), not by you in this chat (HTTP, 127.0.0.1).\nIf you did not want that: /revoke 1',
    ]);
    await call('POST', '/bot/revoke', { body: { id } });

    expect((await told()).slice(1)).toEqual([
      'The token of Weather (ID: 1) was revoked, not by you in this chat (CLI). The bot is disabled.\nTo bring it back: /token 1, then /activate 1',
    ]);
  });

  it('is told where messages go now, by host and never by path', async () => {
    const { token, told, overHttp } = await start();

    await overHttp('POST', '/bot/setWebhook', { url: 'https://one.example/secret-path' }, token);
    await overHttp('POST', '/bot/setWebhook', { url: 'https://one.example/other' }, token);

    expect(await told()).toHaveLength(1);
    expect((await told())[0]).toContain('goes to one.example from now on');
    expect((await told()).join()).not.toContain('path');
  });

  it.each([
    ['scope', 'all', 'reads was changed to "all"'],
    ['encrypted', 'true', 'encrypted was changed to "true"'],
    ['allowed_contacts', 'eve@evil.example', 'eve@evil.example'],
    ['allow_plaintext', 'true', 'unencrypted was changed to "true"'],
  ])('is told that %s was set to %s', async (key, value, words) => {
    const { id, told, overHttp } = await start();

    await overHttp('POST', `/bot/settings?id=${id}`, { [key]: value });
    // The same again is no change.
    await overHttp('POST', `/bot/settings?id=${id}`, { [key]: value });

    expect(await told()).toHaveLength(1);
    expect((await told())[0]).toContain(words);
  });

  it('is told no more often than every ten minutes of each kind', async () => {
    const { id, told, overHttp } = await start();

    for (let count = 0; count < 20; count += 1) await overHttp('POST', '/bot/token', { id });

    expect(await told()).toHaveLength(1);
  });

  it('hears nothing more of what was typed there', async () => {
    const { id, told, type } = await start();

    for (const line of [`/token ${id}`, `/scope ${id} all`, `/revoke ${id}`]) await type(line);

    expect(await told()).toHaveLength(3);
    expect((await told()).join()).not.toContain('not by you');
  });

  it('hears nothing of what matters to nobody else', async () => {
    const { id, told, overHttp } = await start();

    await overHttp('POST', `/bot/settings?id=${id}`, { description: 'Tells the weather' });
    await overHttp('POST', '/bot/activate', { id, active: false });

    expect(await told()).toEqual([]);
  });
});
