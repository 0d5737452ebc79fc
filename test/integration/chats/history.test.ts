import { describe, expect, it } from 'vitest';
import { carbonOf, chatRig, FRIEND, said } from '../../support/scripted/chat-rig.ts';
import { YOU } from '../../support/scripted/person-rig.ts';

describe('what others write', () => {
  it('stands in the conversation once, however many copies come', async () => {
    const rig = await chatRig();

    await rig.hear(said('hello', { id: 'f1' }));
    await rig.hear(carbonOf(said('hello', { id: 'f1' }), 'received'), said('and again', { id: 'f2' }));

    const { messages, has_older, has_newer } = await rig.page(FRIEND);
    expect(messages).toMatchObject([
      {
        message_id: 'f1',
        account: YOU,
        chat: FRIEND,
        kind: 'text',
        outgoing: false,
        author: FRIEND,
        by: 'person',
        text: 'hello',
        state: null,
        encrypted: false,
      },
      { message_id: 'f2', text: 'and again' },
    ]);
    expect({ has_older, has_newer }).toEqual({ has_older: false, has_newer: false });
    expect(await rig.chat(FRIEND)).toMatchObject({ kind: 'contact', unread: 2, last: { text: 'and again' } });
    expect(rig.events.filter(({ name }) => name === 'chat.message')).toHaveLength(2);
  });

  it('is announced as new once, and as what was there when it changes', async () => {
    const rig = await chatRig();
    const edit = "<replace xmlns='urn:xmpp:message-correct:0' id='f1'/>";
    await rig.hear(said('helo', { id: 'f1' }));
    await rig.hear(said('hello', { id: 'f2', more: edit }));
    await rig.write(FRIEND, 'hello you');
    await rig.settled();

    const told = rig.events.filter(({ name }) => name === 'chat.message').map(({ data }) => data);
    const [came, wrote] = (await rig.messages(FRIEND)).map(({ id }) => id);

    expect(told.filter(({ id }) => id === came)).toMatchObject([{ isNew: true }, { isNew: false }]);
    expect(told.filter((one) => one.id === wrote && one.isNew)).toHaveLength(1);
  });

  it('is corrected, taken back and reacted to by who wrote it, and by nobody else', async () => {
    const rig = await chatRig();
    const evil = 'evil@localhost/x';
    const edit = "<replace xmlns='urn:xmpp:message-correct:0' id='f1'/>";
    const retraction = "<retract xmlns='urn:xmpp:message-retract:1' id='f2'/>";
    const reaction = "<reactions xmlns='urn:xmpp:reactions:0' id='f1'><reaction>👍</reaction></reactions>";

    await rig.hear(
      said('helo', { id: 'f1' }),
      said('oh no', { id: 'f2' }),
      said('mine', { id: 'e0', from: evil }),
    );
    await rig.hear(
      said('changed by evil', { id: 'e1', from: evil, more: edit }),
      said('hello', { id: 'f3', more: edit }),
      said('', { id: 'f4', more: retraction }),
      said('', { id: 'f5', more: reaction }),
    );

    expect(await rig.messages(FRIEND)).toMatchObject([
      {
        message_id: 'f1',
        text: 'hello',
        edited: true,
        reactions: [{ emoji: '👍', count: 1, own: false, authors: [FRIEND] }],
      },
      { message_id: 'f2', text: '', retracted: true },
    ]);
  });

  it('quotes nothing that is hidden, gone or only claimed', async () => {
    const rig = await chatRig();
    const answers = (id: string) => `<reply xmlns='urn:xmpp:reply:0' to='boss@localhost' id='${id}'/>`;
    const spoiler = "<spoiler xmlns='urn:xmpp:spoiler:0'>the end</spoiler>";
    await rig.hear(
      said('Rosebud is a sledge', { id: 's1', more: spoiler }),
      said('I quit', { id: 'g1' }),
      said('yes', { id: 'a1', more: answers('s1') }),
      said('really?', { id: 'a2', more: answers('g1') }),
      said('as you said', { id: 'a3', more: answers('nothing') }),
    );
    await rig.write(FRIEND, 'no', { reply_to: 'g1' });
    await rig.settled();
    await rig.hear(said('', { id: 'g2', more: "<retract xmlns='urn:xmpp:message-retract:1' id='g1'/>" }));

    const replies = (await rig.messages(FRIEND)).flatMap(({ reply_to }) => reply_to ?? []);

    expect(replies).toMatchObject([
      { message_id: 's1', author: FRIEND, excerpt: 'the end' },
      { message_id: 'g1', author: FRIEND, excerpt: '', id: expect.any(Number) },
      { message_id: 'nothing', excerpt: '', id: null },
      { message_id: 'g1', author: FRIEND, excerpt: '', id: expect.any(Number) },
    ]);
  });

  it('offers quick answers until the person has said something', async () => {
    const rig = await chatRig();
    const more = "<response xmlns='urn:xmpp:tmp:quick-response' value='yes' label='Yes'/>";
    await rig.hear(said('Are you there?', { id: 'f1', more }));
    expect((await rig.messages(FRIEND))[0]?.actions).toEqual([{ value: 'yes', label: 'Yes' }]);

    await rig.write(FRIEND, 'yes');
    await rig.hear(said('And now?', { id: 'f2', more }));

    expect((await rig.messages(FRIEND)).map(({ actions }) => actions.length)).toEqual([0, 0, 1]);
  });

  it('is what the person wrote, when it came from another client', async () => {
    const rig = await chatRig();
    await rig.hear(said('hi', { id: 'f1' }));

    await rig.hear(carbonOf(said('hi yourself', { id: 'y1', from: `${YOU}/phone`, to: FRIEND })));

    expect(await rig.messages(FRIEND)).toMatchObject([
      { text: 'hi' },
      { text: 'hi yourself', outgoing: true, author: YOU, by: 'person', state: 'acked' },
    ]);
    // Who answers has read what was asked.
    expect(await rig.chat(FRIEND)).toMatchObject({ unread: 0 });
  });
});

describe('what is written in the window', () => {
  it('goes out without the mark of an engine, and comes further with each piece of news', async () => {
    const rig = await chatRig();
    await rig.open(FRIEND);

    const written = await rig.write(FRIEND, 'hello');
    await rig.settled();

    const [stanza] = rig.sent(FRIEND);
    expect(stanza?.getChildText('body')).toBe('hello');
    expect(stanza?.getChild('generated')).toBeUndefined();
    expect(stanza?.attrs.id).toBe(written.message_id);
    expect(await rig.messages(FRIEND)).toMatchObject([{ state: 'acked', by: 'person', outgoing: true }]);
    const receipt = `<message from='${FRIEND}/phone' to='${YOU}' id='r1'><received xmlns='urn:xmpp:receipts' id='${written.message_id}'/></message>`;
    await rig.hear(receipt);
    expect(await rig.messages(FRIEND)).toMatchObject([{ state: 'delivered' }]);
    await rig.hear(
      `<message from='${FRIEND}/phone' to='${YOU}' id='r2'><displayed xmlns='urn:xmpp:chat-markers:0' id='${written.message_id}'/></message>`,
    );
    expect(await rig.messages(FRIEND)).toMatchObject([{ state: 'displayed' }]);
  });

  it('is a command in the chat with oneself, which runs once although the server reflects it', async () => {
    const rig = await chatRig();

    const { message_id: id } = await rig.write(YOU, '/newbot Weather');
    await rig.settled();
    const [own] = rig.sent(YOU);
    if (!own) throw new Error('nothing was sent');
    own.attrs.from = `${YOU}/engine`;
    await rig.hear(own.toString(), carbonOf(own.toString()));

    expect(await rig.messages(YOU)).toMatchObject([
      { text: '/newbot Weather', by: 'person', outgoing: true, message_id: id },
      { text: expect.stringContaining('Bot created!'), by: 'engine', outgoing: true },
    ]);
    expect((await rig.engine.bots.list(YOU)).map(({ name }) => name)).toEqual(['Weather']);
  });
});
