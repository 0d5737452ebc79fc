import { describe, expect, it } from 'vitest';
import { readCommandList } from '../../../src-main/commands/command-list.ts';
import { aBot, aLine, aScope, confirmed, maybeABot } from '../../../src-main/commands/fields.ts';
import { botfather } from '../../../src-main/commands/index.ts';
import { readArgs, wordsOf } from '../../../src-main/commands/parse.ts';

describe('a chat line', () => {
  const fields = { id: aBot, text: aLine('field.description') };

  it.each([
    ['3 some text', { id: '3', text: 'some text' }],
    ['3   some   text', { id: '3', text: 'some   text' }],
    ['3\n/a - x\n/b - y', { id: '3', text: '/a - x\n/b - y' }],
    ['3', { id: '3', text: '' }],
    ['', { id: '', text: '' }],
  ])('is shared out among the fields: %j', (rest, words) => {
    expect(wordsOf(fields, rest)).toEqual(words);
  });

  it('leaves over what no field takes', () => {
    expect(wordsOf({ id: aBot, confirmed }, '3 yes please')).toBeUndefined();
  });
});

describe('arguments', () => {
  it.each(['0', '-1', '1.5', '3abc', '#3', '٣', '1e3', ' ', '1234567890123456'])(
    'have no bot with the id %j',
    (id) => {
      expect(readArgs({ id: aBot }, { id })).toBeUndefined();
      if (id.trim() !== '') expect(readArgs({ id: maybeABot }, { id })).toBeUndefined();
    },
  );

  it('may leave out what is optional', () => {
    expect(readArgs({ id: maybeABot }, {})).toEqual({ id: undefined });
    expect(readArgs({ id: aBot, scope: aScope }, { id: ' 3 ', scope: 'Direct' })).toEqual({
      id: 3,
      scope: 'direct',
    });
  });

  it.each([
    ['yes', true],
    ['JA', true],
    ['1', true],
    ['no', false],
    ['', false],
    ['yesterday', false],
  ])('are confirmed by %j: %j', (word, isYes) => {
    expect(readArgs({ confirmed }, { confirmed: word })).toEqual({ confirmed: isYes });
  });
});

describe('the commands', () => {
  it('have names, aliases and hints that lead to one command each', () => {
    const words = botfather.flatMap(({ name, aliases = [], alsoMeant = [] }) => [
      name,
      ...aliases,
      ...alsoMeant,
    ]);
    expect(words.filter((word, index) => words.indexOf(word) !== index)).toEqual([]);
  });

  it('have at most one field that takes the rest of a line, the last', () => {
    for (const { name, fields } of botfather) {
      const typed = Object.values(fields).filter(({ takes }) => takes !== 'nothing');
      const greedy = typed.map(({ takes }) => takes === 'rest');
      expect([name, greedy.slice(0, -1).includes(true)]).toEqual([name, false]);
    }
  });
});

it('a list of commands is read with any line ends', () => {
  expect(readCommandList('/a - x\r\n\r\n/b\r\n')).toEqual([
    { command: '/a', description: 'x' },
    { command: '/b', description: '' },
  ]);
});
