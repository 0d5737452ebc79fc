import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { startAiStub } from '../../support/ai/ai-stub.ts';
import { BOTH_WAYS, cliOnFolder, withStdin } from '../../support/cli.ts';

const KEY = 'gsk_abc123mykey-0123456789';

function withKey(key: string): void {
  vi.stubEnv('BOTMOTHER_AI_KEY', key);
  onTestFinished(() => void vi.unstubAllEnvs());
}

describe.each(BOTH_WAYS)('botmother ai, %s', (_name, open) => {
  it('sets it up, asks, and shows what was used', async () => {
    const { run } = await open();
    const groq = await startAiStub({ provider: 'groq', key: KEY, models: ['llama-a', 'llama-b'] });
    groq.always({ text: 'It is going to rain.' });
    await run('bot', 'create', 'Weather', '--account', 'you@localhost');
    expect((await run('ai', 'status', '1')).out).toContain('AI: not set up.');

    withKey(KEY);
    const set = await run('ai', 'setup', '1', 'groq', 'llama-a', '--url', groq.baseUrl);
    expect(set).toMatchObject({ status: 0, err: '' });
    expect(set.out).toContain('AI configured!\nAI: active\nProvider: groq\nModel: llama-a\n');
    expect(set.out).toContain('Key: gsk…6789');
    expect((await run('ai', 'model', '1')).out).toBe('* llama-a\n  llama-b\n');
    expect((await run('ai', 'model', '1', 'llama-b')).out).toBe('Model: llama-b\n');
    expect((await run('ai', 'system', '1', 'Be brief.')).out).toBe('Be brief.\n');
    expect(await run('ai', 'ask', '1', 'Will it rain?')).toMatchObject({
      status: 0,
      out: 'It is going to rain.\n',
    });
    expect(groq.questions()).toMatchObject([
      { question: 'Will it rain?', system: 'Be brief.', model: 'llama-b' },
    ]);
    expect((await run('ai', 'usage', '1')).out).toMatch(/^Today: \d+ of 500 answers, /);
    expect((await run('ai', 'clear', '1')).out).toBe('Forgotten conversations: 0\n');
    expect((await run('ai', 'system', '1', '--usual')).out).toBe('You are a helpful assistant.\n');
    expect((await run('ai', 'off', '1')).out).toContain('AI: off\n');
    expect((await run('ai', 'on', '1')).out).toContain('AI: active\n');
    expect((await run('ai', 'stop', '1')).out).toBe('Questions ended: 0\n');
    expect(await run('ai', 'forget', '1')).toMatchObject({
      status: 2,
      err: expect.stringContaining('add --yes'),
    });
    expect((await run('ai', 'forget', '1', '--yes')).out).toBe('The AI of this bot is forgotten.\n');
    expect((await run('ai', 'status', '1')).out).toContain('AI: not set up.');
  });

  it('says at once that the provider refuses the key, or cannot be reached', async () => {
    const { run } = await open();
    const groq = await startAiStub({ provider: 'groq', key: KEY });
    await run('bot', 'create', 'Weather', '--account', 'you@localhost');
    withKey('gsk_wrong_key_0123456789');
    const set = await run('ai', 'setup', '1', 'groq', 'llama-a', '--url', groq.baseUrl);
    expect(set.out).toContain('Warning: The AI does not accept the key. Check it, or give a new one.\n');
    groq.close();
    const model = await run('ai', 'model', '1', 'llama-b');
    expect(model.out).toContain(
      'Model: llama-b\nWarning: The provider (Groq) could not be reached just now: ',
    );
  });

  it('names models to begin with where a provider tells of none', async () => {
    const { run } = await open();
    const perplexity = await startAiStub({ provider: 'perplexity', key: KEY });
    await run('bot', 'create', 'Weather', '--account', 'you@localhost');
    withKey(KEY);
    await run('ai', 'setup', '1', 'perplexity', 'sonar', '--url', perplexity.baseUrl);
    expect((await run('ai', 'model', '1')).out).toBe(
      'Perplexity does not tell which models it has. For example: sonar, sonar-pro\n* sonar\n',
    );
  });

  it('takes the key from stdin, and says in one line what is refused', async () => {
    const { run } = await open();
    const groq = await startAiStub({ provider: 'groq', key: KEY, models: ['llama-a'] });
    await run('bot', 'create', 'Weather', '--account', 'you@localhost');
    withStdin(`${KEY}\n`);
    const url = ['--url', groq.baseUrl];
    expect(await run('ai', 'setup', '1', 'groq', 'llama-a', '--key-stdin', ...url)).toMatchObject({
      status: 0,
    });
    const unknown = await run('ai', 'model', '1', 'llama-x');
    expect(unknown).toMatchObject({ status: 1, err: expect.stringContaining('llama-x') });
    expect(unknown.err.trim().split('\n')).toHaveLength(1);
    groq.always({ status: 401 });
    expect(await run('ai', 'ask', '1', 'hello')).toMatchObject({
      status: 1,
      err: expect.stringContaining('does not accept the key'),
    });
    expect((await run('ai', 'status', '1')).out).toContain('Model: llama-a\n');
  });
});

describe('botmother ai', () => {
  it.each([
    [['status'], 2, 'ai status ID'],
    [['status', 'x'], 2, 'The ID is a whole number'],
    [['status', '7'], 1, 'There is no bot with ID 7'],
    [['setup', '1', 'grok', 'x'], 2, '"grok" is not a provider. Use openai, '],
    [['setup', '1', 'groq', 'x'], 2, 'Give it on stdin (--key-stdin) or in BOTMOTHER_AI_KEY.'],
    [['on', '1'], 1, 'The AI of this bot is not set up.'],
    [['ask', '1', 'hello'], 1, 'The AI of this bot is not set up.'],
    [['ask', '1'], 2, 'Give the question, or --stdin.'],
    [['system', '1', 'text', '--usual'], 2, 'Give the text, --stdin or --usual.'],
    [['usage', '1', '--days', '400'], 1, '`days`'],
  ])('refuses %j', async (argv, status, words) => {
    const { run } = await cliOnFolder();
    await run('bot', 'create', 'Weather', '--account', 'you@localhost');
    withStdin('');
    expect(await run('ai', ...argv)).toMatchObject({ status, err: expect.stringContaining(words) });
  });
});
