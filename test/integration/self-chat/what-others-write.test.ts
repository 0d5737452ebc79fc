import { describe, expect, it } from 'vitest';
import { updateData } from '../../../src-shared/api/updates.ts';
import { carbon, fetched, message, setScope, startSelfChat, updatesOf } from '../../support/self-chat.ts';
import { aBot } from '../../support/test-engine.ts';

describe('what others write', () => {
  const fromFriend = (text: string, id: string, more = '') =>
    message({ text, id, from: 'friend@localhost/phone', more });
  const toFriend = (text: string, id: string) => message({ text, id, to: 'friend@localhost' });

  it('is for every active bot whose scope says so, and stored for nobody else', async () => {
    const { engine, chat } = await startSelfChat();
    const bots = [
      await aBot(engine, 'Self'),
      await aBot(engine, 'Direct'),
      await aBot(engine, 'All'),
      await aBot(engine, 'Off'),
    ] as const;
    await chat.hear(fromFriend('nobody hears this', 'f0'));
    const names = await engine.engine.store.read.selectFrom('seen_message').selectAll().execute();
    await setScope(engine, bots[1].id, 'direct');
    await setScope(engine, bots[2].id, 'all');
    await setScope(engine, bots[3].id, 'all');
    await engine.engine.store.write(async (tx) =>
      engine.engine.bots.setActive(tx, await engine.engine.bots.find(bots[3].id, undefined), false, {
        actor: 'test',
        from: 'test',
      }),
    );

    await chat.hear(fromFriend('/newbot Evil', 'f1'), carbon(toFriend('my answer', 'y1')));
    await chat.settled();

    expect(names).toEqual([]);
    const bodies = async (token: string) => (await updatesOf(engine, token)).map(({ body }) => body);
    expect(await bodies(bots[0].token)).toEqual([]);
    expect(await bodies(bots[1].token)).toEqual(['/newbot Evil']);
    expect(await bodies(bots[2].token)).toEqual(['/newbot Evil', 'my answer']);
    expect(await chat.answers()).toEqual([]);
    expect((await updatesOf(engine, bots[2].token))[0]).toEqual({
      from: 'friend@localhost',
      to: 'you@localhost',
      body: '/newbot Evil',
      type: 'chat',
      stanza_id: 'f1',
      timestamp: Math.floor(chat.clock.now() / 1_000),
      id: 'f1',
      resource: 'phone',
    });
  });

  it('is left alone when an engine wrote it, or when it came through a room', async () => {
    const { engine, chat } = await startSelfChat();
    const { id, token } = await aBot(engine);
    await setScope(engine, id, 'all');

    await chat.hear(
      fromFriend('from a bot', 'f1', "<generated xmlns='urn:botmother:0'/>"),
      fromFriend('in a room', 'f2').replace("type='chat'", "type='groupchat'"),
      fromFriend('in private', 'f3', "<x xmlns='http://jabber.org/protocol/muc#user'/>"),
    );
    await chat.settled();

    expect(await updatesOf(engine, token)).toEqual([]);
  });

  it('is corrected and taken back by who wrote it, and by nobody else', async () => {
    const { engine, chat } = await startSelfChat();
    const { id, token } = await aBot(engine);
    await setScope(engine, id, 'direct');
    const types = ['message', 'edited_message', 'deleted_message'];
    await fetched(engine, token, types);
    const edit = "<replace xmlns='urn:xmpp:message-correct:0' id='f1'/>";
    const retraction = "<retract xmlns='urn:xmpp:message-retract:1' id='f1'/>";

    await chat.hear(
      fromFriend('helo', 'f1'),
      message({ text: 'evil', id: 'e1', from: 'evil@localhost/x', more: edit }),
      message({ text: 'gone', id: 'e2', from: 'evil@localhost/x', more: retraction }),
      fromFriend('hello', 'f2', edit),
      fromFriend('gone', 'f3', retraction),
      fromFriend('never heard of it', 'f4', edit.replace('f1', 'f0')),
    );
    await chat.settled();

    const found = await fetched(engine, token, types);
    expect(found.map(({ type, data }) => [type, data.from, data.body, data.stanza_id, data.id])).toEqual([
      ['message', 'friend@localhost', 'helo', 'f1', 'f1'],
      ['edited_message', 'friend@localhost', 'hello', 'f1', 'f2'],
      ['deleted_message', 'friend@localhost', '', 'f1', 'f3'],
    ]);
    for (const { type, data } of found) {
      expect(updateData[type as keyof typeof updateData].strict().safeParse(data).error).toBeUndefined();
    }
  });
});
