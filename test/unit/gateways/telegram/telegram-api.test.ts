import { describe, expect, it } from 'vitest';
import { plain, telegramRig } from './telegram-rig.ts';

describe('the Bot API', () => {
  it('tells who the bot is, and where a webhook leads without its path', async () => {
    const { api, bot, forever } = await telegramRig();
    bot.setReadsGroups(false);
    bot.setWebhook('https://other.example/secret-path');

    expect(await api.me(forever)).toEqual({
      id: String(bot.id),
      username: 'weather_bot',
      name: 'Weather',
      reads_groups: false,
      webhook: 'other.example',
    });
    await api.deleteWebhook(forever);
    expect((await api.me(forever)).webhook).toBeNull();
  });

  it('tells of chats, by number and by name', async () => {
    const { api, bot, chat, server, forever } = await telegramRig();
    const channel = server.addChat({ kind: 'channel', title: 'News\nof all', username: 'news', bots: [bot] });

    expect(await api.chat(chat.id, forever)).toEqual({
      id: chat.id,
      kind: 'private',
      title: 'Anna Lovelace',
      username: 'anna',
    });
    expect(await api.chat('@news', forever)).toEqual({
      id: channel.id,
      kind: 'channel',
      title: 'News of all',
      username: 'news',
    });
  });

  it('sends texts with their styling, as answers too, also to what is gone', async () => {
    const { api, anna, chat, forever } = await telegramRig();
    const question = chat.says(anna, 'How are you?').message_id;
    const part = { text: 'Very well 👍', entities: [{ type: 'bold', offset: 0, length: 4 }] as const };

    const first = await api.send(chat.id, part, { replyTo: question, signal: forever });
    chat.deletes(question);
    const second = await api.send(chat.id, plain('And you?'), { replyTo: question, signal: forever });

    expect(
      chat.history().map((one) => [one.message_id, one.text, one.entities, one.reply_to_message?.text]),
    ).toEqual([
      [first, 'Very well 👍', part.entities, 'How are you?'],
      [second, 'And you?', undefined, undefined],
    ]);
  });

  it('edits, and finds nothing wrong with what is there already', async () => {
    const { api, chat, forever, lines } = await telegramRig();
    const id = await api.send(chat.id, plain('one'), { signal: forever });

    await api.edit(chat.id, id, plain('two'), forever);
    await api.edit(chat.id, id, plain('two'), forever);

    expect(chat.botTexts()).toEqual(['two']);
    expect(lines).toEqual([]);
  });

  it('deletes, and says where there is nothing to delete', async () => {
    const { api, anna, bot, server, chat, forever } = await telegramRig();
    const group = server.addChat({ kind: 'supergroup', title: 'Team', bots: [bot] });
    const theirs = group.says(anna, 'mine').message_id;
    const id = await api.send(chat.id, plain('one'), { signal: forever });

    expect(await api.delete(chat.id, id, forever)).toBe(true);
    expect(await api.delete(chat.id, id, forever)).toBe(false);
    expect(await api.delete(group.id, theirs, forever)).toBe(false);
    expect(group.history()).toHaveLength(1);
  });

  it('finds its own messages without changing them', async () => {
    const { api, anna, chat, forever } = await telegramRig();
    const own = await api.send(chat.id, plain('mine'), { signal: forever });
    const theirs = chat.says(anna, 'hers').message_id;
    const before = chat.history();

    expect(await api.isOwn(chat.id, own, forever)).toBe(true);
    expect(await api.isOwn(chat.id, theirs, forever)).toBe(false);
    expect(await api.isOwn(chat.id, theirs + 1, forever)).toBe(false);
    expect(chat.history()).toEqual(before);
  });

  it('reads news again until a later number confirms them', async () => {
    const { api, anna, chat, news } = await telegramRig();
    chat.says(anna, 'one');
    chat.says(anna, 'two');
    const first = await api.updates(news());

    expect(first.map((one) => one.message?.text.text)).toEqual(['one', 'two']);
    expect(await api.updates(news())).toEqual(first);
    expect(await api.updates(news(first[1]?.id))).toEqual([first[1]]);
    expect(await api.updates(news())).toEqual([first[1]]);
    expect(await api.updates(news((first[1]?.id ?? 0) + 1))).toEqual([]);
  });

  it('waits for news as long as it was asked to, longer than for anything else', async () => {
    const { api, anna, bot, chat, news } = await telegramRig({ requestMs: 1_000 });
    const waiting = api.updates(news(0, 50));
    await expect.poll(() => bot.isPolled()).toBe(true);

    chat.says(anna, 'at last');

    expect((await waiting).map((one) => one.message?.text.text)).toEqual(['at last']);
    expect(await api.updates(news(1_000_000_000, 1))).toEqual([]);
  });

  it('asks nothing when it was ended before, and ends a poll at once', async () => {
    const { api, bot, server } = await telegramRig();
    const reason = new Error('switched off');
    const end = new AbortController();
    const waiting = api.updates({ offset: 0, timeoutS: 50, limit: 10, signal: end.signal });
    await expect.poll(() => bot.isPolled()).toBe(true);

    end.abort(reason);

    await expect(waiting).rejects.toBe(reason);
    await expect.poll(() => bot.isPolled()).toBe(false);
    const asked = server.requests.length;
    await expect(api.me(end.signal)).rejects.toBe(reason);
    expect(server.requests).toHaveLength(asked);
  });

  it('sends beside many polls that wait', async () => {
    const { chat, server, http, forever, with: open } = await telegramRig();
    const bots = Array.from({ length: 80 }, () => server.addBot());
    const end = new AbortController();
    const polls = bots.map((bot) =>
      open(bot.token)
        .updates({ offset: 0, timeoutS: 50, limit: 10, signal: end.signal })
        .catch(() => []),
    );
    await expect.poll(() => bots.every((bot) => bot.isPolled()), { timeout: 20_000 }).toBe(true);

    const bot = server.addBot();
    const own = server.privateChat(server.addPerson({ first: 'Bo' }), bot);
    await open(bot.token).send(own.id, plain('hello'), { signal: forever });

    expect(own.botTexts()).toEqual(['hello']);
    expect(chat.botTexts()).toEqual([]);
    end.abort();
    await Promise.all(polls);
    await http.close();
  });
});
