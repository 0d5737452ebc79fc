import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseStyling } from '../../../../src-main/base/message-styling.ts';
import { fromStyled } from '../../../../src-main/gateways/telegram/styling/from-styled.ts';
import { entityAt, rangesOf } from '../../../../src-main/gateways/telegram/styling/ranges.ts';
import { splitText } from '../../../../src-main/gateways/telegram/styling/split-text.ts';
import { toStyled } from '../../../../src-main/gateways/telegram/styling/to-styled.ts';
import type { MessageEntity, TelegramText } from '../../../../src-main/gateways/telegram/telegram-api.ts';
import { acceptText } from '../../../support/telegram/text.ts';

const STYLES = ['bold', 'italic', 'underline', 'strikethrough', 'spoiler', 'code'] as const;
const words = fc
  .array(
    fc.constantFrom(
      ...[
        '*',
        '_',
        '~',
        '`',
        '```',
        '>',
        '|',
        '||',
        ' ',
        '  ',
        '\n',
        '\n\n',
        'a',
        'word',
        '(',
        '👩‍👩‍👧',
        '🇩🇪',
        'e\u0301',
        'שלום',
        'مرحبا',
        '\u200f',
        '\u3000',
      ],
    ),
    { maxLength: 40 },
  )
  .map((parts) => parts.join(''));

/** Any text with any entities anywhere: overlapping, beyond its end, inside characters. */
const anything = words.chain((text) =>
  fc.record({
    text: fc.constant(text),
    entities: fc.array(
      fc.record({
        type: fc.constantFrom(
          ...STYLES,
          'pre' as const,
          'blockquote' as const,
          'expandable_blockquote' as const,
          'mention' as const,
        ),
        offset: fc.nat(text.length + 2),
        length: fc.integer({ min: 1, max: text.length + 2 }),
      }),
      { maxLength: 6 },
    ),
  }),
) as fc.Arbitrary<TelegramText>;

const lettersOf = (text: string) => text.replace(/[\s\p{Z}\u2060*_~`>|]/gu, '');
const spaceless = (text: string) => text.replace(/\s/g, '');
const inline = (text: TelegramText): TelegramText => ({
  text: text.text,
  entities: text.entities.filter((one) => STYLES.includes(one.type as 'bold')),
});

/** For each unit of the text, what it is styled as. */
function stylesOf({ text, entities }: TelegramText): string[][] {
  const all = Array.from({ length: text.length }, (): string[] => []);
  for (const { type, offset, length } of entities) {
    const name = type === 'underline' ? 'italic' : type;
    for (const unit of all.slice(offset, offset + length)) if (!unit.includes(name)) unit.push(name);
  }
  return all;
}

describe('to XMPP', () => {
  it('loses no letter, whatever the entities', () => {
    fc.assert(
      fc.property(anything, (text) => {
        expect(lettersOf(toStyled(text))).toBe(lettersOf(text.text));
      }),
      { numRuns: 300 },
    );
  });

  it('makes nothing a style that is none, and says the same when read back', () => {
    fc.assert(
      fc.property(anything.map(inline), (text) => {
        const back = fromStyled(toStyled(text));
        // Entities that begin or end inside a character take it in whole.
        const before = stylesOf({ ...text, entities: rangesOf(text).map(entityAt) });

        expect(back.text).toBe(text.text.replace(/\u2060(?=[*_~`>]|\|\|)/g, ''));
        for (const [index, styles] of stylesOf(back).entries()) {
          // White space between two styled words is styled like them.
          if (/\s/.test(back.text[index] ?? '')) continue;
          expect(before[index]).toEqual(expect.arrayContaining(styles));
        }
      }),
      { numRuns: 300 },
    );
  });

  it('leaves plain text as it is, unless it would be read as styled', () => {
    fc.assert(
      fc.property(words, (text) => {
        const styled = toStyled({ text, entities: [] });
        const isPlain = parseStyling(text).every(
          (block) => block.kind === 'line' && block.spans.every((span) => span.kind === 'text'),
        );

        expect(fromStyled(styled)).toEqual({ text, entities: [] });
        if (isPlain && !text.includes('||')) expect(styled).toBe(text);
      }),
      { numRuns: 300 },
    );
  });

  it('keeps the styling of whole words, however it is nested', () => {
    const word = fc.constantFrom('one', 'שלום', 'مرحبا', '👩‍👩‍👧', "it's", '(so)');
    const kind = fc.constantFrom('bold', 'italic', 'strikethrough', 'spoiler');
    const sentence = fc.array(word, { minLength: 1, maxLength: 12 });
    const styles = fc.array(fc.tuple(kind, fc.nat(11), fc.nat(11)), { maxLength: 4 });
    fc.assert(
      fc.property(sentence, styles, (all, chosen) => {
        const text = all.join(' ');
        const placeOf = (index: number) => all.slice(0, index).join(' ').length + Math.min(index, 1);
        const entities = chosen.map(([type, a, b]) => {
          const [first, last] = [Math.min(a, b, all.length - 1), Math.min(Math.max(a, b), all.length - 1)];
          const end = placeOf(last) + (all[last]?.length ?? 0);
          return { type, offset: placeOf(first), length: end - placeOf(first) } as MessageEntity;
        });
        const visible = (one: TelegramText) =>
          stylesOf(one)
            .filter((_, index) => one.text[index] !== ' ')
            .map((names) => names.sort());

        expect(visible(fromStyled(toStyled({ text, entities })))).toEqual(visible({ text, entities }));
      }),
      { numRuns: 300 },
    );
  });

  it('keeps code to the letter', () => {
    const code = words.filter(
      (text) => text.trim() !== '' && !/(^|\n)```(\n|$)/.test(text) && !text.endsWith('\n'),
    );
    fc.assert(
      fc.property(code, fc.constantFrom(undefined, 'ts'), (text, language) => {
        const entity = {
          type: 'pre',
          offset: 0,
          length: text.length,
          ...(language && { language }),
        } as MessageEntity;

        expect(fromStyled(toStyled({ text, entities: [entity] }))).toEqual({ text, entities: [entity] });
      }),
    );
  });
});

describe('to Telegram', () => {
  it('loses no letter, and gives entities that Telegram takes', () => {
    fc.assert(
      fc.property(words, (text) => {
        const made = fromStyled(text);
        const info = parseStyling(text).some((block) => block.kind !== 'line');

        if (!info) expect(lettersOf(made.text)).toBe(lettersOf(text));
        if (made.text.trim() !== '') expect(() => acceptText(made.text, made.entities)).not.toThrow();
      }),
      { numRuns: 300 },
    );
  });
});

describe('in parts', () => {
  const long = fc.tuple(fc.array(anything, { maxLength: 8 }), fc.integer({ min: 12, max: 60 }));

  it('loses no letter and no style, and each part fits', () => {
    fc.assert(
      fc.property(long, ([texts, limit]) => {
        const text = texts.map((one) => one.text).join('\n');
        const entities = texts.flatMap((one, index) => {
          const before = texts.slice(0, index).reduce((sum, { text: { length } }) => sum + length + 1, 0);
          return one.entities.map((entity) => ({ ...entity, offset: entity.offset + before }));
        });
        const parts = splitText({ text, entities }, limit);
        const styled = (all: readonly TelegramText[]) =>
          all.flatMap((one) => stylesOf(one).filter((_, index) => !/\s/.test(one.text[index] ?? '')));

        expect(spaceless(parts.map((part) => part.text).join(''))).toBe(spaceless(text));
        // Entities that began or ended inside a character take it in whole.
        const whole = splitText({ text, entities }, 1_000_000);
        expect(styled(parts)).toEqual(styled(whole));
        for (const part of parts) {
          expect(part.text.length).toBeLessThanOrEqual(limit);
          expect(part.text).toBe(part.text.toWellFormed());
          expect(part.text.trim()).not.toBe('');
        }
      }),
      { numRuns: 300 },
    );
  });

  it('cuts no character in two', () => {
    const family = '👩‍👩‍👧‍👦';
    const segmenter = new Intl.Segmenter('und', { granularity: 'grapheme' });
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom(family, '🇩🇪', 'e\u0301', 'a', '👍🏽'), { minLength: 30, maxLength: 60 }),
        (all) => {
          const text = all.join('');
          const parts = splitText({ text, entities: [] }, 40);

          expect(parts.map((part) => part.text).join('')).toBe(text);
          const borders = new Set([...segmenter.segment(text)].map(({ index }) => index));
          let at = 0;
          for (const part of parts) {
            expect(borders).toContain(at);
            at += part.text.length;
          }
        },
      ),
    );
  });

  it.each([0, 1, 2, 3])('cuts no flag out of a long row of them, %s characters further', (shift) => {
    const flags = '🇩🇪'.repeat(2_500);
    const [first, ...rest] = splitText({ text: 'x'.repeat(shift) + flags, entities: [] });

    expect(rest.length).toBeGreaterThan(0);
    for (const { text } of [...rest, { text: (first?.text ?? '').slice(shift) }]) {
      expect(text.replaceAll('🇩🇪', '')).toBe('');
    }
  });

  it.each([
    ['paragraphs', `${'word '.repeat(15)}end.\n\n${'more '.repeat(10)}end.`, ['end.', 'end.']],
    ['lines', `${'word '.repeat(15)}end.\n${'more '.repeat(10)}end.`, ['end.', 'end.']],
  ])('prefers the border of %s', (_, text, ends) => {
    const parts = splitText({ text, entities: [] }, 100);

    expect(parts.map((part) => part.text.slice(-4))).toEqual(ends);
  });

  it('ends a block of code and begins it again, indentation and all', () => {
    const code = Array.from({ length: 40 }, (_, line) => `    line ${line}`).join('\n');
    const parts = splitText(
      { text: code, entities: [{ type: 'pre', language: 'ts', offset: 0, length: code.length }] },
      100,
    );

    expect(parts.length).toBeGreaterThan(4);
    expect(parts.map((part) => part.text).join('\n')).toBe(code);
    for (const { text, entities } of parts) {
      expect(entities).toEqual([{ type: 'pre', language: 'ts', offset: 0, length: text.length }]);
      expect(text).toMatch(/^ {4}line \d+/);
    }
  });

  it('cuts no link, and puts no more styling into a part than Telegram shows', () => {
    const link = 'a link of some words';
    const text = `${'x'.repeat(30)} ${link} and more`;
    const entity: MessageEntity = {
      type: 'text_link',
      url: 'https://a.example',
      offset: 31,
      length: link.length,
    };
    const many = 'ab '.repeat(150);
    const entities = Array.from(
      { length: 150 },
      (_, index) => ({ type: 'bold', offset: index * 3, length: 2 }) as const,
    );

    expect(splitText({ text, entities: [entity] }, 40).map((part) => part.text)).toEqual([
      'x'.repeat(30),
      `${link} and more`,
    ]);
    expect(splitText({ text: many, entities }).map((part) => part.entities.length)).toEqual([100, 50]);
  });

  it('cuts thousands of styled words without looking at all of them each time', () => {
    const text = '`a` '.repeat(25_000);

    expect(splitText(fromStyled(text))).toHaveLength(250);
  });

  it('is nothing where there is nothing to read', () => {
    expect(splitText({ text: ' \n ', entities: [] })).toEqual([]);
  });
});
