/** Addresses that the links of a shell page lead to; the window catches them, nothing is loaded from there. */
export const SHELL_ACTIONS = { retry: 'botmother-shell:retry', quit: 'botmother-shell:quit' } as const;
export type ShellAction = keyof typeof SHELL_ACTIONS;

interface ShellPage {
  title: string;
  /** What happened, what it means, what to do: one paragraph each. */
  paragraphs: string[];
  actions: { action: ShellAction; label: string }[];
}

const STYLE = `
:root { color-scheme: light dark; --text: #201d20; --second: #5c575c; --canvas: #fff; --line: #dfdddf; --accent: #8c2c64; }
@media (prefers-color-scheme: dark) {
  :root { --text: #e8e5e9; --second: #b3b0b5; --canvas: #1e1a1f; --line: #3a353b; --accent: #eeaccd; }
}
* { box-sizing: border-box; margin: 0; }
body {
  min-height: 100vh; display: grid; place-items: center; padding: 48px 24px;
  background: var(--canvas); color: var(--text); font: 400 14px/20px system-ui, "Segoe UI", "Noto Sans", sans-serif;
}
main { max-width: 480px; text-align: center; }
svg { width: 64px; height: 64px; margin-bottom: 16px; }
h1 { font-size: 20px; line-height: 28px; font-weight: 600; text-wrap: balance; }
p { margin-top: 8px; color: var(--second); text-wrap: balance; overflow-wrap: anywhere; }
nav { margin-top: 24px; display: flex; gap: 8px; justify-content: center; }
a {
  height: 36px; padding: 0 14px; border-radius: 6px; font-weight: 500; line-height: 36px; cursor: default;
  color: var(--text); text-decoration: none; box-shadow: inset 0 0 0 1px var(--line);
}
a:first-child { background: #ad3d7f; color: #fff; box-shadow: none; }
a:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; }
`;

const LOGO =
  '<svg viewBox="0 0 40 40" aria-hidden="true"><path fill="#ad3d7f" d="M20 3.500c-9.600 0-16.500 6.300-16.500 14.700 0 4.900 2.300 9 6 11.700l-1.600 6.200c-.2.700.5 1.200 1.100.9l6.800-3.600c1.400.3 2.800.5 4.200.5 9.600 0 16.500-7.300 16.500-15.700S29.600 3.500 20 3.500Z"/><rect x="10" y="11.500" width="20" height="14" rx="7" fill="#fff"/><circle cx="16" cy="18.500" r="2.200" fill="#6e214e"/><circle cx="24" cy="18.500" r="2.200" fill="#6e214e"/></svg>';

const escapeHtml = (text: string) =>
  text.replace(/[&<>"']/g, (character) => `&#${character.codePointAt(0)};`);

/** A page of the shell itself, for when there is no engine to load one from. It has no scripts. */
export function shellPage({ title, paragraphs, actions }: ShellPage): string {
  const links = actions.map(
    ({ action, label }) => `<a href="${SHELL_ACTIONS[action]}">${escapeHtml(label)}</a>`,
  );
  const html = `<!doctype html><html lang="en"><head><meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>Botmother</title><style>${STYLE}</style></head><body><main role="alert">${LOGO}<h1>${escapeHtml(title)}</h1>
${paragraphs.map((text) => `<p>${escapeHtml(text)}</p>`).join('')}<nav>${links.join('')}</nav></main></body></html>`;
  return `data:text/html;charset=utf-8,${encodeURIComponent(html)}`;
}

/** The engine said why it cannot start. */
export const cannotStartPage = (message: string) =>
  shellPage({
    title: 'The engine cannot start',
    paragraphs: [message, 'Your bots and their data are untouched. They run again once this is solved.'],
    actions: [
      { action: 'retry', label: 'Try again' },
      { action: 'quit', label: 'Quit' },
    ],
  });

/** The engine went away; another one comes by itself. */
export const restartingPage = (reason: string) =>
  shellPage({
    title: 'The engine starts again',
    paragraphs: [
      `The engine stopped by itself: ${reason}.`,
      'Nothing that was stored is lost. Bots answer again as soon as it runs; this page goes away by itself.',
    ],
    actions: [
      { action: 'retry', label: 'Start it now' },
      { action: 'quit', label: 'Quit' },
    ],
  });

/** The window's program died or its page did not load, although the engine runs. */
export const cannotLoadPage = (reason: string) =>
  shellPage({
    title: 'The window cannot show Botmother',
    paragraphs: [`The engine runs, but its page did not load (${reason}). Your bots go on working.`],
    actions: [
      { action: 'retry', label: 'Try again' },
      { action: 'quit', label: 'Quit' },
    ],
  });
