import { describe, expect, it } from 'vitest';
import { botState, findingsOf } from '../../../src-renderer/views/health/findings.ts';
import type { AccountStatus, BotStatus, Status } from '../../../src-shared/api/status.ts';

const JID = 'mira@example.org';
const anAccount = (account: Partial<AccountStatus>): AccountStatus => ({
  jid: JID,
  state: 'online',
  reason: null,
  bots: 1,
  ...account,
});
const aBot = (bot: Partial<BotStatus>): BotStatus => ({
  id: 1,
  name: 'Weather',
  mode: 'personal',
  status: 'active',
  owner: JID,
  jid: JID,
  ...bot,
});
const aStatus = (status: Partial<Status>): Status => ({
  version: '1.0.0',
  api_url: 'http://127.0.0.1:7842',
  api_problem: null,
  api_mode: 'local',
  api_certificate: null,
  bots_enabled: true,
  accounts: [anAccount({})],
  bots: [aBot({})],
  ...status,
});

describe('what needs the reader', () => {
  it('is nothing when all is well', () => {
    expect(findingsOf(aStatus({}))).toEqual([]);
  });

  it('is first what does not mend itself, with the reason as a sentence and a way out', () => {
    const accounts = [
      anAccount({ jid: 'b@example.org', state: 'backing_off', reason: null }),
      anAccount({ jid: 'a@example.org', state: 'failed', reason: 'the server refuses the password' }),
      anAccount({ jid: 'c@example.org', state: 'connecting' }),
    ];

    const [first, second, ...others] = findingsOf(aStatus({ accounts }));

    expect(first).toMatchObject({ level: 'bad', title: 'a@example.org cannot sign in' });
    expect(first?.explanation[0]).toBe('The server refuses the password.');
    expect(first?.command).toContain('account enable a@example.org');
    expect(second).toMatchObject({ level: 'warn', title: 'b@example.org has lost its connection' });
    expect(second?.explanation).toHaveLength(1);
    expect(others).toEqual([]);
  });

  it('is that bots are switched off', () => {
    expect(findingsOf(aStatus({ bots_enabled: false }))).toMatchObject([{ level: 'warn', key: 'bots' }]);
  });

  it('is that the API could not move to the port that was set', () => {
    const api_problem = 'Port 8080 is taken by another program';

    expect(findingsOf(aStatus({ api_problem }))).toMatchObject([
      { level: 'warn', key: 'api', explanation: [`${api_problem}.`, expect.stringContaining(':7842')] },
    ]);
  });

  it('keeps a shell from acting upon an address', () => {
    const accounts = [anAccount({ jid: 'a$(x)@example.org', state: 'failed' })];

    expect(findingsOf(aStatus({ accounts }))[0]?.command).toContain("enable 'a$(x)@example.org'");
  });
});

describe('what a bot does', () => {
  it.each([
    ['active', {}, {}],
    ['disabled', { status: 'disabled' }, {}],
    ['switched off', {}, { bots_enabled: false }],
    ['waits for its account', {}, { accounts: [anAccount({ state: 'backing_off' })] }],
    ['waits for its account', {}, { accounts: [] }],
    ['active', { mode: 'dedicated' }, { accounts: [anAccount({ state: 'offline' })] }],
  ] as const)('is %s for %o of %o', (words, bot, status) => {
    expect(botState(aBot(bot), aStatus(status as Partial<Status>)).words).toBe(words);
  });
});
