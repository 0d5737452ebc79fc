import { describe, expect, it } from 'vitest';
import { nearest } from '../../../src-main/commands/nearest.ts';
import { parseCommand } from '../../../src-main/commands/parse.ts';

describe('a slash command', () => {
  it.each([
    ['/newbot Weather', { name: 'newbot', rest: 'Weather' }],
    ['/NewBot   Wetter für morgen ', { name: 'newbot', rest: 'Wetter für morgen' }],
    ['/help', { name: 'help', rest: '' }],
    ['/setcommands 3\n/a - x\n/b - y', { name: 'setcommands', rest: '3\n/a - x\n/b - y' }],
  ])('is read: %j', (text, command) => {
    expect(parseCommand(text)).toEqual(command);
  });

  it.each(['hello', ' /help', '/', '/ help', ''])('is not %j', (text) => {
    expect(parseCommand(text)).toBeUndefined();
  });
});

describe('the nearest command', () => {
  const names = ['help', 'start', 'newbot', 'mybots', 'token'];

  it.each([
    ['newbott', 'newbot'],
    ['new', 'newbot'],
    ['mybot', 'mybots'],
    ['hlep', 'help'],
    ['zzz', undefined],
    ['tokens', 'token'],
    ['weather', undefined],
    ['x'.repeat(10_000), undefined],
  ])('to %j is %j', (typed, name) => {
    expect(nearest(typed.slice(0, 50), names)).toBe(name);
  });
});
