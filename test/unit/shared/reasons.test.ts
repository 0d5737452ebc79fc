import { describe, expect, it } from 'vitest';
import { refuse } from '../../../src-shared/errors.ts';
import { describeRefusal } from '../../../src-shared/text/describe-refusal.ts';
import { causeIn, causeOf, readReason, reason, reasonIn, reasons } from '../../../src-shared/text/reasons.ts';

const SLOT = /\{(\w+)\}/g;
/** What slots are filled with: things with dots, colons and blanks in them. */
const FILLED = 'chat.example.org:5222 (or so)';

describe('what the engine says about itself', () => {
  it.each(Object.keys(reasons) as (keyof typeof reasons)[])('%s is known again by its words', (code) => {
    const { en, de } = reasons[code];
    const slots = [...en.matchAll(SLOT)].map(([, slot = '']) => slot);
    const said = en.replace(SLOT, FILLED);

    expect(readReason(said)?.code).toBe(code);
    expect(reasonIn('de', said)).toBe(de.replace(SLOT, FILLED));
    expect(reasonIn('en', said)).toBe(said);
    // Nothing that English names is missing in German, nor the other way round.
    expect(new Set([...de.matchAll(SLOT)].map(([, slot]) => slot))).toEqual(new Set(slots));
    expect(de).not.toBe(en);
  });

  it('is said in the language of a refusal that has it in it', () => {
    const said = reason('login.password', { jid: 'you@localhost' });
    const refusal = refuse('account.login-failed', { account: 'you@localhost', reason: said });

    expect(describeRefusal(refusal, 'de')).toContain('nimmt dieses Passwort für you@localhost nicht an');
    expect(describeRefusal(refusal, 'en')).toContain('does not accept this password');
  });

  it('is said by its code in any language, whatever became of its words since', () => {
    const cause = causeOf(reason('webhook.answered', { status: 503 }));

    expect(cause).toEqual({ code: 'webhook.answered', values: { status: '503' } });
    expect(causeIn('de', 'said otherwise by now', cause)).toBe('Antwort 503');
    expect(causeIn('en', 'said otherwise by now', cause)).toBe('answered 503');
  });

  it('stands as it was said where its code is unknown, or there is none', () => {
    expect(causeOf('Too many people here')).toBeNull();
    expect(causeOf(null)).toBeNull();
    expect(causeIn('de', 'said by a newer engine', { code: 'webhook.tired', values: {} })).toBe(
      'said by a newer engine',
    );
    expect(causeIn('de', 'said by a newer engine', { code: 'toString', values: {} })).toBe(
      'said by a newer engine',
    );
    expect(causeIn('de', null, null)).toBeNull();
  });

  it('is left as it is where a server said it', () => {
    expect(reasonIn('de', 'Zu viele Leute hier')).toBe('Zu viele Leute hier');
    expect(readReason('Too many people here')).toBeUndefined();
  });
});
