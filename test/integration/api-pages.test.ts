import { execFile, spawn } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { parse } from 'ltx';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { CALLS, FORMS } from '../../src-main/commands/api/calls.ts';
import { apiPages } from '../../src-main/commands/api/pages.ts';
import { serverPages } from '../../src-main/commands/api/server-pages.ts';
import type { Session } from '../../src-main/gateways/xmpp/session.ts';
import { NS_QUICK_RESPONSE } from '../../src-main/gateways/xmpp/xep-0439-quick-response.ts';
import { bareJid } from '../../src-shared/jid.ts';
import { accountMaker, aDedicatedBot } from '../support/account-maker.ts';
import { menuChat } from '../support/menu-chat.ts';
import { publicApi } from '../support/public-api.ts';
import { aBot, signIn } from '../support/test-engine.ts';
import { typedChat } from '../support/typed-chat.ts';
import { until } from '../support/until.ts';

const run = promisify(execFile);
const PAGES = [...Object.keys(CALLS), 'examples'];

/** An engine whose account seems to be online, and its self-chat with a bot. */
async function start(settings: Record<string, unknown> = {}) {
  const api = await publicApi(settings);
  await signIn(api);
  const { engine, dataDir } = api;
  const account = await engine.accounts.known(bareJid('you@localhost'));
  const session = { state: 'online', awaySinceMs: undefined, reason: undefined, send: async () => undefined };
  vi.spyOn(engine.sessions, 'of').mockReturnValue(session as unknown as Session);
  vi.spyOn(engine.sessions, 'accountOf').mockReturnValue(account);
  const { id, token } = await aBot(api);
  const { type, stanzas } = await typedChat(api);
  const folder = join(dataDir, 'api-tls');
  return {
    api,
    id,
    token,
    type,
    stanzas,
    account,
    /** Runs a line as somebody at a shell would, where the certificate is. */
    async shell(line: string): Promise<{ status: string; answer: Record<string, unknown> }> {
      const admin = engine.adminToken.show();
      const now = (await engine.tokens.of(id as never)) ?? '';
      const typed = line.replaceAll('<ADMIN_TOKEN>', admin).replaceAll('<TOKEN>', now);
      const options = settings.api_mode === 'network' ? { cwd: folder } : {};
      const { stdout } = await run('bash', ['-c', `${typed} -sS -w '\\n%{http_code}'`], options);
      const [, text = '', status = ''] = /^([\s\S]*)\n(\d+)$/.exec(stdout) ?? [];
      return { status, answer: JSON.parse(text) };
    },
    folder,
  };
}

describe.each([
  ['local', {}],
  ['network', { api_mode: 'network' }],
  ['local, with admin tokens', { admin_auth: 'required' }],
] as const)('the lines that /api shows in %s mode', (_name, settings) => {
  it.each(PAGES)('%s run as they are printed, with nothing but the token filled in', async (page) => {
    const { type, shell } = await start(settings);
    const text = await type(`/api ${page}`);
    const lines = text.split('\n').filter((line) => line.startsWith('curl '));

    expect(lines.length).toBeGreaterThan(0);
    for (const line of lines) {
      const { status, answer } = await shell(line);
      expect([line, status, answer]).toEqual([line, '200', expect.anything()]);
    }
  });
});

describe('the pages of /api', () => {
  it('name only routes that there are', async () => {
    const { api } = await start();
    const document = (await api.app.inject('/openapi.json')).json() as { paths: Record<string, object> };
    const calls = Object.values(CALLS).flatMap((make) => [
      ...make({ id: 1 as never, owner: bareJid('you@localhost') }),
    ]);

    for (const { method, path } of [...calls, ...FORMS]) {
      const known = Object.keys(document.paths[`/bot/${path.split('?')[0]}`] ?? {});
      expect([path, known]).toEqual([path, expect.arrayContaining([method.toLowerCase()])]);
    }
  });

  it('have a bot in Python that works', async () => {
    const { api, type, token, id, account, folder } = await start({ api_mode: 'network' });
    const { outbox, store, updates } = api.engine;
    const text = await type('/api beispiele');
    const program = /^import json[\s\S]*?\n(?=\S*─)/m.exec(text)?.[0].replace('<TOKEN>', token) ?? '';

    const python = spawn('python3', ['-c', program], { cwd: folder, stdio: 'ignore' });
    onTestFinished(() => void python.kill());
    const data = { from: 'friend@localhost', to: 'you@localhost', body: 'hello', type: 'chat' };
    await store.write((tx) =>
      updates.queue(tx, id as never, { type: 'message', conversation: 'friend@localhost', data }),
    );

    await until('its answer', async () =>
      (await outbox.waiting(account.id, 0, 100)).some(
        ({ stanza }) => parse(stanza).getChildText('body') === 'You said: hello',
      ),
    );
  });

  it('show where the API is, whose token it is, and no token', async () => {
    const { api, type, token, id } = await start();
    const mask = `${token.slice(0, 7)}…${token.slice(-4)}`;

    const overview = await type('/api');
    expect(overview.split('\n').slice(2, 8)).toEqual([
      `Base URL: http://localhost:${api.port}/bot/`,
      'Reached from: this machine only (local mode, http)',
      'Bot: Weather',
      `ID: ${id}`,
      'JID: you@localhost (your own)',
      `Token: ${mask}`,
    ]);
    for (const { name } of apiPages) expect(await type(`/api ${name}`)).not.toContain(token);
    expect(await type('/api auth')).toContain(`Token of this bot: ${mask}`);
    await type(`/revoke ${id}`);
    await type(`/activate ${id}`);
    expect(await type('/api auth')).toContain(`Token of this bot: none (make one: /token ${id})`);
  });

  it('show how clients recognise a server that nobody vouches for', async () => {
    const { api, type } = await start({ api_mode: 'network' });
    const { api_url: url, api_certificate: certificate } = await api.status();

    for (const page of ['', ...PAGES]) {
      const text = await type(`/api ${page}`);
      expect(text).toContain(`SHA-256: ${certificate?.fingerprint}`);
      expect(text).toContain(url);
    }
  });

  it('show how the webhook is doing, without a secret that its address may hold', async () => {
    const { api, type, token, id } = await start();
    expect(await type('/api webhooks')).toContain('Webhook: off');
    const body = { url: 'https://bots.example.org/hidden/T0/B0?key=hidden' };
    const { body: set } = await api.call('POST', '/bot/setWebhook', { token, body });

    const text = await type('/api webhook');

    expect(text).toContain('Webhook: https://bots.example.org/… (active)');
    expect(text).not.toContain('hidden');
    expect(text).not.toContain(String(set.secret));
    expect(await type(`/status ${id}`)).toContain('Webhook: https://bots.example.org/… (active)');
    // Who holds the token set it.
    const { body: info } = await api.call('GET', '/bot/getWebhookInfo', { token });
    expect(info.result).toMatchObject({ url: body.url });
  });

  it('answer to every name, in both languages and in both chats alike', async () => {
    const { api, type } = await start();
    accountMaker(api);
    const { jid } = await aDedicatedBot(api);
    const bot = await menuChat(api, jid);
    const first = (text: string) => text.split('\n')[0];

    for (const language of ['en', 'de'] as const) {
      await api.engine.accounts.setLanguage(bareJid('you@localhost'), language, {
        actor: 'admin',
        from: 'test',
      });
      for (const { name, aliases } of apiPages) {
        const title = first(await type(`/api ${name}`));
        for (const word of [name.toUpperCase(), ...aliases]) {
          expect([word, first(await type(`/api ${word}`))]).toEqual([word, title]);
          expect([word, first(await bot.type(`/api ${word}`))]).toEqual([word, title]);
        }
      }
      for (const { name, aliases } of serverPages.filter(({ usage }) => usage)) {
        for (const word of [name, ...aliases]) {
          expect(await bot.type(`/api server ${word}`)).toBe(await type(`/api server ${name}`));
        }
      }
    }
    expect(await type('/api nichts')).toMatch(/^Es gibt keine Seite „nichts“\.\nHTTP-API\n/);
  });

  it('say what to do where there is no bot', async () => {
    const api = await publicApi();
    await signIn(api);
    const { type } = await typedChat(api);

    expect(await type('/api')).toContain('No bot is selected. Make one with /newbot <name>');
    expect(await type('/api messages')).toMatch(/^No bot is selected\./);
    expect(await type('/api server')).toContain('Mode: local');
    expect(await type('/info')).toContain('goes to no bot');
  });
});

describe('menus in the chat with oneself', () => {
  it('offer buttons, links and numbers for the same', async () => {
    const { type, stanzas } = await start();

    const text = await type('/api');

    const responses = (await stanzas()).at(-1)?.getChildren('response', NS_QUICK_RESPONSE) ?? [];
    expect(responses.map(({ attrs }) => attrs.value)).toEqual(apiPages.map(({ name }) => `/api ${name}`));
    responses.forEach(({ attrs }, index) => {
      const uri = `xmpp:you@localhost?message;body=${encodeURIComponent(attrs.value)}`;
      expect(text).toContain(`${index + 1}. ${attrs.value} - ${attrs.label}\n   ${uri}\n`);
    });
  });

  it('are chosen from by number, and only while they stand last', async () => {
    const { api, type, token } = await start();

    await type('/api');
    expect(await type('7')).toMatch(/^Server settings/);
    expect(await type('1')).toMatch(/^State of the API server\n/);
    expect(await type('1')).toMatch(/^Server settings/);
    expect(await type('99')).toBe('');
    expect(await type('1')).toBe('');
    await type('/api server network');
    expect(await type('1')).toBe('');
    expect(api.engine.settings.get('api_mode')).toBe('local');
    const updates = (await api.call('GET', '/bot/getUpdates', { token })).body.result as {
      data: { body: string };
    }[];
    expect(updates.map(({ data }) => data.body)).toEqual(['99', '1', '1']);
  });

  it('have buttons under /help for all that needs nothing more', async () => {
    const { type, stanzas } = await start();

    const text = await type('/help');

    const responses = (await stanzas()).at(-1)?.getChildren('response', NS_QUICK_RESPONSE) ?? [];
    const values = responses.map(({ attrs }) => String(attrs.value));
    expect(values).toEqual(['/mybots', '/status', '/info', '/ki', '/telegram', '/api', '/clear', '/omemo']);
    const choices = responses.map(({ attrs: { value, label } }, index) => {
      const uri = `xmpp:you@localhost?message;body=${encodeURIComponent(value)}`;
      return `${index + 1}. ${value} - ${label}\n   ${uri}`;
    });
    expect(text.split('─'.repeat(20)).slice(1)).toEqual([
      `\n${choices.join('\n')}\n`,
      '\nType a number alone, follow a link, or write the command.',
    ]);
    expect(await type('2')).toMatch(/^Botmother status\n/);
  });

  it('are led to from /hilfe and /menü, in German too, where a form has no numbers', async () => {
    const { api, type } = await start();
    await api.call('PUT', '/api/v1/settings/language', { body: { value: 'de' } });

    const text = await type('/hilfe');

    expect(text).toContain(
      '\n1. /mybots - Deine Bots mit ihrem Status zeigen\n   xmpp:you@localhost?message;body=',
    );
    expect(text).toContain('Tipp nur die Nummer');
    for (const name of ['/menu', '/menü', '/help']) expect(await type(name)).toBe(text);
    expect(await type('6')).toMatch(/^HTTP-API/);
  });

  it('let a question be answered with its button', async () => {
    const { type, stanzas, id } = await start();

    await type(`/deletebot ${id}`);

    const [yes] = (await stanzas()).at(-1)?.getChildren('response', NS_QUICK_RESPONSE) ?? [];
    expect(yes?.attrs).toMatchObject({ value: `/deletebot ${id} yes`, label: 'Yes, do it' });
    expect(await type(String(yes?.attrs.value))).toContain('deleted');
  });

  it('show the selected bot with /info, and what /clear would clear', async () => {
    const { type, id } = await start();

    expect((await type('/info')).split('\n')).toEqual([
      'Bot: Weather',
      `ID: ${id}`,
      'JID: you@localhost (your own)',
      'Mode: personal',
      'Status: active',
      'State: online',
      'AI: not set up',
      'Telegram: not set up',
    ]);
    expect(await type('/leeren')).toContain('To do it: /clear yes');
  });
});
