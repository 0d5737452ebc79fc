import { describe, expect, it, onTestFinished } from 'vitest';
import { createLogger } from '../../../src-main/base/logger.ts';
import { publicDoor } from '../../support/public-door.ts';
import { aBot, signIn, testEngine } from '../../support/test-engine.ts';
import { until } from '../../support/until.ts';

const PASSWORD = 'correct-horse-battery';
const GIVEN_SECRET = `whsec_${Buffer.alloc(32, 7).toString('base64')}`;
const TYPED = `bm_${'5e'.repeat(32)}`;
const TEXT = 'a sentence that nobody else may read';

describe('a run with everything that is secret in it', () => {
  it('leaves none of it in the log, in the audit log or in a refusal', async () => {
    const lines: string[] = [];
    const logger = createLogger('trace', { write: (line) => void lines.push(line) });
    const engine = await testEngine(onTestFinished, logger);
    const door = await publicDoor(engine);
    const said: string[] = [];
    const ask = async (method: string, path: string, authorization: string, body?: unknown) => {
      const headers = { host: `localhost:${door.port}`, authorization };
      const answer = await door.ask(method, path, body === undefined ? { headers } : { headers, body });
      if (answer.status >= 400) said.push(answer.text);
      return answer;
    };

    await signIn(engine);
    await engine.call('POST', '/api/v1/accounts', {
      body: { jid: 'me@localhost', password: PASSWORD, verify: false },
    });
    const { id, token } = await aBot(engine);
    const admin = engine.engine.adminToken.show();
    const bot = `Bearer ${token}`;
    const hook = await ask('POST', '/bot/setWebhook', bot, { url: 'https://hooks.example.org/in' });
    const { secret } = JSON.parse(hook.text) as { secret: string };
    await ask('POST', '/bot/setWebhook', bot, { url: 'https://hooks.example.org/in', secret: GIVEN_SECRET });
    await ask('POST', '/bot/setWebhook', bot, { url: `https://you:${PASSWORD}@10.0.0.1/${TYPED}` });
    await ask('POST', '/bot/sendMessage', bot, { to: 'not an address', text: TEXT });
    await ask('POST', '/bot/sendMessage', bot, { to: 'friend@localhost', text: TEXT });
    for (const path of [`/bot${TYPED}/getMe`, `/bot/getMe?token=${TYPED}`, `/${TYPED}/`, `/bot/%zz${TYPED}`])
      for (const credential of [bot, `Bearer ${admin}`, `Bearer ${TYPED}`, `Basic ${btoa(PASSWORD)}`])
        await ask('GET', path, credential);
    const settings = { ejabberd_admin_jid: 'admin@localhost', ejabberd_admin_password: PASSWORD };
    await engine.call('POST', '/bot/settings', { body: settings });
    await engine.call('POST', '/bot/ejabberd/test', {
      body: {
        api_url: 'http://127.0.0.1:9/api',
        host: 'localhost',
        admin_jid: 'admin@localhost',
        admin_password: PASSWORD,
      },
    });
    const { body: renewed } = await engine.call('POST', '/bot/token', { body: { id, overlap_s: 60 } });
    // What is a defect, and what others said, is logged with its words.
    logger.error(new Error(`the server said ${token} and ${secret}`));
    logger.warn({ reason: `https://host/?token=${TYPED}`, deep: { er: { password: PASSWORD } } }, 'odd');
    const { error } = await engine.engine.store
      .write(async () => {
        throw new Error(`no room for Bearer ${admin}`);
      })
      .then(
        () => ({ error: undefined }),
        (error: unknown) => ({ error }),
      );
    logger.error({ err: error }, 'a unit failed');

    const audit = async () => JSON.stringify((await engine.call('GET', '/bot/audit?limit=500')).body);
    await until('the refusals to be noted', async () => (await audit()).includes('address.refused'));
    const everything = [...lines, ...said, await audit()].join('\n');
    expect(lines.length).toBeGreaterThan(2);
    for (const one of [
      token,
      String(renewed.token),
      admin,
      secret,
      GIVEN_SECRET,
      TYPED,
      PASSWORD,
      btoa(PASSWORD),
      TEXT,
      engine.privateToken,
    ]) {
      // Without the mark that says what it was.
      expect(everything).not.toContain(one.replace(/^(bma?_|whsec_)/, ''));
    }
  });
});
