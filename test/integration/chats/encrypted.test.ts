import { describe, expect, it } from 'vitest';
import { madeUp } from '../../support/made-up-message.ts';
import { carbonOf, chatRig, FRIEND, said } from '../../support/scripted/chat-rig.ts';
import { YOU } from '../../support/scripted/person-rig.ts';
import { ScriptedServer } from '../../support/scripted/scripted-server.ts';
import { until } from '../../support/until.ts';

function serverWithFriend(): ScriptedServer {
  const server = new ScriptedServer();
  server.rosters.set(YOU, `<item jid='${FRIEND}' name='Ada' subscription='both'/>`);
  return server;
}
const fromFriend = (id: string) => {
  const stanza = madeUp(YOU, id, 4711, 1);
  stanza.attrs.from = `${FRIEND}/phone`;
  return stanza;
};

describe('encrypted conversations in the window', () => {
  it('are read and written encrypted, and say so', async () => {
    const rig = await chatRig({ server: serverWithFriend(), hasOmemo: true });
    const friend = await rig.device(FRIEND);
    await friend.say('a secret', 'f1');
    await rig.settled();
    expect(await rig.messages(FRIEND)).toMatchObject([{ text: 'a secret', encrypted: true, author: FRIEND }]);

    await rig.write(FRIEND, 'mine too');
    await rig.settled();

    expect((await rig.messages(FRIEND)).at(-1)).toMatchObject({ text: 'mine too', encrypted: true });
    const out = rig.sent(FRIEND).filter((one) => friend.isMeant(one.toString()));
    expect(out.some((one) => one.toString().includes('mine too'))).toBe(false);
    expect(await Promise.all(out.map((one) => friend.read(one.toString())))).toContain('mine too');
    expect((await rig.chat(FRIEND)).encryption).toMatchObject({ state: 'on', devices: 1 });
  });

  it('show no words that came in clear as encrypted: a correction of that kind stands for itself', async () => {
    const rig = await chatRig({ server: serverWithFriend(), hasOmemo: true });
    const friend = await rig.device(FRIEND);
    await friend.say('meet me at noon', 'f1');
    await rig.settled();

    const more = "<replace xmlns='urn:xmpp:message-correct:0' id='f1'/>";
    await rig.hear(said('meet me at midnight', { id: 'f2', more }));

    expect(await rig.messages(FRIEND)).toMatchObject([
      { message_id: 'f1', text: 'meet me at noon', encrypted: true, edited: false },
      { message_id: 'f2', text: 'meet me at midnight', encrypted: false, edited: false },
    ]);
  });

  it('show an own message as encrypted no longer, once it was corrected in clear', async () => {
    const rig = await chatRig({ server: serverWithFriend(), hasOmemo: true });
    const friend = await rig.device(FRIEND);
    await friend.say('a secret', 'f1');
    await rig.settled();
    const { message_id: id } = await rig.write(FRIEND, 'mine too');
    await rig.settled();
    // Who writes in clear at another client has decided that.
    await rig.hear(carbonOf(said('in clear', { id: 'y1', from: `${YOU}/phone`, to: FRIEND })));

    await rig.write(FRIEND, 'mine as well', { replace_id: id });
    await rig.settled();

    expect((await rig.messages(FRIEND)).find(({ message_id }) => message_id === id)).toMatchObject({
      text: 'mine as well',
      edited: true,
      encrypted: false,
    });
  });

  it('have what bots of other engines write, although it is for no program', async () => {
    const rig = await chatRig({ server: serverWithFriend(), hasOmemo: true });
    const friend = await rig.device(FRIEND);
    const stanza = await friend.write('said by a bot', 'b1');
    if (!stanza) throw new Error('nothing was written');
    stanza.c('generated', { xmlns: 'urn:botmother:0' });

    await rig.hear(stanza);

    expect(await rig.messages(FRIEND)).toMatchObject([{ text: 'said by a bot', by: 'bot', encrypted: true }]);
  });

  it('show one notice for a gap, with the number of messages', async () => {
    const rig = await chatRig({ server: serverWithFriend(), hasOmemo: true });
    rig.clock.advance(1_000);
    await rig.hear(fromFriend('x1'), fromFriend('x2'), fromFriend('x3'));
    await until('the notice', async () => (await rig.messages(FRIEND))[0]?.notice?.count === 3);
    await rig.hear(said('in clear', { id: 'f1' }));
    await rig.hear(fromFriend('x4'));

    const shown = (await rig.messages(FRIEND)).filter(({ notice }) => notice?.code !== 'new-device');
    expect(shown).toMatchObject([
      {
        kind: 'notice',
        notice: { code: 'unreadable', count: 3 },
        text: expect.stringContaining('3 messages'),
      },
      { kind: 'text', text: 'in clear' },
      { kind: 'notice', notice: { code: 'unreadable', count: 1 } },
    ]);
  });

  it('cannot be read without a device: that is said once, with what to do', async () => {
    const rig = await chatRig({ server: serverWithFriend() });

    await rig.hear(fromFriend('x1'), fromFriend('x1'), fromFriend('x2'));

    expect(await rig.messages(FRIEND)).toMatchObject([
      { kind: 'notice', notice: { code: 'no-device', count: 2, action: 'turn-on-omemo' } },
    ]);
    expect((await rig.chat(FRIEND)).encryption).toMatchObject({
      state: 'impossible',
      reason: expect.stringContaining('OMEMO'),
    });
    expect((await rig.call('POST', `${rig.pathOf(FRIEND)}/messages`, { text: 'x' })).status).toBe(409);
  });
});
