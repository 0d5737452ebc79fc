import { LOGIN_FRAGMENT } from '../src-shared/api/panel.ts';

/** Names in the tab's own memory: gone with the tab, unknown to other tabs and never sent by itself. */
const SESSION = 'botmother.session';
const CODE = 'botmother.code';

let session = stored(SESSION);
let code = takeCode();

// A second link was opened in this tab, which the browser takes for a jump within the page.
addEventListener('hashchange', () => {
  if (codeInAddress() !== undefined) location.reload();
});

function codeInAddress(): string | undefined {
  return new URLSearchParams(location.hash.slice(1)).get(LOGIN_FRAGMENT) ?? undefined;
}

/** The code of a login link, which does not stay in the address or the history: until it is answered, the tab keeps it. */
function takeCode(): string | undefined {
  const found = codeInAddress();
  if (found === undefined) return stored(CODE);
  store(CODE, found);
  history.replaceState(null, '', location.pathname);
  return found;
}

function stored(name: string): string | undefined {
  try {
    return sessionStorage.getItem(name) ?? undefined;
  } catch {
    // Storage is switched off: it lasts until the page is loaded again.
    return undefined;
  }
}

function store(name: string, value: string | undefined): void {
  try {
    if (value === undefined) sessionStorage.removeItem(name);
    else sessionStorage.setItem(name, value);
  } catch {
    // As above.
  }
}

/** Keeps a session, or forgets it. */
export function keepSession(token: string | undefined): void {
  session = token;
  store(SESSION, token);
}

export const currentSession = (): string | undefined => session;

/** A code that was not tried yet. */
export const waitingCode = (): string | undefined => code;
export function dropCode(): void {
  code = undefined;
  store(CODE, undefined);
}
