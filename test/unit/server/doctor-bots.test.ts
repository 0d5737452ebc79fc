import { describe, expect, it } from 'vitest';
import { botFinding, errandFinding } from '../../../src-main/server/cli/doctor-bots.ts';

const bot: Parameters<typeof botFinding>[0] = {
  id: 3,
  name: 'Weather',
  owner: 'you@localhost',
  jid: 'bot_weather_1a2b@localhost',
  mode: 'dedicated',
  status: 'active',
  description: '',
  created_at: 0,
  state: 'online',
  last_active: null,
  tokens: [],
};
const well = {
  jid: bot.jid,
  state: 'online',
  reason: null,
  device: 5,
  published: true,
  owner_devices: 2,
  waiting_devices: [8],
} as const;

describe('the doctor, of a dedicated bot', () => {
  it('is content with one that is online and can be reached', () => {
    expect(botFinding(bot, { ...well, waiting_devices: [8] })).toEqual({
      ok: true,
      what: 'bot Weather (ID: 3, bot_weather_1a2b@localhost) is online, with OMEMO',
    });
  });

  it.each([
    [
      { state: 'failed', reason: 'the password is refused' },
      'is failed: the password is refused',
      'bot delete 3',
    ],
    [{ state: 'offline' }, 'is offline', 'account enable you@localhost'],
    [{ state: 'backing_off', reason: 'no answer' }, 'is backing_off: no answer', 'tried again by itself'],
    [{ published: false }, 'its OMEMO device is not on the server', 'bot activate 3'],
    [
      { owner_devices: 0, waiting_devices: [] },
      'knows no OMEMO device of you@localhost',
      'OMEMO switched on',
    ],
    [{ owner_devices: 1 }, 'no device of you@localhost may command it', 'omemo trust 8 --bot 3'],
  ] as const)('says of %j what is wrong, and what to do', (change, what, fix) => {
    const finding = botFinding(bot, { ...well, waiting_devices: [8], ...change } as never);

    expect(finding).toEqual({
      ok: false,
      what: expect.stringContaining(what),
      fix: expect.stringContaining(fix),
    });
  });

  it('says which accounts should be gone', () => {
    const errand = { jid: bot.jid, owner: 'you@localhost', attempts: 2, next_try: 0 };

    expect(errandFinding({ ...errand, kind: 'remove', reason: 'no answer' }).what).toBe(
      'the account bot_weather_1a2b@localhost of a deleted bot could not be removed yet: no answer',
    );
    expect(errandFinding({ ...errand, kind: 'contact', reason: 'it is not connected' }).what).toBe(
      'the deleted bot bot_weather_1a2b@localhost is still a contact of you@localhost: it is not connected',
    );
    expect(errandFinding({ ...errand, kind: 'register', reason: null })).toMatchObject({
      ok: false,
      what: expect.stringContaining('was not made may still be there'),
      fix: expect.stringContaining('ejabberd test'),
    });
  });
});
