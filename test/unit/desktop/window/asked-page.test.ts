import { expect, it } from 'vitest';
import { askedPage } from '../../../../src-main/desktop/window/asked-page.ts';

const ORIGIN = 'http://127.0.0.1:4000';
const SHELL = 'data:text/html,The engine starts again';

it('is the one on its way, whatever is still to be seen', () => {
  const page = askedPage();
  expect(page.isFrom(ORIGIN)).toBe(false);
  page.asks(`${ORIGIN}/app/chats`);
  expect(page.isFrom(ORIGIN)).toBe(true);
  expect(page.isFrom('http://127.0.0.1:4001')).toBe(false);

  page.asks(SHELL);

  expect(page.isFrom(ORIGIN)).toBe(false);
});

it('is none once it could not be loaded, unless another has been asked for since', () => {
  const page = askedPage();
  page.asks(SHELL);
  page.asks(ORIGIN);
  page.failed(SHELL);
  expect(page.isFrom(ORIGIN)).toBe(true);

  page.failed(ORIGIN);

  expect(page.isFrom(ORIGIN)).toBe(false);
});
