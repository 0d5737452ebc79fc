import { describe, expect, it } from 'vitest';
import { startBotApi } from '../../../support/telegram/bot-api-server.ts';
import { acceptText } from '../../../support/telegram/text.ts';
import { failureOf, plain, telegramRig } from './telegram-rig.ts';

/** The server that the bridge is tested against has to be right itself. */
describe('the Bot API server of the tests', () => {
  it('forgets news after a day, and those before the number asked for', async () => {
    const day = 86_400_000;
    let now = 1_700_000_000_000;
    const server = await startBotApi({ now: () => now });
    const bot = server.addBot();
    const anna = server.addPerson({ first: 'Anna' });
    const chat = server.privateChat(anna, bot);
    chat.says(anna, 'old');
    now += day / 2;
    chat.says(anna, 'newer');
    const [first = 0, second = 0] = bot.unconfirmed();

    expect(second).toBe(first + 1);
    now += day / 2 + 1;
    expect(bot.unconfirmed()).toEqual([second]);
    await server.close();
  });

  it('keeps from a bot in privacy mode what does not concern it', async () => {
    const { api, anna, bot, server, news } = await telegramRig();
    const team = server.addChat({ kind: 'supergroup', title: 'Team', bots: [bot] });
    bot.setReadsGroups(false);
    for (const text of ['hello all', '/start', 'hello @weather_bot']) team.says(anna, text);

    expect((await api.updates(news())).map(({ message }) => message?.text.text)).toEqual([
      '/start',
      'hello @weather_bot',
    ]);
  });

  it('tells of chats that the bot comes to, is thrown out of, and that become others', async () => {
    const { api, bot, server, news } = await telegramRig();
    const group = server.addChat({ kind: 'group', title: 'Team' });
    group.invite(bot);
    const other = group.migrate();
    other.refuse(bot, 'kicked');

    expect((await api.updates(news())).map(({ membership, migratedTo }) => membership ?? migratedTo)).toEqual(
      ['in', other.id, undefined, 'out'],
    );
  });

  it('numbers the messages of supergroups by themselves, and those of all other chats together', async () => {
    const { anna, bot, chat, server } = await telegramRig();
    const team = server.addChat({ kind: 'supergroup', title: 'Team', bots: [bot] });
    const bo = server.addPerson({ first: 'Bo' });
    const other = server.privateChat(bo, bot);
    const first = chat.says(anna, 'one').message_id;

    expect(other.says(bo, 'two').message_id).toBe(first + 1);
    expect(chat.says(anna, 'three').message_id).toBe(first + 2);
    expect([team.says(bo, 'four').message_id, team.says(bo, 'five').message_id]).toEqual([1, 2]);
  });

  it('holds requests, before and after they are carried out, and is gone for a while', async () => {
    const { api, chat, server, forever } = await telegramRig();
    const after = server.hold('sendMessage', true);
    const sending = api.send(chat.id, plain('one'), { signal: forever });
    await after.reached;
    expect(chat.botTexts()).toEqual(['one']);
    after.release();
    await sending;

    const before = server.hold('sendMessage');
    const second = api.send(chat.id, plain('two'), { signal: forever });
    await before.reached;
    expect(chat.botTexts()).toEqual(['one']);
    before.release();
    await second;

    await server.pause();
    expect((await failureOf(api.me(forever))).kind).toBe('unreachable');
    await server.resume();
    expect((await api.me(forever)).username).toBe('weather_bot');
    expect(chat.botTexts()).toEqual(['one', 'two']);
  });

  it('refuses entities outside the text, inside characters and over each other', () => {
    const bold = { type: 'bold', offset: 0, length: 3 } as const;

    expect(() => acceptText('ab', [bold])).toThrow('after the end of the text');
    expect(() => acceptText('a👍b', [{ ...bold, offset: 2, length: 2 }])).toThrow('UTF-16 symbol');
    expect(() => acceptText('abcdef', [bold, { type: 'italic', offset: 2, length: 3 }])).toThrow('overlap');
    expect(() => acceptText('abc', [bold, { type: 'code', offset: 0, length: 2 }])).toThrow(
      "can't be nested",
    );
    expect(() => acceptText('x'.repeat(4097))).toThrow('too long');
    expect(() => acceptText(' \n')).toThrow('empty');
    expect(acceptText('  ab\u202e c  ', [{ ...bold, offset: 2 }])).toEqual({
      text: 'ab c',
      entities: [{ ...bold, length: 2 }],
    });
  });
});
