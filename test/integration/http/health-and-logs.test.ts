import { request } from 'node:http';
import { Writable } from 'node:stream';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createLogger } from '../../../src-main/base/logger.ts';
import { openDoor } from '../../../src-main/http/door.ts';
import type { HealthFinding } from '../../../src-shared/api/health.ts';
import { failure, signIn, testEngine } from '../../support/test-engine.ts';
import { until } from '../../support/until.ts';

describe('/api/v1/health', () => {
  it('says in the language that is asked for what is wrong, and what to do', async () => {
    const engine = await testEngine();
    const report = async (query = '', headers = {}) => {
      const { body } = await engine.call('GET', `/api/v1/health${query}`, { headers });
      return body.result as { worst: string; findings: HealthFinding[] };
    };
    const nobody = { code: 'account.none', level: 'error', fix: { action: 'sign-in' } };

    expect(await report()).toMatchObject({
      worst: 'error',
      findings: expect.arrayContaining([expect.objectContaining({ title: 'Nobody is signed in' })]),
    });
    const german = await report('?lang=de');
    expect(german.findings.find(({ code }) => code === 'account.none')).toMatchObject({
      ...nobody,
      title: 'Niemand ist angemeldet',
    });
    expect(await report('', { 'accept-language': 'de-AT' })).toEqual(german);
    expect(await engine.call('GET', '/api/v1/health?lang=fr')).toMatchObject(failure(400, 'bad_request'));

    await signIn(engine);
    expect((await report()).findings.map(({ code }) => code)).not.toContain('account.none');
    await engine.call('PUT', '/api/v1/settings/bot_features_enabled', { body: { value: false } });
    expect((await report()).findings).toContainEqual(
      expect.objectContaining({
        code: 'bots.off',
        fix: expect.objectContaining({ action: 'switch-on-bots' }),
      }),
    );
  });
});

describe('/api/v1/logs', () => {
  const quiet = () => new Writable({ write: (_chunk, _encoding, done) => done() });

  it('shows the last lines from a level on, without secrets', async () => {
    const logger = createLogger('debug', quiet());
    const engine = await testEngine(onTestFinished, logger);
    logger.debug('fine');
    logger.warn({ token: 'bm_0123456789abcdef', botId: 3 }, 'careful: bm_0123456789abcdef0123');
    logger.error({ err: new Error('broken') }, 'it failed');

    const { body } = await engine.call('GET', '/api/v1/logs?level=warn&limit=2');
    expect(body.result).toMatchObject([
      {
        level: 'warn',
        message: 'careful: bm_[hidden]',
        time: expect.any(Number),
        details: { token: '[hidden]', botId: 3 },
      },
      { level: 'error', message: 'it failed', details: { err: { message: 'broken' } } },
    ]);
    expect(((await engine.call('GET', '/api/v1/logs')).body.result as unknown[]).length).toBeGreaterThan(2);
    expect(await engine.call('GET', '/api/v1/logs?level=loud')).toMatchObject(failure(400, 'bad_request'));
  });

  it('keeps a thousand lines', async () => {
    const logger = createLogger('info', quiet());
    const engine = await testEngine(onTestFinished, logger);
    for (let number = 0; number < 3_500; number += 1) logger.info(`line ${number}`);

    const lines = (await engine.call('GET', '/api/v1/logs')).body.result as { message: string }[];
    expect(lines).toHaveLength(1_000);
    expect(lines.at(-1)?.message).toBe('line 3499');
  });

  it('goes on as lines are written', async () => {
    const logger = createLogger('info', quiet());
    const engine = await testEngine(onTestFinished, logger);
    const door = await openDoor(engine.app, 'private', { host: '127.0.0.1', port: 0 });
    onTestFinished(() => door.close());
    let text = '';
    const asked = request({
      port: door.port,
      path: '/api/v1/logs/events?level=warn',
      headers: { authorization: `Bearer ${engine.privateToken}` },
    });
    asked.on('response', (response) => response.on('data', (chunk) => (text += String(chunk))));
    asked.end();
    onTestFinished(() => void asked.destroy());
    await until('the stream is open', () => text.includes('connected'));

    logger.info('nothing to see');
    logger.warn('look');
    await until('the line', () => text.includes('"message":"look"'));
    expect(text).not.toContain('nothing to see');
  });
});
