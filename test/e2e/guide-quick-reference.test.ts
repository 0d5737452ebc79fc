import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { readOutOfBand } from '../../src-main/gateways/xmpp/xep-0066-out-of-band.ts';
import type { OpenApiDocument } from '../../src-main/http/openapi/types.ts';
import { commandsOf, type Filled } from '../support/guide.ts';
import { type GuideStage, guideStage, RALF, USER } from '../support/guide-stage.ts';
import { pictureServer } from '../support/picture-server.ts';
import { receiver } from '../support/receiver.ts';
import { lacks } from '../support/servers/ready.ts';
import { until } from '../support/until.ts';

/** Lines of the script whose route is not there yet. Once it is, this test fails until the line runs. */
const WAITING: Readonly<Record<string, string>> = {
  'Setup Telegram bridge': '/bot/telegram/setup',
  'Check Telegram status': '/bot/telegram/status',
  'Enable/disable Telegram': '/bot/telegram/enable',
  'Send message to Telegram': '/bot/telegram/send',
  'Test Telegram connection': '/bot/telegram/test',
  'Setup AI provider': '/bot/ai/setup',
  'Setup OpenClaw': '/bot/ai/setup',
  'Check AI status': '/bot/ai/status',
  'Enable AI': '/bot/ai/enable',
  'Ask the AI a question': '/bot/ai/ask',
};
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

  it('waits for nothing that is there', async () => {
    const { body } = await stage.engine.call<OpenApiDocument>('GET', '/openapi.json');
    const titles = COMMANDS.map(({ title }) => title);

    const there = Object.entries(WAITING).filter(([, path]) => body.paths[path] !== undefined);
    expect(there, 'take these out of WAITING, and say below what is expected of them').toEqual([]);
    expect(Object.keys(WAITING).filter((title) => !titles.includes(title))).toEqual([]);
    for (const { title, text } of COMMANDS) if (WAITING[title]) expect(text).toContain(WAITING[title]);
  });

  it('runs from the first line to the last', async () => {
    const { engine, user, set, updates, run, heard, reactions } = stage;
    await allowAccounts(stage);
    const hook = await receiver();
    const fileUrl = await pictureServer(onTestFinished, 'image.jpg');
    let filled: Partial<Filled> = { port: engine.port, receiver: hook, fileUrl };
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
      'Delete bot': (body) => expect(body).toMatchObject({ deleted: true, id: filled.id }),
    };

    for (const command of COMMANDS) {
      const { title } = command;
      if (WAITING[title]) continue;
      const answer = await run(command, filled);
      expect(answer.status, `${title}: ${answer.text}`).toBe(200);
      const expectation = expectations[title];
      if (!expectation) throw new Error(`nothing is expected of "${title}"`);
      await expectation(answer.body);
      done.push(title);
    }

    expect(done).toEqual(Object.keys(expectations).filter((title) => !WAITING[title]));
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
