/** The only style of the page; its hash is named in the page's content security policy. */
export const STYLE = `
:root { color-scheme: light dark;
  --canvas: light-dark(#ffffff, #1e1a1f); --card: light-dark(#ffffff, #221d23); --code: light-dark(#faf8fa, #171318);
  --text: light-dark(#201d20, #e8e5e9); --second: light-dark(#5c575c, #b3b0b5); --line: light-dark(#ebe9eb, #2d282e);
  --accent: light-dark(#8c2c64, #eeaccd); }
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 74rem; padding: 2rem 1.25rem; background: var(--canvas); color: var(--text);
  font: 15px/1.55 system-ui, sans-serif; display: grid; grid-template-columns: 17rem minmax(0, 1fr); gap: 0 2.5rem; }
header { grid-column: 1 / -1; max-width: 56rem; }
h1 { margin: 0; font-size: 1.7rem; } h1 small { font-size: 1rem; font-weight: 400; color: var(--second); }
h2 { font-size: 1.15rem; margin: 2rem 0 .5rem; }
nav { font-size: .85rem; position: sticky; top: 0; align-self: start; max-height: 100vh; overflow: auto; padding-bottom: 2rem; }
nav h2 { font-size: .8rem; color: var(--second); margin: 1rem 0 .25rem; }
nav ul { list-style: none; margin: 0; padding: 0; } nav b { font-size: .7rem; color: var(--second); }
a { color: var(--accent); text-underline-offset: 2px; } nav a { text-decoration: none; overflow-wrap: anywhere; }
a:focus-visible, summary:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; }
article { background: var(--card); border: 1px solid var(--line); border-radius: 10px; padding: 1rem 1.25rem; margin: 0 0 1.25rem; scroll-margin-top: 1rem; }
article:target { border-color: var(--accent); }
h3 { margin: 0; font: 600 1rem/1.4 ui-monospace, monospace; overflow-wrap: anywhere; }
h3 b { color: var(--accent); } h3 span { font: 400 .8rem system-ui, sans-serif; color: var(--second); float: right; }
table { width: 100%; border-collapse: collapse; font-size: .9rem; margin: .75rem 0; }
th, td { text-align: left; vertical-align: top; padding: .3rem .75rem .3rem 0; border-bottom: 1px solid var(--line); overflow-wrap: anywhere; }
th { color: var(--second); font-weight: 500; } em { color: var(--second); font-size: .8rem; }
pre { background: var(--code); border: 1px solid var(--line); border-radius: 8px; padding: .75rem; overflow: auto; font: .82rem/1.5 ui-monospace, monospace; }
code { font: .88em ui-monospace, monospace; overflow-wrap: anywhere; } summary { cursor: pointer; color: var(--second); }
@media (max-width: 56rem) { body { display: block; } nav { position: static; max-height: none; } }
`;
