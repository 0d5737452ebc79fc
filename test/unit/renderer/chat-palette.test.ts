import { describe, expect, it } from 'vitest';
import { distance, fitting, nearest } from '../../../src-renderer/views/chats/composer/match.ts';
import { emojisIn, findEmojis } from '../../../src-renderer/views/chats/emoji/emojis.ts';
import { aroundMatch } from '../../../src-renderer/views/chats/list/around-match.ts';
import { oneLine } from '../../../src-renderer/views/chats/list/one-line.ts';

const commands = ['help', 'newbot', 'mybots', 'deletebot', 'token', 'showtoken'].map((name) => ({ name }));
const names = (found: { name: string }[]) => found.map(({ name }) => name);

describe('the palette', () => {
  it('puts what begins so first, then what holds it, then what has its letters in order', () => {
    expect(names(fitting(commands, 'to'))).toEqual(['token', 'showtoken', 'deletebot']);
    expect(names(fitting(commands, 'bot'))).toEqual(['mybots', 'newbot', 'deletebot']);
    expect(names(fitting(commands, 'nbt'))).toEqual(['newbot']);
    expect(names(fitting(commands, ''))).toEqual(names(commands));
    expect(fitting(commands, 'xyz')).toEqual([]);
  });

  it('names what was probably meant', () => {
    expect(nearest(commands, 'mybost')?.name).toBe('mybots');
    expect(nearest(commands, 'hlep')?.name).toBe('help');
    expect(nearest(commands, 'weather')).toBeUndefined();
  });

  it('counts a swap of neighbours as one change', () => {
    expect(distance('abcd', 'abdc')).toBe(1);
    expect(distance('', 'abc')).toBe(3);
  });
});

describe('emojis', () => {
  const emojis = [
    { unicode: '🌞', label: 'sun with face', tags: 'sun with face bright', group: 4 },
    { unicode: '☀️', label: 'Sun', tags: 'sun rays', group: 4 },
    { unicode: '🏖️', label: 'beach', tags: 'beach sunny holiday', group: 5 },
  ];

  it('are the ones that other apps send, so that equal ones are counted together', async () => {
    const all = await emojisIn('en');
    const of = (name: string) => all.find(({ label }) => label === name)?.unicode;
    expect(of('thumbs up')).toBe('\u{1F44D}');
    expect(of('red heart')).toBe('\u2764\uFE0F');
    expect(of('rainbow flag')).toBe('\u{1F3F3}\uFE0F\u200D\u{1F308}');
  });

  it('are found by the beginnings of their words, by name first', () => {
    expect(findEmojis(emojis, 'sun', 9).map(({ unicode }) => unicode)).toEqual(['🌞', '☀️', '🏖️']);
    expect(findEmojis(emojis, 'sun ra', 9).map(({ unicode }) => unicode)).toEqual(['☀️']);
    expect(findEmojis(emojis, 'un', 9)).toEqual([]);
  });
});

describe('a message in a line', () => {
  it('has no line ends, no marks of code, and no token', () => {
    expect(oneLine(`> a\n\`\`\`sh\nb bm_${'x'.repeat(40)}`)).toBe('a b bm_…');
  });

  it('shows what was looked for with the words around', () => {
    expect(aroundMatch('we meet at Noon today', 'noon')).toEqual(['we meet at ', 'Noon', ' today']);
    expect(aroundMatch(`${'long '.repeat(20)}needle`, 'needle')[0]).toMatch(/^…/);
  });
});
