import { describe, expect, it } from 'vitest';
import { botSettings } from '../../../src-shared/api/bot-settings.ts';
import { settings } from '../../../src-shared/api/settings.ts';
import { refuse } from '../../../src-shared/errors.ts';
import { describeInChat } from '../../../src-shared/text/describe-refusal.ts';
import { readReason } from '../../../src-shared/text/reasons.ts';

/** What no setting takes all of. */
const ODD = [null, {}, '', 'x', '-1', '1.5', 'ftp://x', 'a b', 'ä'.repeat(70_000), '\u0001', '-----BEGIN'];
/** A choice names its own values; these alone are words of a person's language. */
const CHOICES = /^use [a-z]+(, [a-z]+)* or [a-z]+$/;

const declared = { ...settings, ...botSettings };
const refusals = Object.entries(declared).flatMap(([key, { schema }]) =>
  ODD.flatMap((value) => {
    const words = schema.safeParse(value).error?.issues[0]?.message;
    return words === undefined ? [] : [{ key, words }];
  }),
);

describe('what is wrong with a setting', () => {
  it.each([...new Set(refusals.map(({ words }) => words))])('is known by its words: %s', (words) => {
    const { key = '' } = refusals.find((one) => one.words === words) ?? {};
    const german = describeInChat(refuse('setting.invalid', { key, reason: words }), 'de');

    expect(readReason(words)).toBeDefined();
    expect(german).toMatch(/^\w+: (nimm|das muss|kein) /);
    expect(german).not.toMatch(/ or | use /);
  });

  it('names the values of a choice as they are', () => {
    const choices = refusals.filter(({ words }) => CHOICES.test(words));

    expect(choices.map(({ key }) => key)).toContain('chat_admin');
    expect(
      describeInChat(
        refuse('setting.invalid', { key: 'chat_admin', reason: 'use encrypted, any or off' }),
        'de',
      ),
    ).toBe('chat_admin: nimm encrypted, any oder off');
  });
});
