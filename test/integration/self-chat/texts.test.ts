import { describe, expect, it } from 'vitest';
import { carbon, message, startSelfChat, updatesOf } from '../../support/self-chat.ts';
import { aBot } from '../../support/test-engine.ts';

describe('a text in the self-chat', () => {
  it('goes to the newest active bot, once', async () => {
    const { engine, chat } = await startSelfChat();
    const [older, newer] = [await aBot(engine, 'Older'), await aBot(engine, 'Newer')];
    const direct = message({ text: 'hello' });

    await chat.hear(direct, carbon(direct));
    await chat.settled();

    expect(await updatesOf(engine, older.token)).toEqual([]);
    expect(await updatesOf(engine, newer.token)).toEqual([
      {
        from: 'you@localhost',
        to: 'you@localhost',
        body: 'hello',
        type: 'chat',
        stanza_id: 'm1',
        timestamp: Math.floor(chat.clock.now() / 1_000),
        id: 'm1',
        resource: 'phone',
      },
    ]);
  });

  it('with a slash that is no built-in goes to the bot that takes it, and a mistyped built-in to none', async () => {
    const { engine, chat } = await startSelfChat();
    const older = await aBot(engine, 'Weather');
    const newer = await aBot(engine, 'Other');
    const body = { commands: [{ command: 'weather', description: 'The weather' }] };
    await engine.call('POST', '/bot/setCommands', { token: older.token, body });
    const bodies = async (token: string) => (await updatesOf(engine, token)).map((data) => data.body);

    await chat.hear(
      message({ text: '/weather Berlin', id: 's1' }),
      message({ text: '/stauts', id: 's2' }),
      message({ text: '/play', id: 's3' }),
      message({ text: `/use ${older.id}`, id: 's4' }),
      message({ text: '/stauts', id: 's5' }),
    );
    await chat.settled();

    expect(await bodies(older.token)).toEqual(['/weather Berlin', '/stauts']);
    expect(await bodies(newer.token)).toEqual(['/play']);
    expect((await chat.answers())[0]).toContain('/status');
  });

  it('with a slash that is no built-in goes to the bot with its command and arguments', async () => {
    const { engine, chat } = await startSelfChat();
    const { token } = await aBot(engine);

    await chat.hear(message({ text: '/weather Berlin tomorrow' }));
    await chat.settled();

    expect(await updatesOf(engine, token)).toMatchObject([{ command: 'weather', args: 'Berlin tomorrow' }]);
    expect(await chat.answers()).toEqual([]);
  });

  it('keeps its order, whatever arrives at once', async () => {
    const { engine, chat } = await startSelfChat();
    const { token } = await aBot(engine);
    const texts = Array.from({ length: 40 }, (_, index) => `text ${index}`);

    await chat.hear(...texts.map((text, index) => message({ text, id: `m${index}` })));
    await chat.settled();

    expect((await updatesOf(engine, token)).map(({ body }) => body)).toEqual(texts);
  });

  it('without any bot is left alone', async () => {
    const { chat } = await startSelfChat();

    await chat.hear(message({ text: 'hello' }));
    await chat.settled();

    expect(await chat.answers()).toEqual([]);
  });

  it('is nowhere in clear in the database', async () => {
    const { readFileSync } = await import('node:fs');
    const { engine, chat } = await startSelfChat();
    await aBot(engine);

    await chat.hear(message({ text: 'a very private text' }));
    await chat.settled();

    for (const file of ['bot_registry.db', 'bot_registry.db-wal']) {
      expect(readFileSync(`${engine.dataDir}/${file}`, 'latin1')).not.toContain('very private');
    }
  });
});

describe('an answer to a message in the self-chat', () => {
  const quoting = (text: string, id: string) =>
    message({
      text: `&gt; hi\n${text}`,
      id,
      more:
        "<reply xmlns='urn:xmpp:reply:0' id='m0'/>" +
        "<fallback xmlns='urn:xmpp:fallback:0' for='urn:xmpp:reply:0'><body start='0' end='5'/></fallback>",
    });

  it('reaches the bot without the quote and commands nothing', async () => {
    const { engine, chat } = await startSelfChat();
    const { token } = await aBot(engine);

    await chat.hear(quoting('yes', 'a'), quoting('/newbot Evil', 'b'));
    await chat.settled();

    expect(await updatesOf(engine, token)).toMatchObject([
      { body: 'yes', reply_to: 'm0' },
      { body: '/newbot Evil', reply_to: 'm0' },
    ]);
    expect((await updatesOf(engine, token))[1]).not.toHaveProperty('command');
    expect(await chat.answers()).toEqual([]);
  });
});
