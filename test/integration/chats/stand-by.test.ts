import { parse } from 'ltx';
import { describe, expect, it } from 'vitest';
import { marksOf } from '../../../src-main/engine/accounts/peer-marks.ts';
import { readMessage } from '../../../src-main/engine/messages/read-message.ts';
import { CAPS_NODE } from '../../../src-main/gateways/xmpp/identity.ts';
import { fullJid } from '../../../src-shared/jid.ts';
import { madeUp } from '../../support/made-up-message.ts';
import { chatRig, FRIEND } from '../../support/scripted/chat-rig.ts';
import { YOU } from '../../support/scripted/person-rig.ts';
import { ScriptedServer } from '../../support/scripted/scripted-server.ts';
import { until } from '../../support/until.ts';

/** Before every resource that an engine gives itself. */
const OTHER = fullJid(`${YOU}/a`);

/** A window whose engine stands by: another one holds the account. */
async function standingBy() {
  const server = new ScriptedServer();
  server.rosters.set(YOU, `<item jid='${FRIEND}' name='Ada' subscription='both'/>`);
  // It does not answer what it can do: our own software is believed.
  server.refuse = (_, iq) => (iq.attrs.to === OTHER ? 'remote-server-timeout' : undefined);
  const rig = await chatRig({ server, hasOmemo: true });
  server.tell(
    YOU,
    `<presence from='${OTHER}'><c xmlns='http://jabber.org/protocol/caps' hash='sha-1' node='${CAPS_NODE}' ver='x'/></presence>`,
  );
  // What is handed over went to the other one, last.
  await until('the turn to go over', () => server.sent.some(({ stanza }) => stanza.includes('<handover')));
  const own = rig.engine.sessions.of(YOU)?.boundJid;
  if (!own) throw new Error('the session is online');
  return {
    rig,
    /** The other engine has taken care of these. */
    otherDid(...stanzas: ReturnType<typeof unreadable>[]): void {
      const names = stanzas.flatMap((stanza) => {
        const reading = readMessage(parse(stanza.toString()), YOU, Date.now());
        return reading.kind === 'sealed' ? reading.message.names : [];
      });
      for (const mark of marksOf(own, names, false)) {
        mark.attrs.from = OTHER;
        server.tell(YOU, mark.toString());
      }
    },
  };
}

/** For a device that is not ours any more. */
function unreadable(id: string) {
  const stanza = madeUp(YOU, id, 4711, 1);
  stanza.attrs.from = `${FRIEND}/phone`;
  return stanza;
}

describe('while another engine holds the account', () => {
  it('the window says how many messages cannot be read here, once each is done with there', async () => {
    const { rig, otherDid } = await standingBy();
    const [first, second] = [unreadable('x1'), unreadable('x2')];
    rig.server.deliver(YOU, first);
    rig.server.deliver(YOU, second);
    await until('both to be kept', async () => (await rig.engine.inbox.count(rig.account.id)) === 2);
    const notices = async () =>
      (await rig.messages(FRIEND).catch(() => [])).filter(({ notice }) => notice?.code === 'unreadable');

    // The other one may still read them, and this one may get the turn.
    expect(await notices()).toEqual([]);
    otherDid(first, second);

    await until('the notice', async () => (await notices())[0]?.notice?.count === 2);
    expect(await notices()).toMatchObject([{ kind: 'notice', text: expect.stringContaining('2 messages') }]);
    expect(await rig.engine.inbox.count(rig.account.id)).toBe(0);
    // Nobody is written to: that is the other one's to do.
    expect(rig.sent(FRIEND)).toEqual([]);

    // A copy that comes later tells nothing again.
    rig.server.deliver(YOU, first);
    await rig.settled();
    expect((await notices()).map(({ notice }) => notice?.count)).toEqual([2]);
  });
});
