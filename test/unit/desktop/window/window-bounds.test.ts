import { describe, expect, it } from 'vitest';
import { isRoute, mayOpenOutside } from '../../../../src-main/desktop/window/places.ts';
import { boundsToOpen } from '../../../../src-main/desktop/window/window-bounds.ts';
import { zoomStep } from '../../../../src-main/desktop/window/zoom.ts';

const LEFT = { x: 0, y: 0, width: 1920, height: 1040 };
const RIGHT = { x: 1920, y: 0, width: 1280, height: 1024 };

describe('the window', () => {
  it.each([
    ['in the usual size the first time', undefined, [LEFT], { width: 1180, height: 760 }],
    [
      'where it was',
      { x: 2000, y: 50, width: 900, height: 700 },
      [LEFT, RIGHT],
      { x: 2000, y: 50, width: 900, height: 700 },
    ],
    [
      'in the middle when its display is gone',
      { x: 2000, y: 50, width: 900, height: 700 },
      [LEFT],
      { width: 900, height: 700 },
    ],
    [
      'in the middle when its title bar is above the display',
      { x: 100, y: -300, width: 900, height: 700 },
      [LEFT],
      { width: 900, height: 700 },
    ],
    [
      'cut to what fits',
      { x: 1930, y: 10, width: 4000, height: 3000 },
      [LEFT, RIGHT],
      { x: 1930, y: 10, width: 1280, height: 1024 },
    ],
  ] as const)('opens %s', (_, kept, areas, expected) => {
    expect(boundsToOpen(kept, areas)).toEqual(expected);
  });
});

it.each([
  ['/app/chats/a%40b/c%40d?text=x#last', true],
  ['/', true],
  ['//example.com/', false],
  ['/\\example.com/', false],
  ['https://example.com/', false],
  ['app', false],
  ['/a\nb', false],
])('takes %j for a place in the page: %s', (text, expected) => {
  expect(isRoute(text)).toBe(expected);
});

it.each([
  ['https://example.org/', true],
  ['mailto:a@example.org', true],
  ['http://example.org/', true],
  ['file:///etc/passwd', false],
  ['javascript:alert(1)', false],
  ['smb://host/share', false],
])('lets the system open %s: %s', (url, expected) => {
  expect(mayOpenOutside(url)).toBe(expected);
});

it('has steps of zoom that end', () => {
  expect([
    zoomStep(1, 'in'),
    zoomStep(1, 'out'),
    zoomStep(3, 'in'),
    zoomStep(0.5, 'out'),
    zoomStep(1.3, 'in'),
  ]).toEqual([1.1, 0.9, 3, 0.5, 1.5]);
});
