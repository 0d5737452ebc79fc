import type { GetAccountsAnswer } from '../../../src-shared/client/window.ts';

/** An account as the window knows it. */
export type AccountStatusLike = GetAccountsAnswer[number];
