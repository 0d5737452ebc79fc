import { describe, expect, it } from 'vitest';
import { chatRig, FRIEND, said } from '../../support/scripted/chat-rig.ts';
import { YOU } from '../../support/scripted/person-rig.ts';
import { until } from '../../support/until.ts';

const path = (id: string) => `/messages/${encodeURIComponent(id)}`;
const bounce = (id: string, from: string = FRIEND) =>
  `<message from='${from}' to='${YOU}' type='error' id='${id}'><error type='cancel'><service-unavailable xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'/></error></message>`;

describe('what the window does with messages', () => {
  it('answers, corrects and takes back, and each of them goes out', async () => {
    const rig = await chatRig();
    await rig.hear(said('how are you?', { id: 'f1' }));

    const answer = await rig.write(FRIEND, 'fyne', { reply_to: 'f1' });
    await rig.write(FRIEND, 'fine', { replace_id: answer.message_id });
    await rig.settled();
    expect(await rig.messages(FRIEND)).toMatchObject([
      { text: 'how are you?' },
      {
        text: 'fine',
        edited: true,
        reply_to: { message_id: 'f1', author: FRIEND, excerpt: 'how are you?', id: expect.any(Number) },
      },
    ]);
    await rig.asked('DELETE', rig.pathOf(FRIEND) + path(answer.message_id));
    await rig.settled();

    expect((await rig.messages(FRIEND)).at(-1)).toMatchObject({ retracted: true, text: '' });
    const [reply, edit, retraction] = rig.sent(FRIEND);
    expect(reply?.getChild('reply')?.attrs).toMatchObject({ id: 'f1', to: FRIEND });
    expect(edit?.getChild('replace')?.attrs.id).toBe(answer.message_id);
    expect(String(retraction)).toContain(answer.message_id);
    for (const one of [reply, edit, retraction]) expect(one?.getChild('generated')).toBeUndefined();
  });

  it('reacts, and takes reactions back', async () => {
    const rig = await chatRig();
    await rig.hear(said('look', { id: 'f1' }));
    const react = (reaction: string) =>
      rig.asked('PUT', `${rig.pathOf(FRIEND)}${path('f1')}/reaction`, { reaction });

    await react('👍🎉');
    expect((await rig.messages(FRIEND))[0]?.reactions).toEqual([
      { emoji: '👍', count: 1, own: true, authors: [YOU] },
      { emoji: '🎉', count: 1, own: true, authors: [YOU] },
    ]);
    await react('');
    await rig.settled();

    expect((await rig.messages(FRIEND))[0]?.reactions).toEqual([]);
    expect(rig.sent(FRIEND).map((one) => one.getChild('reactions')?.children.length)).toEqual([2, 0]);
  });

  it('sends again what has failed, at the end of the conversation', async () => {
    const rig = await chatRig();
    await rig.open(FRIEND);
    const failed = await rig.write(FRIEND, 'are you there?');
    await rig.settled();
    await rig.hear(bounce(failed.message_id));
    expect(await rig.messages(FRIEND)).toMatchObject([{ state: 'failed', reason: 'service-unavailable' }]);
    await rig.hear(said('I was away', { id: 'f1' }));

    const again = await rig.asked<{ message_id: string }>(
      'POST',
      `${rig.pathOf(FRIEND)}${path(failed.message_id)}/retry`,
    );
    await rig.settled();

    expect(again.message_id).not.toBe(failed.message_id);
    expect(await rig.messages(FRIEND)).toMatchObject([
      { text: 'I was away' },
      { text: 'are you there?', state: 'acked' },
    ]);
    const twice = await rig.call('POST', `${rig.pathOf(FRIEND)}${path(again.message_id)}/retry`);
    expect(twice.status).toBe(409);
  });

  it('sends again once, whoever asks for it as well, and says that the failed one is gone', async () => {
    const rig = await chatRig();
    await rig.open(FRIEND);
    const failed = await rig.write(FRIEND, 'are you there?');
    await rig.settled();
    await rig.hear(bounce(failed.message_id));
    rig.events.length = 0;
    const url = `${rig.pathOf(FRIEND)}${path(failed.message_id)}/retry`;

    const answers = await Promise.all([rig.call('POST', url), rig.call('POST', url)]);
    await rig.settled();

    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
    expect(await rig.texts(FRIEND)).toEqual(['are you there?']);
    expect(rig.sent(FRIEND).filter((one) => one.getChild('body'))).toHaveLength(2);
    expect(rig.events).toContainEqual({
      name: 'chat.message',
      data: expect.objectContaining({ chat: FRIEND, id: failed.id }),
    });
  });

  it('sends anew, with other words, what is corrected and has failed: nobody got it', async () => {
    const rig = await chatRig();
    await rig.hear(said('a question', { id: 'f1' }));
    const failed = await rig.write(FRIEND, 'helo', { reply_to: 'f1' });
    await rig.settled();
    await rig.hear(bounce(failed.message_id));

    await rig.write(FRIEND, 'hello', { replace_id: failed.message_id });
    await rig.settled();

    expect(await rig.messages(FRIEND)).toMatchObject([
      { text: 'a question' },
      { text: 'hello', edited: false, state: 'acked', reply_to: { message_id: 'f1' } },
    ]);
    const last = rig.sent(FRIEND).at(-1);
    expect(last?.getChild('replace')).toBeUndefined();
    expect(last?.getChild('reply')?.attrs.id).toBe('f1');
  });

  it('makes no word of the person of what a bot has said', async () => {
    const rig = await chatRig();
    await rig.write(YOU, '/newbot Weather');
    await rig.settled();
    const [bot] = await rig.engine.bots.list(YOU);
    if (!bot) throw new Error('there is no bot');
    const said = { to: YOU, text: `/deletebot ${bot.id} yes` };
    const id = await rig.engine.outgoing.messages.send(bot, said);
    await rig.settled();
    await rig.hear(bounce(id, YOU));
    expect((await rig.messages(YOU)).at(-1)).toMatchObject({ by: 'bot', state: 'failed' });

    const again = await rig.call('POST', `${rig.pathOf(YOU)}${path(id)}/retry`);
    const edited = await rig.call('POST', `${rig.pathOf(YOU)}/messages`, { text: '/x', replace_id: id });
    await rig.settled();

    expect([again.status, edited.status]).toEqual([403, 403]);
    expect(await rig.engine.bots.list(YOU)).toHaveLength(1);
  });

  it('refuses what is not there, not own, or gone', async () => {
    const rig = await chatRig();
    await rig.hear(said('mine', { id: 'f1' }));
    const own = await rig.write(FRIEND, 'yours');
    await rig.asked('DELETE', rig.pathOf(FRIEND) + path(own.message_id));

    const statusOf = async (method: 'DELETE' | 'PUT' | 'POST' | 'GET', url: string, body?: unknown) =>
      (await rig.call(method, url, body)).status;
    expect(await statusOf('DELETE', rig.pathOf(FRIEND) + path('f1'))).toBe(403);
    expect(await statusOf('DELETE', rig.pathOf(FRIEND) + path('nothing'))).toBe(404);
    expect(await statusOf('DELETE', rig.pathOf(FRIEND) + path(own.message_id))).toBe(409);
    expect(await statusOf('GET', rig.pathOf('nobody@localhost'))).toBe(404);
    expect(await statusOf('GET', `/api/v1/chats?account=other@localhost`)).toBe(404);
    const url = `${rig.pathOf(FRIEND)}/messages`;
    expect(await statusOf('POST', url, { text: '' })).toBe(400);
    expect(await statusOf('POST', url, { text: 'a\u0000b' })).toBe(400);
    expect(await statusOf('POST', url, { text: 'x', reply_to: 'nothing' })).toBe(404);
    expect(await statusOf('POST', url, { text: 'x', replace_id: 'f1' })).toBe(403);
    expect(await statusOf('PUT', `${rig.pathOf(FRIEND)}${path('f1')}/reaction`, { reaction: 'no' })).toBe(
      400,
    );
  });

  it('is an update for a bot that reads along, as if another client had written it', async () => {
    const rig = await chatRig();
    await rig.write(YOU, '/newbot Reader');
    await rig.settled();
    const [bot] = await rig.engine.bots.list(YOU);
    if (!bot) throw new Error('there is no bot');

    await rig.write(YOU, 'what is new?');
    await rig.settled();

    const page = await until('the update', async () => {
      const found = await rig.updates(bot.id);
      return found.length > 0 && found;
    });
    expect(page).toMatchObject([{ body: 'what is new?', from: YOU, to: YOU }]);
  });

  it('shows what another engine of the account has answered', async () => {
    const rig = await chatRig();
    const { message_id: id } = await rig.write(YOU, 'to nobody');
    await rig.settled();
    const answered = `<message xmlns='jabber:client' from='${YOU}/other' to='${YOU}' id='o1' type='chat'><body>done by the other</body><origin-id xmlns='urn:xmpp:sid:0' id='o1'/><generated xmlns='urn:botmother:0' for='x'/></message>`;

    await rig.hear(answered);

    expect(await rig.messages(YOU)).toMatchObject([
      { message_id: id },
      { text: 'done by the other', by: 'engine', outgoing: true },
    ]);
  });
});
