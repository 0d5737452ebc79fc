import { describe, expect, it } from 'vitest';
import { chatMessageRepository } from '../../../src-main/store/chat-message-repository.ts';
import type { ChatMessage } from '../../../src-shared/api/chats.ts';
import { chatRig, FRIEND, said } from '../../support/scripted/chat-rig.ts';
import { YOU } from '../../support/scripted/person-rig.ts';

const correction = (id: string, of: string, inner: string) =>
  `<message xmlns='jabber:client' from='${FRIEND}/phone' to='${YOU}' id='${id}' type='chat'>${inner}` +
  `<replace xmlns='urn:xmpp:message-correct:0' id='${of}'/></message>`;
const SPOILER = "<spoiler xmlns='urn:xmpp:spoiler:0'>the end</spoiler>";
const FILE = 'https://files.example.org/cat.png';
const OUT_OF_BAND = `<x xmlns='jabber:x:oob'><url>${FILE}</url></x>`;

describe('a correction', () => {
  it('says all that the message says: what it hides, and which files it has', async () => {
    const rig = await chatRig();
    await rig.hear(said('she did it', { id: 'f1', more: SPOILER }));
    await rig.hear(said(FILE, { id: 'f2', more: OUT_OF_BAND }));
    expect(await rig.messages(FRIEND)).toMatchObject([
      { spoiler: 'the end' },
      { text: '', files: [{ name: 'cat.png' }] },
    ]);

    await rig.hear(correction('c1', 'f1', '<body>he did it</body>'));
    await rig.hear(correction('c2', 'f2', '<body>that was the wrong one</body>'));
    expect(await rig.messages(FRIEND)).toMatchObject([
      { text: 'he did it', spoiler: null, edited: true },
      { text: 'that was the wrong one', files: [], edited: true },
    ]);

    await rig.hear(
      correction('c3', 'f1', "<body>nobody</body><spoiler xmlns='urn:xmpp:spoiler:0'>a hint</spoiler>"),
    );
    expect((await rig.messages(FRIEND))[0]).toMatchObject({ text: 'nobody', spoiler: 'a hint' });
  });

  it('still answers what the message answered', async () => {
    const rig = await chatRig();
    const mine = await rig.open(FRIEND).then(() => rig.write(FRIEND, 'tea?'));
    const reply = `<reply xmlns='urn:xmpp:reply:0' id='${mine.message_id}' to='${YOU}'/>`;
    await rig.hear(said('yess', { id: 'f1', more: reply }));
    await rig.hear(correction('c1', 'f1', '<body>yes</body>'));

    expect((await rig.messages(FRIEND)).at(-1)).toMatchObject({
      text: 'yes',
      reply_to: { message_id: mine.message_id, excerpt: 'tea?' },
    });
  });
});

describe('a history that is removed', () => {
  it('leaves what was muted muted, and comes back when something is said', async () => {
    const rig = await chatRig();
    await rig.hear(said('one', { id: 'f1' }));
    await rig.asked('PATCH', rig.pathOf(FRIEND), { muted: true });
    await rig.asked('DELETE', rig.pathOf(FRIEND));

    expect((await rig.list()).some(({ jid }) => jid === FRIEND)).toBe(false);
    expect((await rig.call('GET', rig.pathOf(FRIEND))).status).toBe(404);
    await rig.hear(said('two', { id: 'f2' }));

    expect(await rig.chat(FRIEND)).toMatchObject({ muted: true, unread: 1 });
    expect(await rig.texts(FRIEND)).toEqual(['two']);
    await rig.asked('DELETE', rig.pathOf(FRIEND));
    expect(await rig.open(FRIEND)).toMatchObject({ muted: true, last: null });
    expect((await rig.list()).some(({ jid }) => jid === FRIEND)).toBe(true);
  });

  it('leaves nothing of any other', async () => {
    const rig = await chatRig();
    await rig.hear(said('one', { id: 'f1' }));
    await rig.asked('DELETE', rig.pathOf(FRIEND));
    const left = rig.engine.store.read.selectFrom('chat').selectAll().where('jid', '=', FRIEND);
    expect(await left.execute()).toEqual([]);
  });
});

describe('searching', () => {
  it('goes on where an answer has stopped to look', async () => {
    const rig = await chatRig();
    await rig.hear(said('the needle', { id: 'f1' }));
    const [chat] = await rig.engine.store.read.selectFrom('chat').select('id').execute();
    const rows = chatMessageRepository(rig.engine.store, rig.box);
    for (let at = 0; at < 21_000; at += 1_000)
      await rig.engine.store.write(async (tx) => {
        for (let number = at; number < at + 1_000; number += 1)
          await rows.insert(tx, {
            chatId: chat?.id ?? 0,
            name: `hay-${number}`,
            messageId: `hay-${number}`,
            author: FRIEND,
            isOutgoing: false,
            by: 'person',
            weight: 1,
            isEncrypted: false,
            state: null,
            sentAt: Date.now(),
            body: { text: `straw ${number}` },
          });
      });
    type Found = { messages: ChatMessage[]; next: number | null };
    const find = (before?: number) =>
      rig.asked<Found>(
        'GET',
        `/api/v1/chat-search?q=needle${before === undefined ? '' : `&before=${before}`}`,
      );

    const first = await find();
    expect(first.messages).toEqual([]);
    expect(first.next).toBeGreaterThan(1);
    const second = await find(first.next ?? 0);

    expect(second.messages.map(({ text }) => text)).toEqual(['the needle']);
    expect(second.next).toBeNull();
  }, 60_000);
});
