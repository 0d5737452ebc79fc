import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { grouped } from '../../../src-renderer/views/chats/text/layout.ts';
import type { Span } from '../../../src-renderer/views/chats/text/spans.ts';
import { type Block, plainOf, styled } from '../../../src-renderer/views/chats/text/styling.ts';

const text = (value: string): Span => ({ kind: 'text', text: value });
const bold = (value: string): Span => ({ kind: 'styled', mark: '*', spans: [text(value)] });
const lineOf = (message: string): Span[] => {
  const [block] = styled(message);
  if (block?.kind !== 'lines') throw new Error('no plain line');
  return block.lines[0] ?? [];
};

describe('message styling', () => {
  it('reads each kind of span', () => {
    expect(lineOf('*a* _b_ ~c~ `d`')).toEqual([
      bold('a'),
      text(' '),
      { kind: 'styled', mark: '_', spans: [text('b')] },
      text(' '),
      { kind: 'styled', mark: '~', spans: [text('c')] },
      text(' '),
      { kind: 'mono', text: 'd' },
    ]);
  });

  it('reads spans within spans, and nothing within code', () => {
    expect(lineOf('*_a_*')).toEqual([
      { kind: 'styled', mark: '*', spans: [{ kind: 'styled', mark: '_', spans: [text('a')] }] },
    ]);
    expect(lineOf('`*a*`')).toEqual([{ kind: 'mono', text: '*a*' }]);
  });

  it('takes marks for characters where they mark nothing', () => {
    for (const plain of ['2*3*4', '* a*', '*a *', '**', '*a', 'snake_case_name', '~ ~', '***'])
      expect(lineOf(plain)).toEqual([text(plain)]);
  });

  it('ends a span at the first mark that can end it', () => {
    expect(lineOf('*a*b*')).toEqual([bold('a'), text('b*')]);
    expect(lineOf('*a* *b*')).toEqual([bold('a'), text(' '), bold('b')]);
  });

  it('never spans lines', () => {
    const [block] = styled('*a\nb*');
    expect(block).toEqual({ kind: 'lines', lines: [[text('*a')], [text('b*')]] });
  });

  it('reads quotes within quotes, and code within them', () => {
    expect(styled('> a\n>> b\nc')).toEqual([
      {
        kind: 'quote',
        blocks: [
          { kind: 'lines', lines: [[text('a')]] },
          { kind: 'quote', blocks: [{ kind: 'lines', lines: [[text('b')]] }] },
        ],
      },
      { kind: 'lines', lines: [[text('c')]] },
    ]);
    expect(styled('> ```\n> x\n> ```')).toEqual([
      { kind: 'quote', blocks: [{ kind: 'code', language: '', text: 'x' }] },
    ]);
  });

  it('reads code blocks with their language, and one that nobody ends up to the end', () => {
    expect(styled('a\n```sh\n*x*\n\n```\nb')).toEqual([
      { kind: 'lines', lines: [[text('a')]] },
      { kind: 'code', language: 'sh', text: '*x*\n' },
      { kind: 'lines', lines: [[text('b')]] },
    ]);
    expect(styled('```\nx')).toEqual([{ kind: 'code', language: '', text: 'x' }]);
  });

  it('loses no character of any line', () => {
    const letters = fc.string({ unit: fc.constantFrom('*', '_', '~', '`', ' ', 'a', '/', 'b', 'ü', '(') });
    const keepsAll = fc.property(letters, (line) => {
      fc.pre(!line.startsWith('```'));
      expect(plainOf(lineOf(line))).toBe(line);
    });
    expect(() => fc.assert(keepsAll)).not.toThrow();
  });

  it('reads a long line in time that grows with it, whatever stands in it', () => {
    // Read mark by mark, each of these took minutes.
    const long = 300_000;
    const lines = [
      '*a '.repeat(long),
      '_a *a ~a `a '.repeat(long / 4),
      `http://a${'.'.repeat(long)}b`,
      `http://a${')'.repeat(long)}`,
      `http://a${'.'.repeat(long)}`,
    ];
    for (const line of lines) expect(plainOf(lineOf(line))).toBe(line);
  });

  it('reads quotes of any depth without ending the program', () => {
    const blocks: Block[] = styled('>'.repeat(5_000));
    expect(blocks).toHaveLength(1);
  });
});

describe('addresses, commands and tokens', () => {
  const kinds = (message: string) =>
    lineOf(message).flatMap((span) => (span.kind === 'text' ? [] : [[span.kind, plainOf([span])]]));

  it('finds addresses without what ends the sentence', () => {
    expect(kinds('see https://example.org/a_(b)?c=1. (https://x.org)')).toEqual([
      ['link', 'https://example.org/a_(b)?c=1'],
      ['link', 'https://x.org'],
    ]);
    expect(kinds('xmpp:you@example.org and mailto:me@example.org')).toEqual([
      ['link', 'xmpp:you@example.org'],
      ['link', 'mailto:me@example.org'],
    ]);
  });

  it('makes no link of what runs, or hides where it leads', () => {
    for (const plain of [
      'javascript:alert(1)',
      'data:text/html,x',
      'file:///etc/passwd',
      'https://a:b@evil.org',
    ])
      expect(kinds(plain)).toEqual([]);
    expect(kinds('https://good.org\u202egro.live')).toEqual([['link', 'https://good.org']]);
  });

  it('finds commands with the number they are about, and no paths', () => {
    expect(kinds('Do it: /deletebot 3 yes')).toEqual([['command', '/deletebot 3 yes']]);
    expect(kinds('Did you mean /mybots? /help lists it, with /scope 12.')).toEqual([
      ['command', '/mybots'],
      ['command', '/help'],
      ['command', '/scope 12'],
    ]);
    expect(kinds('/etc/passwd and and/or 1/2 /x.y')).toEqual([]);
  });

  it('finds tokens', () => {
    const token = `bm_${'a1B-_'.repeat(8)}`;
    expect(kinds(`Token: ${token}`)).toEqual([['token', token]]);
  });
});

describe('how an answer is laid out', () => {
  const groups = (message: string, isEngine = true, isAnswer = true) => {
    const [block] = styled(message);
    return block?.kind === 'lines' ? grouped(block.lines, isEngine, isAnswer) : [];
  };

  it('makes a menu of commands with what they do', () => {
    expect(groups('Menu:\n/api [page] - HTTP API\n/help - Everything')).toMatchObject([
      { kind: 'lines' },
      {
        kind: 'menu',
        rows: [
          { command: '/api', args: '[page]', summary: 'HTTP API' },
          { command: '/help', args: '', summary: 'Everything' },
        ],
      },
    ]);
  });

  it('makes a table of names and values of what the engine says, and of nobody else', () => {
    expect(groups('ID: 12\nName: Milk *now*')).toEqual([
      {
        kind: 'facts',
        rows: [
          { name: 'ID', value: [text('12')] },
          { name: 'Name', value: [text('Milk '), bold('now')] },
        ],
      },
    ]);
    expect(groups('ID: 12', false)).toEqual([{ kind: 'lines', lines: [[text('ID: 12')]] }]);
    expect(groups('/api - x', false, false)).toMatchObject([{ kind: 'lines' }]);
  });
});
