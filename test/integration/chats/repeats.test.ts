import { describe, expect, it } from 'vitest';
import type { ChatMessage } from '../../../src-shared/api/chats.ts';
import { type ChatRig, chatRig, FRIEND, said } from '../../support/scripted/chat-rig.ts';

const key = { 'idempotency-key': 'k-1' };
const post = (rig: ChatRig, body: object, headers: Record<string, string> = key, to: string = FRIEND) =>
  rig.call('POST', `${rig.pathOf(to)}/messages`, body, headers);
const written = ({ body }: Awaited<ReturnType<typeof post>>) => body.result as ChatMessage;
const bodies = (rig: ChatRig) =>
  rig.sent(FRIEND).flatMap((one) => (one.getChild('body') ? [one.getChildText('body')] : []));

describe('a text of the window that is sent again with its key', () => {
  it('is written once: afterwards, and when both come at once', async () => {
    const rig = await chatRig();
    await rig.open(FRIEND);

    const [first, second] = await Promise.all([post(rig, { text: 'once' }), post(rig, { text: 'once' })]);
    const third = await post(rig, { text: 'once' });
    await rig.settled();

    expect([first.status, second.status, third.status]).toEqual([200, 200, 200]);
    expect(new Set([first, second, third].map((one) => written(one).message_id)).size).toBe(1);
    expect(bodies(rig)).toEqual(['once']);
    expect(await rig.texts(FRIEND)).toEqual(['once']);
  });

  it('is another message with another key, or without one', async () => {
    const rig = await chatRig();
    await rig.open(FRIEND);
    await post(rig, { text: 'again' });
    await post(rig, { text: 'again' }, { 'idempotency-key': 'k-2' });
    await post(rig, { text: 'again' }, {});
    await rig.settled();

    expect(bodies(rig)).toEqual(['again', 'again', 'again']);
  });

  it('is refused where the key was another text, or another conversation', async () => {
    const rig = await chatRig();
    await rig.open(FRIEND);
    await rig.open('other@localhost');
    await post(rig, { text: 'one' });

    expect((await post(rig, { text: 'two' })).status).toBe(409);
    expect((await post(rig, { text: 'one' }, key, 'other@localhost')).status).toBe(409);
    expect((await post(rig, { text: 'one' }, { 'idempotency-key': 'ü' })).status).toBe(400);
    await rig.settled();
    expect(bodies(rig)).toEqual(['one']);
  });

  it('corrects once, also where it is sent anew because nobody had got it', async () => {
    const rig = await chatRig();
    await rig.open(FRIEND);
    const failed = await rig.write(FRIEND, 'helo');
    await rig.settled();
    await rig.hear(
      `<message from='${FRIEND}' to='you@localhost' type='error' id='${failed.message_id}'><error type='cancel'><service-unavailable xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'/></error></message>`,
    );
    const correction = { text: 'hello', replace_id: failed.message_id };

    const first = await post(rig, correction);
    const second = await post(rig, correction);
    await rig.settled();

    expect([first.status, second.status]).toEqual([200, 200]);
    expect(written(second).message_id).toBe(written(first).message_id);
    expect(await rig.texts(FRIEND)).toEqual(['hello']);
    expect(bodies(rig)).toEqual(['helo', 'hello']);
  });

  it('begins anew after a day', async () => {
    const rig = await chatRig();
    await rig.hear(said('hi', { id: 'f1' }));
    await post(rig, { text: 'good morning' });
    await rig.settled();
    rig.clock.advance(24 * 60 * 60 * 1_000 + 1);
    await post(rig, { text: 'good morning' });
    await rig.settled();

    expect(bodies(rig)).toEqual(['good morning', 'good morning']);
  });
});
