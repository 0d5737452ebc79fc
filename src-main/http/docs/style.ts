/** The only style of the page. */
export const STYLE = `
:root { color-scheme: light dark;
  --list: light-dark(#f8f6f8, #171318); --canvas: light-dark(#fff, #1e1a1f); --code: light-dark(#faf8fa, #171318);
  --text: light-dark(#201d20, #e8e5e9); --second: light-dark(#5c575c, #b3b0b5); --third: light-dark(#6d686c, #9a969b);
  --line: light-dark(#ebe9eb, #2d282e); --strong: light-dark(#dfdddf, #3a353b); --control: light-dark(#938e92, #746e76);
  --accent: light-dark(#8c2c64, #eeaccd); --active: light-dark(#fae3ee, #40182f);
  --green: light-dark(#0c7a48, #80d3a0); --blue: light-dark(#0763b1, #91c2fa); --amber: light-dark(#7b5100, #ffc166);
  --red: light-dark(#b62c0f, #ffa28e);
  --mono: ui-monospace, 'Cascadia Mono', 'JetBrains Mono', 'DejaVu Sans Mono', monospace; }
* { box-sizing: border-box; }
html { scroll-padding-top: 16px; }
body { margin: 0; background: var(--canvas); color: var(--text); font: 14px/20px system-ui, 'Segoe UI', 'Noto Sans', sans-serif;
  display: grid; grid-template-columns: 280px minmax(0, 1fr); }
a { color: var(--accent); text-underline-offset: 2px; }
code, pre, kbd { font-family: var(--mono); font-variant-ligatures: none; }
code { font-size: .92em; overflow-wrap: anywhere; }
:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; border-radius: 4px; }
.skip { position: absolute; left: -999px; } .skip:focus { left: 12px; top: 12px; z-index: 2; background: var(--canvas); padding: 8px 12px; }

nav { position: sticky; top: 0; height: 100vh; display: flex; flex-direction: column; background: var(--list); border-right: 1px solid var(--line); }
nav .brand { margin: 0; padding: 20px 16px 12px; font-size: 16px; font-weight: 600; }
nav .brand small { font-size: 12px; font-weight: 400; color: var(--third); }
nav .search { position: relative; padding: 0 16px; }
nav input { width: 100%; height: 36px; padding: 0 36px 0 10px; border: 1px solid var(--control); border-radius: 6px; background: var(--canvas); color: inherit; font: inherit; }
nav input::-webkit-search-cancel-button { display: none; }
nav kbd { position: absolute; right: 24px; top: 8px; padding: 0 6px; border: 1px solid var(--strong); border-radius: 4px; font-size: 12px; line-height: 18px; color: var(--third); }
nav .found { margin: 8px 16px 0; font-size: 12px; color: var(--third); } nav .found:empty { display: none; }
nav .list { overflow: auto; padding: 4px 8px 32px; flex: 1; }
nav h2 { margin: 16px 8px 4px; font-size: 12px; line-height: 16px; font-weight: 500; color: var(--third); }
nav ul { list-style: none; margin: 0; padding: 0; }
nav a { display: flex; gap: 8px; padding: 4px 8px; border-radius: 6px; color: var(--second); text-decoration: none; font-size: 13px; line-height: 20px; }
nav a span { min-width: 0; } nav a:hover { background: var(--line); color: var(--text); }
nav a[aria-current] { background: var(--active); color: var(--accent); }

.method { font: 600 11px/20px var(--mono); flex: none; width: 46px; color: var(--third); }
.get { color: var(--blue); } .post { color: var(--green); } .put, .patch { color: var(--amber); } .delete { color: var(--red); }

main { padding: 32px clamp(16px, 3vw, 48px) 96px; min-width: 0; max-width: 1400px; }
h1 { margin: 0; font-size: 26px; line-height: 34px; font-weight: 600; text-wrap: balance; }
.lead { max-width: 68ch; color: var(--second); }
main h2 { margin: 48px 0 8px; font-size: 20px; line-height: 28px; font-weight: 600; }
.reading { max-width: 760px; } .reading h2 { margin-top: 32px; font-size: 16px; line-height: 24px; } .reading p { max-width: 72ch; }
.routes > p { color: var(--second); margin: 0 0 8px; }

article { display: grid; grid-template-columns: minmax(0, 1fr); gap: 0 32px; padding: 24px 0 28px; border-top: 1px solid var(--line); }
h3 { margin: 0; display: flex; flex-wrap: wrap; gap: 0 4px; align-items: baseline; font: 600 15px/24px var(--mono); overflow-wrap: anywhere; }
h3 .method { font-size: 12px; width: auto; margin-right: 4px; } h3 a { color: inherit; text-decoration: none; }
h3 a:hover { text-decoration: underline; }
.who { margin: 2px 0 8px; font-size: 12px; line-height: 16px; color: var(--third); }
.said > p { margin: 8px 0; }
article:target h3 .path { background: var(--active); border-radius: 4px; box-shadow: 0 0 0 4px var(--active); }
table { width: 100%; border-collapse: collapse; margin: 16px 0 0; font-size: 13px; line-height: 18px; }
caption { text-align: left; font-weight: 500; padding-bottom: 4px; }
thead { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
td { text-align: left; vertical-align: top; padding: 6px 12px 6px 0; border-top: 1px solid var(--line); overflow-wrap: anywhere; }
td:nth-child(1) { width: 28%; } td:nth-child(2) { width: 26%; color: var(--second); } td:last-child { padding-right: 0; }
details td:nth-child(1) { width: 48px; color: var(--second); } details td:nth-child(2) { width: 34%; }
em { font-style: normal; font-size: 12px; color: var(--accent); }
details { margin-top: 16px; font-size: 13px; } summary { cursor: pointer; color: var(--second); width: fit-content; padding: 4px 0; }

.shown { min-width: 0; margin-top: 16px; }
.code { position: relative; border: 1px solid var(--line); border-radius: 10px; background: var(--code); margin: 0 0 12px; overflow: hidden; }
.code pre { margin: 0; padding: 12px 16px; overflow: auto; max-height: 420px; white-space: pre-wrap; overflow-wrap: anywhere; font-size: 12.5px; line-height: 19px; }
.code pre:focus-visible { outline-offset: -2px; border-radius: 10px; }
.code i { font-style: normal; } .s { color: var(--green); } .k { color: var(--accent); } .n { color: var(--blue); } .m { color: var(--text); }
.code .label { margin: 0; padding: 8px 16px 0; font-size: 12px; line-height: 16px; color: var(--third); }
.tabs { display: none; gap: 2px; padding: 6px 6px 0; }
.tabs button, .copy { font: inherit; font-size: 12px; line-height: 16px; border: 0; background: none; color: var(--second); padding: 6px 10px; border-radius: 6px; cursor: pointer; }
.tabs button:hover, .copy:hover { background: var(--line); color: var(--text); }
.tabs button[aria-selected=true] { color: var(--accent); background: var(--active); }
.copy { position: absolute; right: 6px; top: 6px; background: var(--code); }
.code > .copy { opacity: 0; transition: opacity 120ms ease-out; } .code:hover > .copy, .code:focus-within > .copy { opacity: 1; }
[data-chosen] .tabs { display: flex; }
[data-chosen=Shell] [data-lang]:not([data-lang=Shell]), [data-chosen=Python] [data-lang]:not([data-lang=Python]),
[data-chosen=TypeScript] [data-lang]:not([data-lang=TypeScript]) { display: none; }
[hidden] { display: none !important; }

@media (min-width: 1240px) {
  .routes article { grid-template-columns: minmax(0, 1fr) minmax(0, 1fr); }
  .shown { margin-top: 0; position: sticky; top: 16px; align-self: start; }
}
@media (max-width: 800px) {
  body { display: block; }
  nav { position: static; height: auto; max-height: 45vh; border-right: 0; border-bottom: 1px solid var(--line); }
  main { padding-top: 24px; }
  td:nth-child(1) { width: 34%; }
}
@media (hover: none) { .code > .copy { opacity: 1; } nav kbd { display: none; } nav a { padding: 10px 8px; } }
@media (prefers-reduced-motion: reduce) { * { transition: none !important; } }
@media print { nav, .copy, .tabs { display: none !important; } body { display: block; } .code pre { max-height: none; white-space: pre-wrap; } }
`;
