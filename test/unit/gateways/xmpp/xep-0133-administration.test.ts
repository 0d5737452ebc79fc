import { describe, expect, it } from 'vitest';
import { type Element, xml } from '../../../../src-main/gateways/xmpp/element.ts';
import { StanzaError } from '../../../../src-main/gateways/xmpp/session.ts';
import { administration } from '../../../../src-main/gateways/xmpp/xep-0133-administration.ts';
import { bareJid } from '../../../../src-shared/jid.ts';

const NS = 'http://jabber.org/protocol/commands';
const JID = bareJid('bot@localhost');

const command = (status: string, ...children: Element[]) =>
  xml('iq', { type: 'result' }, xml('command', { xmlns: NS, status, sessionid: 's' }, ...children));
const form = (...names: string[]) =>
  xml(
    'x',
    { xmlns: 'jabber:x:data', type: 'form' },
    ...names.map((name) => xml('field', { var: name }, xml('required'))),
  );
const note = (type: string, text: string) => xml('note', { type }, text);
const nothing = xml(
  'iq',
  { type: 'result' },
  xml('query', { xmlns: 'http://jabber.org/protocol/disco#items' }),
);

/** Answers in that order; what was asked is kept. */
function answering(...answers: (Element | StanzaError)[]) {
  const asked: Element[] = [];
  const request = async (iq: Element) => {
    asked.push(iq);
    const answer = answers.shift() ?? new StanzaError('service-unavailable', 'cancel', '');
    if (answer instanceof StanzaError) throw answer;
    return answer;
  };
  return { admin: administration({ request }, 'localhost'), asked };
}

describe('an administrator over XMPP', () => {
  it('gives up a command that asks for more than it has, in order', async () => {
    const asks = command('executing', form('accountjid', 'password', 'password-verify', 'email'));
    const { admin, asked } = answering(asks, command('canceled'));

    await expect(admin.add(JID, 'pw')).rejects.toMatchObject({
      name: 'CommandFailed',
      message: 'The form asks for "email" too',
    });
    expect(asked[1]?.getChild('command', NS)?.attrs).toMatchObject({ action: 'cancel', sessionid: 's' });
  });

  it('shows words of a server only as far as they are harmless', async () => {
    const asks = command('executing', form('accountjid'));
    const failed = command('completed', note('error', `dis\u202Ek\nfull ${'x'.repeat(400)}`));
    const { admin } = answering(asks, failed, nothing, new StanzaError('forbidden', 'auth', ''));

    const error: unknown = await admin.add(JID, 'pw').catch((reason: unknown) => reason);

    expect(String(error)).toMatch(/^CommandFailed: disk full x+…$/);
    expect(String(error).length).toBeLessThan(230);
  });

  it('does not take a note about something else for an account that exists', async () => {
    const asks = command('executing', form('accountjid'));
    const { admin } = answering(
      asks,
      command('completed', note('error', 'disk full')),
      nothing,
      asks,
      command('completed', note('error', 'no such user')),
    );

    await expect(admin.add(JID, 'pw')).rejects.toMatchObject({ name: 'CommandFailed', message: 'disk full' });
  });

  it('notices an account that is still there after it was deleted', async () => {
    const { admin } = answering(
      command('executing', form('accountjids')),
      command('completed', note('info', 'could not be deleted')),
      nothing,
      nothing,
      command('executing', form('accountjid')),
      command('completed'),
    );

    await expect(admin.delete(JID)).rejects.toMatchObject({ message: 'The account is still there' });
  });
});
