/** The look of the window (src-renderer/ui), as far as a page without scripts and files needs it. */
export const PAGE_STYLE = `
:root {
  color-scheme: light dark;
  --canvas: #fff; --ground: #f8f6f8; --text: #201d20; --second: #5c575c; --line: #dfdddf; --hover: #f0edf0;
  --accent: #8c2c64; --fill: #ad3d7f; --fill-hover: #96306b; --code: #faf8fa;
  --bad: #b62c0f; --bad-tint: #fff3f0; --warn: #7b5100; --warn-tint: #fff5e8; --accent-tint: #fae3ee;
  --shadow: 0 1px 2px rgb(32 20 28 / 6%), 0 8px 32px rgb(32 20 28 / 8%);
}
@media (prefers-color-scheme: dark) {
  :root {
    --canvas: #1e1a1f; --ground: #171318; --text: #e8e5e9; --second: #b3b0b5; --line: #3a353b; --hover: #29252a;
    --accent: #eeaccd; --fill-hover: #c04c90; --code: #171318;
    --bad: #ffa28e; --bad-tint: #301713; --warn: #ffc166; --warn-tint: #2b2011; --accent-tint: #40182f;
    --shadow: 0 0 0 1px #2d282e;
  }
}
* { box-sizing: border-box; margin: 0; padding: 0; }
body {
  min-height: 100vh; display: grid; place-items: center; padding: 24px;
  background: var(--ground); color: var(--text); -webkit-font-smoothing: antialiased; letter-spacing: -.003em;
  font: 400 14px/20px system-ui, "Segoe UI", Inter, Roboto, "Noto Sans", Cantarell, "Helvetica Neue", Arial, sans-serif;
}
main {
  width: 100%; max-width: 560px; padding: 32px; border-radius: 14px; background: var(--canvas); box-shadow: var(--shadow);
}
header { display: flex; align-items: center; gap: 10px; font-size: 16px; font-weight: 600; }
header svg { width: 32px; height: 32px; }
h1 {
  margin-top: 24px; display: flex; align-items: center; gap: 12px;
  font-size: 20px; line-height: 28px; font-weight: 600; letter-spacing: -.015em; text-wrap: balance;
}
i { flex: none; width: 36px; height: 36px; border-radius: 10px; display: grid; place-items: center; }
i svg { width: 20px; height: 20px; fill: none; stroke: currentColor; stroke-width: 1.75; stroke-linecap: round; stroke-linejoin: round; }
i, i.ask { background: var(--accent-tint); color: var(--accent); }
i.bad { background: var(--bad-tint); color: var(--bad); }
i.wait { background: var(--warn-tint); color: var(--warn); }
p { margin-top: 12px; color: var(--second); text-wrap: pretty; overflow-wrap: anywhere; hyphens: auto; }
blockquote {
  margin-top: 16px; padding: 12px 14px; border-radius: 10px; background: var(--code); box-shadow: inset 0 0 0 1px var(--line);
  overflow-wrap: anywhere; user-select: text;
}
ul { margin-top: 20px; list-style: none; border-radius: 10px; box-shadow: inset 0 0 0 1px var(--line); }
li { padding: 16px; display: flex; gap: 14px; }
li + li { border-top: 1px solid var(--line); }
h2 { font-size: 14px; line-height: 20px; font-weight: 600; }
li p { margin: 2px 0 12px; font-size: 13px; line-height: 18px; user-select: text; }
nav { margin-top: 24px; display: flex; flex-wrap: wrap; gap: 8px; }
a {
  display: inline-block; min-height: 36px; padding: 8px 14px; border-radius: 6px; font-weight: 500; line-height: 20px;
  cursor: default; color: var(--text); text-decoration: none; box-shadow: inset 0 0 0 1px var(--line);
  transition: background 120ms ease-out;
}
a:hover { background: var(--hover); }
nav a:first-child, li:first-child a { background: var(--fill); color: #fff; box-shadow: none; }
nav a:first-child:hover, li:first-child a:hover { background: var(--fill-hover); }
a:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; }
@media (prefers-reduced-motion: reduce) { a { transition: none; } }
@media (forced-colors: active) { main, a, blockquote, ul { border: 1px solid; } }
`;

export const LOGO =
  '<svg viewBox="0 0 40 40" aria-hidden="true"><path fill="#ad3d7f" d="M20 3.500c-9.600 0-16.500 6.300-16.500 14.700 0 4.900 2.300 9 6 11.700l-1.600 6.200c-.2.700.5 1.200 1.100.9l6.800-3.600c1.400.3 2.800.5 4.200.5 9.600 0 16.500-7.300 16.500-15.700S29.600 3.500 20 3.500Z"/><rect x="10" y="11.500" width="20" height="14" rx="7" fill="#fff"/><circle cx="16" cy="18.500" r="2.200" fill="#6e214e"/><circle cx="24" cy="18.500" r="2.200" fill="#6e214e"/></svg>';

const icon = (paths: string) => `<svg viewBox="0 0 24 24" aria-hidden="true">${paths}</svg>`;

export const ICONS = {
  alert: icon(
    '<path d="M12 8.500v4.500M12 16.500h.01M10.600 4.400 3 17.500A1.600 1.600 0 0 0 4.400 20h15.200a1.600 1.600 0 0 0 1.400-2.500L13.400 4.400a1.600 1.600 0 0 0-2.800 0Z"/>',
  ),
  refresh: icon(
    '<path d="M4.500 11a7.600 7.600 0 0 1 13.700-3.500L20 9.500M20 4.500v5h-5M19.500 13a7.600 7.600 0 0 1-13.700 3.500L4 14.500M4 19.500v-5h5"/>',
  ),
  key: icon('<circle cx="8" cy="15" r="4"/><path d="m11 12 8.500-8.500M16 7l3 3M13.500 9.500l2 2"/>'),
  file: icon(
    '<path d="M13.500 3.500H7A1.500 1.500 0 0 0 5.500 5v14A1.500 1.500 0 0 0 7 20.500h10a1.500 1.500 0 0 0 1.500-1.500V8.500Z M13.500 3.500v5h5M9.500 13h5M9.500 16.500h5"/>',
  ),
  shield: icon(
    '<path d="M12 3.500c2.200 1.800 4.700 2.700 7.500 2.700 0 6.700-2 11.300-7.500 14.300-5.500-3-7.500-7.600-7.500-14.300 2.800 0 5.300-.9 7.500-2.700ZM9.300 12l2 2 3.500-3.800"/>',
  ),
} as const;
export type IconName = keyof typeof ICONS;
