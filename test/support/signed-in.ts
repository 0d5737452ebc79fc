import type { Page } from 'playwright-core';
import { until } from './until.ts';

/** Until the link is exchanged for a session: who leaves the page before, or loads it again, may need another link. */
export const signedIn = (page: Page) =>
  until('a session', () => page.evaluate<boolean>("sessionStorage.getItem('botmother.session') !== null"));
