import { describe, expect, it } from 'vitest';
import { nearest, resembles } from '../../../src-main/commands/nearest.ts';
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
  const names = ['help', 'start', 'newbot', 'mybots', 'token', 'api', 'use'];

  it.each([
    ['newbott', true],
    ['hlep', true],
    ['mybo', true],
    ['weather', false],
    ['he', false],
    ['hel', false],
    ['ki', false],
  ])('is probably what %j means: %s', (typed, isProbable) => {
    expect(resembles(typed, names)).toBe(isProbable);
  });

  it.each([
    ['newbott', 'newbot'],
    ['new', 'newbot'],
    ['mybot', 'mybots'],
    ['hlep', 'help'],
    ['zzz', undefined],
    ['tokens', 'token'],
    ['weather', undefined],
    ['x'.repeat(10_000), undefined],
    ['ne', 'newbot'],
    ['hi', undefined],
    ['map', undefined],
    ['user', undefined],
    ['statrt', 'start'],
  ])('to %j is %j', (typed, name) => {
    expect(nearest(typed.slice(0, 50), names)).toBe(name);
  });
});
