import { LOGIN_FRAGMENT } from '../src-shared/api/panel.ts';

/** The tab's own memory: gone with the tab, unknown to other tabs and never sent by itself. */
const STORED_AS = 'botmother.session';

let session = read();
let code = takeCode();

// A second link was opened in this tab, which the browser takes for a jump within the page.
addEventListener('hashchange', () => {
  if (codeInAddress() !== undefined) location.reload();
});

function codeInAddress(): string | undefined {
  return new URLSearchParams(location.hash.slice(1)).get(LOGIN_FRAGMENT) ?? undefined;
}

/** The code of a login link, which does not stay in the address or the history. */
function takeCode(): string | undefined {
  const found = codeInAddress();
  if (found !== undefined) history.replaceState(null, '', location.pathname);
  return found;
}

function read(): string | undefined {
  try {
    return sessionStorage.getItem(STORED_AS) ?? undefined;
  } catch {
    // Storage is switched off: the session lasts until the page is loaded again.
    return undefined;
  }
}

/** Keeps a session, or forgets it. */
export function keepSession(token: string | undefined): void {
  session = token;
  try {
    if (token === undefined) sessionStorage.removeItem(STORED_AS);
    else sessionStorage.setItem(STORED_AS, token);
  } catch {
    // As above.
  }
}

export const currentSession = (): string | undefined => session;

/** A code that was not tried yet. */
export const waitingCode = (): string | undefined => code;
export function dropCode(): void {
  code = undefined;
}
