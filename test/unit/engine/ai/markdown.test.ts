import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseStyling } from '../../../../src-main/base/message-styling.ts';
import { cleaned } from '../../../../src-main/engine/ai/text/clean-text.ts';
import { markdownBlocks } from '../../../../src-main/engine/ai/text/markdown.ts';
import { splitBlocks } from '../../../../src-main/engine/ai/text/split-blocks.ts';
import { markupOf } from '../../../../src-main/gateways/xmpp/xep-0394-markup.ts';

const styled = (text: string, limit = 8_000) => splitBlocks(markdownBlocks(text), limit);
const whole = (text: string) => styled(text).join('\n----\n');

describe('Markdown as XEP-0393', () => {
  it.each([
    ['plain words', 'plain words'],
    ['**bold** and *italic* and ***both***', '*bold* and _italic_ and *_both_*'],
    ['__bold__ and _italic_', '*bold* and _italic_'],
    ['~~gone~~ and `**code**`', '~gone~ and `**code**`'],
    ['snake_case_name and 2 * 3 * 4', 'snake_case_name and 2 * 3 * 4'],
    ['**bold *and italic* in it**', '*bold _and italic_ in it*'],
    ['**not ended', '**not ended'],
    ['\\*as it is\\*', '*as it is*'],
    ['[a page](https://a.example/x_(y)) there', 'a page (https://a.example/x_(y)) there'],
    ['[https://a.example](https://a.example)', 'https://a.example'],
    ['![a cat](https://a.example/cat.png "Tom")', 'a cat (https://a.example/cat.png)'],
    ['<https://a.example> &amp; <br> x &lt; y', 'https://a.example &\nx < y'],
    ['# A *big* heading #', '*A _big_ heading*'],
    ['## **Bold already**', '*Bold already*'],
    ['# About C#', '*About C#*'],
    ['## ##', ''],
    ['- one\n- two\n  - deeper\n1. first\n2) second', '• one\n• two\n  • deeper\n1. first\n2) second'],
    ['- [ ] to do\n- [x] done', '• ☐ to do\n• ☑ done'],
    ['> said\n> **so**', '> said\n> *so*'],
    ['above\n\n---\n\nbelow', 'above\n\n———\n\nbelow'],
    ['```js\nlet a = 1;\n\n**x**\n```', '```js\nlet a = 1;\n\n**x**\n```'],
    ['~~~\ncode\n~~~', '```\ncode\n```'],
    ['````md\n```js\nx\n```\n````', '```md\n```js\nx\n ```\n```'],
    ['text\n```\nnever ended', 'text\n```\nnever ended\n```'],
    ['``a`b``', 'a`b'],
    // Only there it would begin a block of code.
    ['``` is no fence in `text`', ' ``` is no fence in `text`'],
    ['one\ntwo\n\n\n\nthree', 'one\ntwo\n\nthree'],
    [
      '| Name | Age |\n|---|:-:|\n| **Ann** | 7 |\n| Bo | 10 |',
      '```\nName │ Age\n─────┼────\nAnn  │ 7\nBo   │ 10\n```',
    ],
  ])('%j', (markdown, expected) => {
    expect(whole(markdown)).toBe(expected);
  });

  it('stays quick with lines made to keep it busy', () => {
    for (const text of [
      '*a '.repeat(40_000),
      '[a]('.repeat(30_000),
      '`'.repeat(50_000),
      '**_'.repeat(40_000),
      `# a${' '.repeat(200_000)}x`,
      `\`\`\`${' '.repeat(200_000)}\``,
      `- ${' '.repeat(200_000)}a\u2028b`,
      `a|b\n${' '.repeat(200_000)}x`,
      `a|b\n-${' '.repeat(200_000)}x`,
    ])
      expect(styled(text).length).toBeGreaterThan(0);
  });

  it('does not grow by a table that was made for that', () => {
    const wide = `${'|a'.repeat(12_000)}\n|-|\n${'|\n'.repeat(12_000)}`;
    const padded = `|${`${'x'.repeat(200)}|`.repeat(30)}\n|-|\n${'|\n'.repeat(20_000)}`;
    for (const table of [wide, padded]) expect(styled(table).join('').length).toBeLessThan(table.length * 3);
  });
});

describe('an answer that is cut into messages', () => {
  it('keeps blocks together where they fit', () => {
    expect(styled('one two three\n\nfour five six\n\nseven', 30)).toEqual([
      'one two three\n\nfour five six',
      'seven',
    ]);
  });
  it('opens code again in the next one', () => {
    expect(styled('```js\naaaa\nbbbb\ncccc\n```', 22)).toEqual([
      '```js\naaaa\nbbbb\n```',
      '```js\ncccc\n```',
    ]);
  });
  it('cuts long lines at spaces, and never within a character', () => {
    expect(styled('word '.repeat(5).trim(), 12)).toEqual(['word word ', 'word word ', 'word']);
    expect(styled('😀'.repeat(9), 8).every((part) => part.isWellFormed())).toBe(true);
  });

  const line = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 40 }),
    fc.constantFrom(
      '```',
      '```js',
      '~~~',
      '> q',
      '- item',
      '**b** and *i*',
      '| a | b |',
      '|---|---|',
      '',
      '# h',
    ),
  );
  const text = fc.array(line, { maxLength: 30 }).map((lines) => cleaned(lines.join('\n')));
  const isFenceless = (block: { kind: string }) => block.kind === 'lines';

  it('loses nothing, keeps to its length, and leaves no block of code open', () => {
    fc.assert(
      fc.property(text, fc.integer({ min: 60, max: 200 }), (given, limit) => {
        const blocks = markdownBlocks(given);
        const parts = splitBlocks(blocks, limit);
        for (const part of parts) {
          expect(part.length).toBeLessThanOrEqual(limit);
          const open = parseStyling(part).filter((block) => block.kind === 'code' && !block.isClosed);
          expect(open).toEqual([]);
        }
        const bare = (one: string) => one.replace(/\s/gu, '');
        const said = bare(
          blocks
            .filter(isFenceless)
            .flatMap(({ lines }) => lines)
            .join(''),
        );
        const shown = parts.flatMap((part) =>
          part.split('\n```').length > 1 || part.startsWith('```') ? withoutCode(part) : [part],
        );
        expect(bare(shown.join(''))).toBe(said);
        const code = blocks.filter((block) => !isFenceless(block)).flatMap(({ lines }) => lines);
        expect(bare(parts.flatMap(codeIn).join(''))).toBe(bare(code.join('')));
      }),
      { numRuns: 300 },
    );
  });
});

/** By lines, as every client reads them. */
function linesOf(part: string): { code: string[]; text: string[] } {
  const [code, text]: [string[], string[]] = [[], []];
  let isCode = false;
  for (const line of part.split('\n')) {
    if (!isCode && line.startsWith('```')) isCode = true;
    else if (isCode && line === '```') isCode = false;
    else (isCode ? code : text).push(line);
  }
  return { code, text };
}
const codeIn = (part: string) => linesOf(part).code;
const withoutCode = (part: string) => linesOf(part).text;

describe('markup by position', () => {
  it('names what the styling names, in code points', () => {
    expect(String(markupOf('😀 *bold _x_*\n> quote'))).toBe(
      '<markup xmlns="urn:xmpp:markup:0"><span start="8" end="11"><emphasis/></span>' +
        '<span start="2" end="12"><strong/></span><bquote start="13" end="20"/></markup>',
    );
    expect(String(markupOf('a\n```js\nx\n```'))).toBe(
      '<markup xmlns="urn:xmpp:markup:0"><bcode start="2" end="13"/></markup>',
    );
  });
  it('is left out where there is nothing to say', () => {
    expect(markupOf('plain')).toBeUndefined();
  });
});

describe('what a model wrote', () => {
  it('has no control characters and one kind of line ends', () => {
    expect(cleaned('a\u0000b\u001b[31m\r\nc\rd\u202Ee\uFFFE\uD800f')).toBe('ab[31m\nc\ndef');
  });
});
