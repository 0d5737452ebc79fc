import { describe, expect, it } from 'vitest';
import type { SignIn } from '../../../src-main/engine/accounts/account-service.ts';
import { signIns } from '../../../src-main/engine/accounts/sign-ins.ts';
import { bareJid } from '../../../src-shared/jid.ts';

const JID = bareJid('you@localhost');
const CALLER = { actor: 'operator', from: 'test' };
const SIGN_IN: SignIn = { jid: JID, password: 'x', service: undefined, ca: undefined, verify: true };

/** Accounts that are stored at once, and sessions that come online when the test says. */
function rig({ isNew = true } = {}) {
  const said: string[] = [];
  let end: (error?: Error) => void = () => undefined;
  const signIn = signIns({
    accounts: {
      add: async () => {
        said.push('add');
        return { isNew };
      },
      remove: async () => {
        said.push('remove');
        return {};
      },
    },
    sessions: {
      isRunning: true,
      online: (_jid, _ms, gone) =>
        new Promise((resolve, reject) => {
          said.push('wait');
          end = (error) => (error ? reject(error) : resolve());
          gone?.addEventListener('abort', () => reject(new Error('cancelled')));
        }),
    },
    settings: { get: () => true as never },
  });
  return { said, signIn, end: (error?: Error) => end(error) };
}
const settle = () => new Promise((resolve) => setImmediate(resolve));

describe('signing in', () => {
  it('forgets an account again that was stored for an attempt that was cancelled', async () => {
    const { said, signIn } = rig();
    const gone = new AbortController();
    const attempt = signIn(SIGN_IN, CALLER, gone.signal);
    await settle();

    gone.abort();

    await expect(attempt).rejects.toThrow('cancelled');
    expect(said).toEqual(['add', 'wait', 'remove']);
  });

  it('keeps one that was there before, and one whose session failed while somebody waited', async () => {
    const known = rig({ isNew: false });
    const gone = new AbortController();
    const again = known.signIn(SIGN_IN, CALLER, gone.signal);
    await settle();
    gone.abort();
    await expect(again).rejects.toThrow('cancelled');
    const late = rig();
    const attempt = late.signIn(SIGN_IN, CALLER, new AbortController().signal);
    await settle();
    late.end(new Error('it takes too long'));
    await expect(attempt).rejects.toThrow('too long');

    expect([...known.said, ...late.said]).toEqual(['add', 'wait', 'add', 'wait']);
  });

  it('lets the next attempt of an account wait until the one before has taken its own back', async () => {
    const { said, signIn, end } = rig();
    const gone = new AbortController();
    const first = signIn(SIGN_IN, CALLER, gone.signal).catch(() => undefined);
    const second = signIn(SIGN_IN, CALLER, new AbortController().signal);
    await settle();
    gone.abort();
    await first;
    await settle();
    end();
    await second;

    expect(said).toEqual(['add', 'wait', 'remove', 'add', 'wait']);
  });
});
