import { describe, expect, it } from 'vitest';
import { fittingTabs } from '../../../src-renderer/views/bots/detail/fitting-tabs.ts';

const shown = (widths: number[], room: number, open = 0) =>
  fittingTabs({ widths, room, more: 30, open }).flatMap((fits, index) => (fits ? [index] : []));

describe('the tabs that fit', () => {
  it('are all of them as long as there is room, without that of the button for the others', () => {
    expect(shown([50, 50, 50], 150)).toEqual([0, 1, 2]);
  });

  it('leave room for that button as soon as one is away', () => {
    expect(shown([50, 50, 50], 149)).toEqual([0, 1]);
    expect(shown([50, 50, 50], 129)).toEqual([0]);
  });

  it('always include the open one, which takes the place of others', () => {
    expect(shown([50, 50, 50, 50], 140, 3)).toEqual([0, 3]);
    expect(shown([50, 50, 50, 90], 100, 3)).toEqual([3]);
  });

  it('are in a row from the first: none that is narrow slips in after one that is away', () => {
    expect(shown([50, 100, 10, 10], 120)).toEqual([0]);
  });
});
