import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { answerText } from '../../../../src-main/gateways/ai/answer-text.ts';

function read(...pieces: string[]) {
  const shown: string[] = [];
  const said = answerText({ maxOutputTokens: 100, onText: (piece) => void shown.push(piece) });
  for (const piece of pieces) said.text(piece);
  return { ...said.end(), shown: shown.join('') };
}

describe('thoughts in a text', () => {
  it.each([
    ['at its beginning', '<think>a</think>b', 'b', 'a'],
    ['with white space around', ' \n<think>\na\n</think>\n\n b ', 'b', 'a'],
    ['more than once', '<think>a</think>b\n<think>c</think>\nd', 'b\n\nd', 'ac'],
    ['without an end', '<think>a', '', 'a'],
    ['without a beginning', 'a\n</think>\n\nb', 'b', 'a'],
    [
      'without a beginning, where somebody writes about the tag',
      'Then `</think>` ends it',
      'Then `</think>` ends it',
      '',
    ],
    ['empty', '<think>\n\n</think>\n\nb', 'b', ''],
    [
      'within a line, where somebody writes about the tag',
      'The `<think>` tag: a <think> b',
      'The `<think>` tag: a <think> b',
      '',
    ],
    ['in code', 'So:\n```\n<think>\n```\n<think>a</think>b', 'So:\n```\n<think>\n```\nb', 'a'],
    ['and what only looks like them', '<thinking>a</thinking>', '<thinking>a</thinking>', ''],
    ['and less than that', '<', '<', ''],
  ])('%s', (_name, text, shown, reasoning) => {
    expect(read(text)).toMatchObject({ text: shown, reasoning });
  });

  it('are the same wherever the pieces are cut, and the pieces are the text', () => {
    const part = fc.constantFrom(
      '<think>',
      '</think>',
      '```',
      '\n',
      ' ',
      'a',
      '<',
      '/',
      'think',
      '>',
      '😀',
      '\ud83d',
      '`',
    );
    fc.assert(
      fc.property(
        fc.array(part, { maxLength: 30 }),
        fc.array(fc.nat(200), { maxLength: 20 }),
        (parts, cuts) => {
          const text = parts.join('');
          const at = [...new Set(cuts.map((cut) => cut % (text.length + 1)))].sort((a, b) => a - b);
          const pieces = [0, ...at].map((from, nth) => text.slice(from, at[nth] ?? text.length));

          const cut = read(...pieces);

          expect(cut).toEqual(read(text));
          if (!text.includes('</think>')) expect(cut.shown).toBe(cut.text);
        },
      ),
    );
  });

  it('are taken however the provider gives them', () => {
    const said = answerText({ maxOutputTokens: 100 });
    said.reasoning('a\u0000 ');
    said.reasoning('b\r\n');
    said.text('c');

    expect(said.end()).toEqual({ text: 'c', reasoning: 'a b' });
  });

  it('and text have an end', () => {
    const said = answerText({ maxOutputTokens: 10_000 });
    said.text('a'.repeat(100_000));
    said.reasoning('b'.repeat(100_000));

    expect(() => said.text('a')).toThrow('far longer');
  });
});
