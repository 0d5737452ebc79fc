import { describe, expect, it } from 'vitest';
import type { ChatMessage } from '../../../src-shared/api/chats.ts';
import { chatRig, FRIEND, said } from '../../support/scripted/chat-rig.ts';
import { YOU } from '../../support/scripted/person-rig.ts';
import { BOT, insertBot } from '../../support/scripted/scripted-bot.ts';

describe('the list of conversations', () => {
  it('begins with the chat with oneself, has the own bots, and then whoever wrote last', async () => {
    const rig = await chatRig();
    await insertBot(rig.engine, rig.box);
    await rig.hear(said('first', { id: 'a1', from: 'ada@localhost/x' }), said('second', { id: 'f1' }));

    expect((await rig.list()).map(({ jid, kind, name }) => ({ jid, kind, name }))).toEqual([
      { jid: YOU, kind: 'self', name: 'Botmother' },
      { jid: FRIEND, kind: 'contact', name: 'friend' },
      { jid: 'ada@localhost', kind: 'contact', name: 'ada' },
      { jid: BOT, kind: 'bot', name: 'Ledger' },
    ]);
  });

  it('keeps what is muted and what is not sent yet, sealed, and forgets a history in our window alone', async () => {
    const rig = await chatRig();
    await rig.hear(said('hello', { id: 'f1' }));

    await rig.asked('PATCH', rig.pathOf(FRIEND), { muted: true, draft: 'dear friend' });
    expect(await rig.chat(FRIEND)).toMatchObject({ muted: true, draft: 'dear friend' });
    const [row] = await rig.engine.store.read.selectFrom('chat').select('draft').execute();
    expect(String(row?.draft)).not.toContain('dear');
    expect((await rig.call('PATCH', rig.pathOf(FRIEND), {})).status).toBe(400);
    const sentBefore = rig.server.sent.length;
    await rig.asked('DELETE', rig.pathOf(FRIEND));

    expect((await rig.list()).map(({ jid }) => jid)).toEqual([YOU]);
    expect(await rig.engine.store.read.selectFrom('chat_message').selectAll().execute()).toEqual([]);
    expect(rig.server.sent).toHaveLength(sentBefore);
    // What comes next begins it anew; copies of what was there come from nowhere.
    await rig.hear(said('hello again', { id: 'f2' }));
    expect(await rig.texts(FRIEND)).toEqual(['hello again']);
  });

  it('says of a long message how it begins, and of each conversation its own newest', async () => {
    const rig = await chatRig();
    const long = 'a long story '.repeat(1_000);
    await rig.hear(
      said('before', { id: 'f1' }),
      said(long, { id: 'f2' }),
      said('short', { id: 'a1', from: 'ada@localhost/x' }),
    );

    const last = Object.fromEntries((await rig.list()).map((chat) => [chat.jid, chat.last?.text]));

    expect(last).toEqual({ [YOU]: undefined, 'ada@localhost': 'short', [FRIEND]: `${long.slice(0, 300)}…` });
    expect((await rig.chat(FRIEND)).last?.text).toBe(`${long.slice(0, 300)}…`);
    expect(await rig.texts(FRIEND)).toEqual(['before', long]);
  });

  it('is read page by page, in both directions and around a message', async () => {
    const rig = await chatRig();
    for (let index = 0; index < 12; index += 1) await rig.hear(said(`${index}`, { id: `f${index}` }));
    const all = await rig.messages(FRIEND);
    const at = (index: number) => all[index]?.id;
    const texts = ({ messages }: { messages: ChatMessage[] }) => messages.map(({ text }) => text);

    const newest = await rig.page(FRIEND, '?limit=5');
    expect({ ...newest, messages: texts(newest) }).toEqual({
      messages: ['7', '8', '9', '10', '11'],
      has_older: true,
      has_newer: false,
    });
    expect(texts(await rig.page(FRIEND, `?limit=3&before=${at(7)}`))).toEqual(['4', '5', '6']);
    expect(texts(await rig.page(FRIEND, `?limit=3&after=${at(1)}`))).toEqual(['2', '3', '4']);
    expect(texts(await rig.page(FRIEND, `?limit=4&around=${at(5)}`))).toEqual(['4', '5', '6', '7']);
    expect(texts(await rig.page(FRIEND, `?after=${at(11)}`))).toEqual([]);
  });

  it('finds words in everything that was said, and goes on where it stopped', async () => {
    const rig = await chatRig();
    await rig.hear(
      said('Grüße aus dem GARTEN', { id: 'f1' }),
      said('nothing', { id: 'f2' }),
      said('im garten', { id: 'a1', from: 'ada@localhost/x' }),
    );
    const search = (query: string) =>
      rig.asked<{ messages: ChatMessage[]; next: number | null }>('GET', `/api/v1/chat-search?${query}`);

    const found = await search('q=garten');
    expect(found.messages.map(({ chat }) => chat)).toEqual(['ada@localhost', FRIEND]);
    expect(found.next).toBeNull();
    const first = await search('q=garten&limit=1');
    expect(first.messages).toMatchObject([{ chat: 'ada@localhost' }]);
    expect((await search(`q=garten&limit=1&before=${first.next}`)).messages).toMatchObject([
      { chat: FRIEND },
    ]);
    expect((await search(`q=garten&account=${YOU}&chat=${FRIEND}`)).messages).toHaveLength(1);
    expect((await search('q=gr%C3%BC%C3%9Fe')).messages).toHaveLength(1);
    expect((await rig.call('GET', '/api/v1/chat-search?q=x')).status).toBe(400);
  });

  it('goes with the account, and its oldest messages go beyond what is kept', async () => {
    const rig = await chatRig();
    for (let index = 0; index < 6; index += 1) await rig.hear(said(`${index}`, { id: `f${index}` }));

    await rig.engine.store.write((tx) => rig.engine.chats.log.trim(tx, rig.account.id, 4));
    expect(await rig.texts(FRIEND)).toEqual(['2', '3', '4', '5']);
    await rig.asked('DELETE', `/api/v1/accounts/${YOU}`);

    expect(await rig.list()).toEqual([]);
    for (const table of ['chat', 'chat_message'] as const)
      expect(await rig.engine.store.read.selectFrom(table).selectAll().execute()).toEqual([]);
  });

  it('has the commands of each chat, and /clear empties one after it has asked', async () => {
    const rig = await chatRig();
    const names = async (jid: string) =>
      (await rig.asked<{ name: string; group: string }[]>('GET', `${rig.pathOf(jid)}/commands`)).map(
        ({ name, group }) => `${group} ${name}`,
      );
    await rig.hear(said('hi', { id: 'f1' }));
    await insertBot(rig.engine, rig.box);
    await rig.write(YOU, '/newbot Weather');
    await rig.settled();
    const [, weather] = await rig.engine.bots.list(YOU);
    if (!weather) throw new Error('there is no bot');
    await rig.engine.store.write((tx) =>
      rig.engine.botCommands.set(tx, weather, [{ command: 'rain', description: 'Rain of today' }], {
        actor: 'test',
        from: 'test',
      }),
    );

    expect(await names(YOU)).toEqual(expect.arrayContaining(['bot rain', 'chat newbot', 'menu api']));
    expect(await names(BOT)).toEqual(expect.arrayContaining(['chat help', 'menu api']));
    expect(await names(FRIEND)).toEqual([]);

    await rig.write(YOU, '/clear');
    await rig.settled();
    expect((await rig.messages(YOU)).at(-1)?.actions).toEqual([{ value: '/clear yes', label: 'Yes, do it' }]);
    await rig.write(YOU, '/clear yes');
    await rig.settled();

    expect(await rig.texts(YOU)).toEqual(['The conversation was cleared.']);
  });
});
