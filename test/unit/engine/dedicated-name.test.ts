import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createDedicatedAccount } from '../../../src-main/engine/bots/dedicated-name.ts';
import { dedicatedName } from '../../../src-shared/dedicated-name.ts';

describe('the name of a dedicated bot', () => {
  it.each([
    ['Weather', 'bot_weather_1a2b'],
    ['Weather Bot-2', 'bot_weather_bot_2_1a2b'],
    ['Wetter für Köln', 'bot_wetter_fr_kln_1a2b'],
    ['a\u00A0b\tc', 'bot_a_b_c_1a2b'],
    ['snake_case', 'bot_snake_case_1a2b'],
    ['天気', 'bot_1a2b'],
    ['天 気 -', 'bot_1a2b'],
    ['🌦', 'bot_1a2b'],
    ['x'.repeat(64), `bot_${'x'.repeat(50)}_1a2b`],
    [`${'天'.repeat(30)}${'y'.repeat(60)}`, `bot_${'y'.repeat(50)}_1a2b`],
  ])('%j becomes %s', (name, localpart) => {
    expect(dedicatedName(name, '1a2b')).toBe(localpart);
  });

  it('is always one that every server takes', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 80 }), (name) => {
        expect(dedicatedName(name, '00ff')).toMatch(/^bot_([a-z0-9_]{1,50}_)?00ff$/);
      }),
    );
  });
});

describe('the account of a dedicated bot', () => {
  const counting = () => {
    let next = 0;
    return (bytes: number) => Buffer.alloc(bytes, bytes === 2 ? next++ : 0xff);
  };

  it('takes the next suffix while names are taken, with one random password of 32 bytes', async () => {
    const asked: [string, string][] = [];
    const create = async (localpart: string, password: string) => {
      asked.push([localpart, password]);
      return asked.length < 3 ? ('taken' as const) : ('created' as const);
    };

    const intended: string[] = [];
    const made = await createDedicatedAccount({ host: 'chat.example', create }, 'Weather', {
      random: counting(),
      // What may be made is known before it is.
      intend: async ({ jid }) => void intended.push(`${asked.length} ${jid}`),
    });

    const password = Buffer.alloc(32, 0xff).toString('base64url');
    expect(made).toEqual({ jid: 'bot_weather_0202@chat.example', password });
    expect(intended).toEqual(
      ['0 bot_weather_0000', '1 bot_weather_0101', '2 bot_weather_0202'].map((one) => `${one}@chat.example`),
    );
    expect(asked).toEqual(
      ['bot_weather_0000', 'bot_weather_0101', 'bot_weather_0202'].map((localpart) => [localpart, password]),
    );
  });

  it('gives up when no name is free, and passes on what the provider refuses', async () => {
    let tries = 0;
    const create = async () => {
      tries += 1;
      return 'taken' as const;
    };
    const made = createDedicatedAccount({ host: 'chat.example', create }, 'Weather');

    await expect(made).rejects.toMatchObject({ code: 'provisioning.names-taken' });
    expect(tries).toBe(10);

    const broken = { host: 'chat.example', create: () => Promise.reject(new Error('away')) };
    await expect(createDedicatedAccount(broken, 'Weather')).rejects.toThrow('away');
  });
});
