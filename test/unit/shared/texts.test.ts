import { describe, expect, it } from 'vitest';
import { type ErrorCode, errorCodes, errorEntry, refuse } from '../../../src-shared/errors.ts';
import { de } from '../../../src-shared/text/de.ts';
import { describeRefusal } from '../../../src-shared/text/describe-refusal.ts';
import { en } from '../../../src-shared/text/en.ts';
import { refusalsDe } from '../../../src-shared/text/refusals-de.ts';
import { translate } from '../../../src-shared/text/translate.ts';
import { checkText } from '../../../src-shared/xml-text.ts';

const slots = (text: string) => [...text.matchAll(/\{\{(\w+)\}\}/g)].map(([, slot]) => slot).sort();

describe('texts', () => {
  it('exist in both languages with the same placeholders', () => {
    expect(Object.keys(de).sort()).toEqual(Object.keys(en).sort());
    for (const key of Object.keys(en) as (keyof typeof en)[])
      expect([key, slots(de[key])]).toEqual([key, slots(en[key])]);
  });

  it('put values in unchanged, also those that look like markup', () => {
    expect(translate('en')('token.done', { name: '<b>&{{x}}', token: 'bm_1' })).toContain('<b>&{{x}}');
    expect(translate('de')('mybots.title')).toBe('Deine Bots:');
  });
});

describe('refusals in German', () => {
  const slotsOf = (text: string) => [...text.matchAll(/\{(\w+)\}/g)].map(([, slot]) => slot).sort();

  it.each(errorCodes)('exist: %s', (code) => {
    expect(refusalsDe[code]).toBeDefined();
  });

  it.each(Object.entries(refusalsDe))('fill in no more than the English words do: %s', (code, text) => {
    const english = slotsOf(errorEntry(code as ErrorCode).text);
    expect(slotsOf(text).every((slot) => english.includes(slot))).toBe(true);
  });

  it('carry their details', () => {
    expect(describeRefusal(refuse('bot.not-found', { id: 7 }), 'de')).toBe(
      'Es gibt keinen Bot mit der ID 7.',
    );
    expect(describeRefusal(refuse('bot.not-found', { id: 7 }), 'en')).toBe('There is no bot with ID 7.');
    expect(describeRefusal(refuse('route.unknown', { path: '/x' }), 'de')).toBe(
      'Eine Adresse /x gibt es nicht.',
    );
  });
});

describe('refusals', () => {
  it('have a slug, words and an end', () => {
    for (const code of errorCodes) {
      const { slug, text } = errorEntry(code);
      expect([code, /^[a-z_]+$/.test(slug), text.length > 5]).toEqual([code, true, true]);
    }
  });

  it('carry their details in their words', () => {
    expect(refuse('bot.not-found', { id: 7 })).toMatchObject({
      message: 'There is no bot with ID 7.',
      kind: 'not-found',
      slug: 'not_found',
    });
  });
});

describe('outgoing text', () => {
  it.each(['hello', 'ümläute', '🎉 \u202Ertl', 'tab\tand\nline', '\uFFFD', ''])('may be %j', (text) => {
    expect(() => checkText('text', text)).not.toThrow();
  });

  it.each([
    ['\u0000', 'U+0000'],
    ['a\u0007b', 'U+0007'],
    ['\uD83C', 'U+D83C'],
    ['\uFFFE', 'U+FFFE'],
    ['\uFFFF', 'U+FFFF'],
  ])('may not hold %j', (text, shown) => {
    expect(() => checkText('text', text)).toThrow(shown);
  });

  it('is limited in UTF-8 bytes', () => {
    expect(() => checkText('text', 'a'.repeat(65_536))).not.toThrow();
    expect(() => checkText('text', 'ü'.repeat(32_769))).toThrow('65538 bytes');
    expect(() => checkText('text', '€'.repeat(21_845))).not.toThrow();
    expect(() => checkText('text', '€'.repeat(21_846))).toThrow('65538 bytes');
    expect(() => checkText('text', '🎉'.repeat(16_385))).toThrow('65540 bytes');
  });
});
