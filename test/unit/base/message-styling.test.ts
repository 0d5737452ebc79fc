import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type Block,
  escapeStyling,
  formatStyling,
  parseStyling,
  type Span,
  unstyle,
} from '../../../src-main/base/message-styling.ts';

const text = (value: string): Span => ({ kind: 'text', text: value });
const bold = (...spans: Span[]): Span => ({ kind: 'bold', spans });
const spansOf = (line: string) => {
  const [block] = parseStyling(line);
  return block?.kind === 'line' ? block.spans : undefined;
};
/** Text with much of what means something. */
const stylish = fc
  .array(fc.constantFrom('*', '_', '~', '`', '```', '>', '> ', ' ', '\n', 'a', 'b', '\u3000', '🎉', '\r'), {
    maxLength: 60,
  })
  .map((parts) => parts.join(''));

describe('spans', () => {
  it.each<[string, Span[]]>([
    ['*strong*', [bold(text('strong'))]],
    ['plain *strong* plain', [text('plain '), bold(text('strong')), text(' plain')]],
    ['*strong* plain *strong*', [bold(text('strong')), text(' plain '), bold(text('strong'))]],
    ['*strong*plain*', [bold(text('strong')), text('plain*')]],
    ['* plain *strong*', [text('* plain '), bold(text('strong'))]],
    [
      '_so *very* ~old~_',
      [
        {
          kind: 'italic',
          spans: [text('so '), bold(text('very')), text(' '), { kind: 'strike', spans: [text('old')] }],
        },
      ],
    ],
    ['*`both`*', [bold({ kind: 'code', text: 'both' })]],
    ['`*code*`', [{ kind: 'code', text: '*code*' }]],
    ['\u3000*wide*', [text('\u3000'), bold(text('wide'))]],
  ])('finds those of %s', (line, spans) => {
    expect(spansOf(line)).toEqual(spans);
  });

  it.each([
    'not strong*',
    '*not strong',
    '*not *strong',
    '**',
    '****',
    '* a*',
    'a*b*',
    '2 * 3 * 4',
    'snake_case_name',
  ])('finds none in %s', (line) => {
    expect(spansOf(line)).toEqual([text(line)]);
  });

  it('does not let one reach over the end of a line', () => {
    expect(parseStyling('*not \n strong*')).toEqual([
      { kind: 'line', spans: [text('*not ')] },
      { kind: 'line', spans: [text(' strong*')] },
    ]);
  });
});

describe('blocks', () => {
  it('reads code with what stands behind the fence', () => {
    expect(parseStyling('```ts\nlet *a*\n\n```\nafter')).toEqual<Block[]>([
      { kind: 'code', info: 'ts', lines: ['let *a*', ''], isClosed: true },
      { kind: 'line', spans: [text('after')] },
    ]);
  });

  it('ends code without an end with the quote around it', () => {
    expect(parseStyling('> ```\n> (println)\n\nplain')).toEqual<Block[]>([
      {
        kind: 'quote',
        prefixes: ['> ', '> '],
        blocks: [{ kind: 'code', info: '', lines: ['(println)'], isClosed: false }],
      },
      { kind: 'line', spans: [] },
      { kind: 'line', spans: [text('plain')] },
    ]);
  });

  it('reads a quote in a quote', () => {
    expect(parseStyling('>> That is.\n> Said he.')).toEqual<Block[]>([
      {
        kind: 'quote',
        prefixes: ['>', '> '],
        blocks: [
          { kind: 'quote', prefixes: ['> '], blocks: [{ kind: 'line', spans: [text('That is.')] }] },
          { kind: 'line', spans: [text('Said he.')] },
        ],
      },
    ]);
  });
});

it('never loses text', () => {
  fc.assert(
    fc.property(fc.oneof(stylish, fc.string({ unit: 'grapheme' })), (value) => {
      expect(formatStyling(parseStyling(value))).toBe(value);
    }),
  );
});

it('escapes so that nothing is styled, and adds nothing that is seen', () => {
  fc.assert(
    fc.property(stylish, (value) => {
      const escaped = escapeStyling(value);

      expect(escaped.replaceAll('\u2060', '')).toBe(value);
      for (const block of parseStyling(escaped)) {
        expect(block.kind === 'line' && block.spans.every((span) => span.kind === 'text')).toBe(true);
      }
    }),
  );
});

it('takes directives and fences away, and keeps the marks of quotes', () => {
  expect(unstyle('*a* _b ~c~_ `d`\n```x\n*e*\n```\n>f *g*')).toBe('a b c d\n*e*\n> f g');
});

it.each(['>'.repeat(50_000), ' _a'.repeat(50_000), '*a _b ~c '.repeat(20_000), '```\n>'.repeat(20_000)])(
  'is quick with %#',
  (value) => {
    const startMs = performance.now();

    expect(formatStyling(parseStyling(value))).toBe(value);
    expect(performance.now() - startMs).toBeLessThan(1_000);
  },
);
