import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { readOutOfBand } from '../../src-main/gateways/xmpp/xep-0066-out-of-band.ts';
import { startAiStub } from '../support/ai/ai-stub.ts';
import { commandsOf, type Filled } from '../support/guide.ts';
import { type GuideStage, guideStage, guideTelegram, RALF, USER } from '../support/guide-stage.ts';
import { pictureServer } from '../support/picture-server.ts';
import { receiver } from '../support/receiver.ts';
import { lacks } from '../support/servers/ready.ts';
import { until } from '../support/until.ts';

const COMMANDS = commandsOf('8.10-quick-reference.sh');

describe.skipIf(lacks('server', 'guide'))("the guide's script of 8.10", () => {
  let stage: GuideStage;
  const closings: (() => Promise<void> | void)[] = [];
  beforeAll(async () => {
    stage = await guideStage((close) => void closings.push(close));
  });
  afterAll(async () => {
    for (const close of closings.reverse()) await close();
  });

  it('runs from the first line to the last', async () => {
    const { engine, user, set, updates, run, heard, reactions } = stage;
    await allowAccounts(stage);
    const hook = await receiver();
    const fileUrl = await pictureServer(onTestFinished, 'image.jpg');
    const groq = await startAiStub({ provider: 'groq', key: 'gsk_abc' });
    const openclaw = await startAiStub({ provider: 'openclaw', key: 'oc_token' });
    const providers = { groqUrl: groq.baseUrl, openclawUrl: openclaw.baseUrl };
    const { telegram, chat } = await guideTelegram(stage);
    let filled: Partial<Filled> = { port: engine.port, receiver: hook, fileUrl, telegram, ...providers };
    const done: string[] = [];
    const expectations: Record<string, (body: Record<string, unknown>) => void | Promise<void>> = {
      'Check server health': (body) => expect(body.status).toBe('ok'),
      'Create a personal bot': async (body) => {
        const [id, token] = [Number(body.id), String(body.token)];
        filled = { ...filled, id, token };
        await set(id, 'direct');
        await user.say(RALF, 'hi there');
        const [update] = await updates(token, 1);
        filled = {
          ...filled,
          messageId: update?.data.stanza_id ?? '',
          lastUpdateId: update?.update_id ?? 0,
        };
      },
      'Create a dedicated bot (requires ejabberd)': async (body) => {
        expect(body).toMatchObject({
          name: 'SupportBot',
          mode: 'dedicated',
          jid: expect.stringMatching(/@chat\.example\.com$/),
          token: expect.stringMatching(/^bm_/),
        });
        await engine.call('POST', '/bot/delete', { body: { id: body.id } });
      },
      'List all bots': (body) =>
        expect(body.bots).toContainEqual(expect.objectContaining({ id: filled.id, token: filled.token })),
      'Send a message': async (body) => {
        await heard(user, 'Hello from the API!');
        expect(user.ids()).toContain(body.message_id);
      },
      'Send a file': async (body) => {
        await heard(user, 'Look!');
        expect(user.ids()).toEqual(expect.arrayContaining([body.message_id, body.caption_message_id]));
        expect(user.stanzas().flatMap(readOutOfBand)).toMatchObject([
          { url: expect.stringMatching(/\/image\.jpg/) },
        ]);
      },
      'Send a reaction': async (body) => {
        expect(body).toEqual({ ok: true, result: true });
        await until('the reaction', () => reactions(user).length > 0);
        expect(reactions(user)).toEqual([{ id: filled.messageId, emoji: '👍' }]);
      },
      'Get incoming messages (polling)': (body) =>
        expect(body.result).toMatchObject([{ type: 'message', data: { from: USER, body: 'hi there' } }]),
      'Acknowledge and get next': (body) => expect(body).toEqual({ ok: true, result: [] }),
      'Set webhook': (body) =>
        expect(body).toMatchObject({ webhook_url: hook.url, secret: expect.stringMatching(/^whsec_/) }),
      'Delete webhook': (body) => expect(body).toEqual({ ok: true, result: true }),
      'Join a MUC room': (body) => expect(body).toEqual({ ok: true, result: true }),
      'Leave a room': (body) => expect(body).toEqual({ ok: true, result: true }),
      'Register bot commands': (body) => expect(body).toEqual({ ok: true, result: true }),
      'Get registered commands': (body) =>
        expect(body.result).toEqual(
          [
            { command: 'help', description: 'Show help' },
            { command: 'weather', description: 'Get weather info' },
          ].map((command) => expect.objectContaining({ command: command.command })),
        ),
      'Get bot info': (body) =>
        expect(body.result).toMatchObject({ id: filled.id, name: 'MyBot', status: 'active' }),
      'Get extended info': (body) =>
        expect(body.result).toMatchObject({
          bot: { id: filled.id },
          commands: [{ command: 'help' }, { command: 'weather' }],
          active_sessions: expect.any(Number),
        }),
      'Regenerate token': (body) => {
        expect(body).toMatchObject({ id: filled.id, token: expect.stringMatching(/^bm_/) });
        expect(body.token).not.toBe(filled.token);
      },
      'Revoke token': (body) =>
        expect(body).toMatchObject({ id: filled.id, revoked: true, status: 'disabled' }),
      'Activate bot': (body) => expect(body).toMatchObject({ id: filled.id, status: 'active' }),
      'Deactivate bot': (body) => expect(body).toMatchObject({ id: filled.id, status: 'disabled' }),
      'Delete bot': async (body) => {
        expect(body).toMatchObject({ deleted: true, id: filled.id });
        // What follows needs another one.
        filled = { ...filled, ...(await stage.aBot('Clever')) };
      },
      'Setup Telegram bridge': (body) =>
        expect(body).toMatchObject({ configured: true, chat_id: telegram.chatId, mode: 'bridge' }),
      'Check Telegram status': (body) =>
        expect(body).toMatchObject({
          enabled: true,
          configured: true,
          chat_id: telegram.chatId,
          mode: 'bridge',
        }),
      'Enable/disable Telegram': (body) => expect(body).toMatchObject({ enabled: true }),
      'Send message to Telegram': async (body) => {
        expect(body).toMatchObject({ sent: true });
        await until('the text at Telegram', () => chat.botTexts().includes('[XMPP] API:\nHello Telegram!'));
      },
      'Test Telegram connection': (body) =>
        expect(body).toMatchObject({ connected: true, info: expect.stringContaining('(@mybot_bot)') }),
      'Setup AI provider': (body) =>
        expect(body).toMatchObject({ configured: true, provider: 'groq', model: 'llama-3.3-70b-versatile' }),
      'Setup OpenClaw': (body) =>
        expect(body).toMatchObject({ configured: true, provider: 'openclaw', model: 'agent' }),
      'Check AI status': (body) =>
        expect(body).toMatchObject({
          enabled: true,
          configured: true,
          type: 'openclaw',
          model: 'agent',
          endpoint: expect.stringContaining(openclaw.origin),
        }),
      'Enable AI': (body) => expect(body).toMatchObject({ enabled: true }),
      'Ask the AI a question': (body) =>
        expect(body).toMatchObject({ response: expect.stringMatching(/\S/), run_id: openclaw.runId }),
    };

    for (const command of COMMANDS) {
      const { title } = command;
      const answer = await run(command, filled);
      expect(answer.status, `${title}: ${answer.text}`).toBe(200);
      const expectation = expectations[title];
      if (!expectation) throw new Error(`nothing is expected of "${title}"`);
      await expectation(answer.body);
      done.push(title);
    }

    expect(done).toEqual(Object.keys(expectations));
  });
});

/** The guide's reader has set ejabberd's admin API before. */
async function allowAccounts({ engine, server }: GuideStage): Promise<void> {
  const { status } = await engine.call('POST', '/bot/ejabberd/settings', {
    body: {
      api_url: server.apiUrl,
      host: 'chat.example.com',
      admin_jid: server.provisionerJid,
      admin_password: server.provisionerPassword,
      service: server.service,
      ca: readFileSync(server.caFile, 'utf8'),
    },
  });
  expect(status).toBe(200);
}
