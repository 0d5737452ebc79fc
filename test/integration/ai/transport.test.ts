import { describe, expect, it, onTestFinished } from 'vitest';
import { startAiStub } from '../../support/ai/ai-stub.ts';
import { KEY, problemOf, providerRig } from '../../support/ai/provider-rig.ts';
import { webServer } from '../../support/web-server.ts';

const NOWHERE = { allowLoopback: false, allowPrivate: [], ownPorts: [] };

describe('where providers may be', () => {
  it('is not this machine where only public addresses are fine', async () => {
    const rig = await providerRig('compatible', { policy: NOWHERE });

    const problem = await problemOf(rig.ask());

    expect(problem).toMatchObject({ kind: 'refused-address', message: expect.stringContaining('127.0.0.1') });
    expect(rig.stub.asked).toEqual([]);
  });

  it('is this machine and its network where that origin is allowed', async () => {
    const asked: string[] = [];
    const allowPrivate = (url: URL) => asked.push(url.origin) > 0;
    const rig = await providerRig('ollama', { policy: NOWHERE, deps: { allowPrivate } });

    expect(await rig.ask()).toMatchObject({ finish: 'stop' });
    expect(asked).toEqual([rig.stub.origin]);
  });

  it('is never this program itself, and no metadata service', async () => {
    const deps = { allowPrivate: () => true };
    const ourselves = await providerRig('ollama', { deps });
    const port = ourselves.stub.port;
    const rig = await providerRig('ollama', {
      policy: { ...NOWHERE, ownPorts: [port] },
      settings: { baseUrl: `http://localhost:${port}` },
      deps,
    });
    const metadata = await providerRig('ollama', { settings: { baseUrl: 'http://169.254.169.254' }, deps });
    const web = await providerRig('compatible', { settings: { baseUrl: 'http://192.0.2.1/v1' }, deps });

    for (const one of [rig, metadata, web]) expect((await problemOf(one.ask())).kind).toBe('refused-address');
    expect(ourselves.stub.asked).toEqual([]);
  });

  it.each(['not an address', 'ftp://example.org', 'https://user:secret@example.org/v1', ''])(
    'is no %j',
    async (baseUrl) => {
      const rig = await providerRig('compatible', { settings: { baseUrl } });

      const problem = await problemOf(rig.ask());

      expect(problem.kind).toBe('refused-address');
      expect(problem.message).not.toContain('secret');
    },
  );

  it('is not where a redirect leads: the key stays', async () => {
    const seen: unknown[] = [];
    const elsewhere = await webServer((request, response) => {
      seen.push(request.headers);
      response.end();
    });
    const rig = await providerRig('compatible');
    rig.stub.behaviour.instead = (_asked, _request, response) => {
      response.writeHead(307, { location: `${elsewhere}/v1/chat/completions` }).end();
      return true;
    };

    expect((await problemOf(rig.ask())).kind).toBe('refused-address');
    expect((await problemOf(rig.models())).kind).toBe('refused-address');
    expect(seen).toEqual([]);
  });

  it('is said when nothing is there', async () => {
    const rig = await providerRig('ollama');
    rig.stub.close();

    expect(await problemOf(rig.ask())).toMatchObject({
      kind: 'unreachable',
      message: 'nothing listens there (connection refused)',
    });
  });
});

describe('what goes along', () => {
  it('are the headers of a gateway, over ours, but none of the connection', async () => {
    const headers = {
      'X-Tenant': 'team',
      Authorization: 'Basic Zm9v',
      Host: 'elsewhere',
      'Content-Length': '1',
    };
    const rig = await providerRig('compatible', { key: 'Basic Zm9v', settings: { headers } });

    await rig.ask();
    await rig.models();

    for (const { headers: sent } of rig.stub.asked)
      expect(sent).toMatchObject({
        'x-tenant': 'team',
        authorization: 'Basic Zm9v',
        host: `127.0.0.1:${rig.stub.port}`,
      });
  });

  it('is no header that HTTP cannot carry', async () => {
    const rig = await providerRig('compatible', { settings: { headers: { 'X-Tenant': 'a\r\nb: c' } } });

    expect((await problemOf(rig.ask())).kind).toBe('bad-request');
    expect(rig.stub.asked).toEqual([]);
  });

  it('is no key where there is none, and none of the environment', async () => {
    for (const name of ['OPENAI_API_KEY', 'GROQ_API_KEY', 'ANTHROPIC_API_KEY']) {
      process.env[name] = 'sk-of-the-environment';
      onTestFinished(() => void delete process.env[name]);
    }
    for (const name of ['compatible', 'ollama'] as const) {
      const rig = await providerRig(name, { settings: { apiKey: undefined } });

      expect((await problemOf(rig.ask())).kind).toBe('key');
      expect(rig.stub.asked[0]?.headers.authorization).toBeUndefined();
    }
    for (const name of [
      'openai',
      'groq',
      'claude',
      'gemini',
      'mistral',
      'deepseek',
      'perplexity',
      'openclaw',
    ] as const) {
      const rig = await providerRig(name, { settings: { apiKey: undefined } });

      expect((await problemOf(rig.ask())).kind).toBe('key');
      expect(rig.stub.asked).toEqual([]);
    }
  });

  it('is no key that is none', async () => {
    const rig = await providerRig('groq', { settings: { apiKey: 'gsk_ä\n' } });

    const problem = await problemOf(rig.ask());

    expect(problem.kind).toBe('key');
    expect(problem.message).not.toContain('gsk_');
  });

  it('begins with the user and takes turns, whatever the history is', async () => {
    const rig = await providerRig('perplexity');

    await rig.ask({
      turns: [
        { role: 'assistant', text: 'Left over' },
        { role: 'user', text: 'One' },
        { role: 'user', text: 'Two \ud83d' },
        { role: 'assistant', text: ' ' },
        { role: 'user', text: 'Three' },
      ],
    });

    expect(rig.stub.asked[0]?.turns).toEqual(['user: One\n\nTwo \ufffd\n\nThree']);
  });
});

describe('limits of tokens', () => {
  it.each(['o3-mini', 'openai/o1', 'gpt-5-mini'])('have the name that %s takes', async (model) => {
    const rig = await providerRig('compatible');

    await rig.ask({ model });

    expect(rig.stub.asked[0]?.body).toMatchObject({ max_completion_tokens: 512 });
    expect(rig.stub.asked[0]?.body).not.toHaveProperty('max_tokens');
  });

  it('are taken by models of OpenAI that think', async () => {
    const rig = await providerRig('openai');

    await rig.ask({ model: 'o1' });

    expect(rig.stub.asked[0]).toMatchObject({ body: { max_output_tokens: 512 }, system: 'You are a test.' });
    expect(JSON.stringify(rig.stub.asked[0]?.body)).not.toMatch(/temperature|"max_tokens"/);
  });
});

describe('a base URL', () => {
  it.each([
    ['openai', '/v1/chat/completions'],
    ['compatible', '/v1/chat/completions/'],
    ['groq', '/openai/v1/chat/completions'],
    ['claude', '/v1/messages'],
    ['ollama', '/api/chat'],
    ['ollama', '/v1/'],
    ['openclaw', '/hooks/agent'],
    ['openclaw', '/v1'],
  ] as const)('of %s may be copied with %s', async (name, path) => {
    const stub = await startAiStub({ provider: name, key: KEY });
    const rig = await providerRig(name, { settings: { baseUrl: stub.origin + path } });

    await rig.ask();
    await rig.models();

    expect(stub.questions()).toHaveLength(1);
  });
});
