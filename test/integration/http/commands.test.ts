import { describe, expect, it } from 'vitest';
import { engineWithBot, failure } from '../../support/test-engine.ts';

describe('the commands of a bot', () => {
  it('are replaced as a whole, without their slashes, and told in the order given', async () => {
    const engine = await engineWithBot();
    const { token } = engine;
    const set = (commands: unknown) => engine.call('POST', '/bot/setCommands', { token, body: { commands } });
    const weather = { command: 'weather', description: 'Get weather for a city' };

    const { status, body } = await set([weather, { command: '/news', description: ' Latest ' }]);

    expect({ status, body }).toEqual({ status: 200, body: { ok: true, result: true } });
    const stored = [weather, { command: 'news', description: 'Latest' }];
    expect((await engine.call('GET', '/bot/getCommands', { token })).body).toEqual({
      ok: true,
      result: stored,
    });
    const info = (await engine.call('GET', '/bot/getInfo', { token })).body;
    expect(info).toMatchObject({
      ok: true,
      bot: { id: 1, name: 'Weather', mode: 'personal', status: 'active' },
      commands: stored,
      active_sessions: 0,
    });
    expect(info.result).toEqual({
      bot: info.bot,
      commands: info.commands,
      active_sessions: info.active_sessions,
    });
    expect((await set([])).status).toBe(200);
    expect((await engine.call('GET', '/bot/getCommands', { token })).body.result).toEqual([]);
  });

  it.each([
    [{}, '`commands` is missing'],
    [{ commands: 'weather' }, '`commands` must be a list'],
    [{ commands: [{ description: 'x' }] }, '`commands.0.command` is missing'],
    [{ commands: [{ command: 7 }] }, '`commands.0.command` must be a text'],
    [{ commands: [{ command: 'two words' }] }, '"two words" is not a command name'],
    [{ commands: [{ command: 'Größe' }] }, 'is not a command name'],
    [{ commands: [{ command: 'x'.repeat(33) }] }, 'is not a command name'],
    [{ commands: [{ command: '' }] }, 'is not a command name'],
    [{ commands: [{ command: 'a' }, { command: '/a' }] }, 'twice'],
    [
      { commands: Array.from({ length: 101 }, (_, index) => ({ command: `c${index}` })) },
      'at most 100 commands',
    ],
  ])('are refused whole: %#', async (body, words) => {
    const engine = await engineWithBot();
    const { token } = engine;

    const answer = await engine.call('POST', '/bot/setCommands', { token, body });

    expect(answer).toMatchObject(failure(400, 'bad_request'));
    expect(answer.body.description).toContain(words);
    expect((await engine.call('GET', '/bot/getCommands', { token })).body.result).toEqual([]);
  });

  it.each(['/bot/getMe', '/bot/getInfo', '/bot/getCommands'])(
    '%s is for the program of a bot that is on',
    async (path) => {
      const engine = await engineWithBot();
      const get = () => engine.call('GET', path, { token: engine.token });
      expect((await get()).status).toBe(200);

      await engine.call('POST', '/bot/activate', { body: { id: 1, active: false } });
      expect(await get()).toMatchObject(failure(403, 'bot_disabled'));
      await engine.call('POST', '/bot/revoke', { body: { id: 1 } });
      expect(await get()).toMatchObject(failure(401, 'unauthorized'));
      expect(await engine.call('GET', path)).toMatchObject(failure(401, 'unauthorized'));
      expect(await engine.call('DELETE', path, { token: engine.token })).toMatchObject(
        failure(405, 'method_not_allowed'),
      );
    },
  );
});
