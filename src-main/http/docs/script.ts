/**
 * What makes the page handier: one choice of language for all examples, a search, copying, and where one is in the list.
 * It is served as a file, since the page's policy lets no other script run. The choice stays in this browser and is
 * never sent.
 */
export const SCRIPT = `'use strict';
const root = document.documentElement;
const all = (selector, within = document) => [...within.querySelectorAll(selector)];
const KEPT = 'botmother.docs.language';

// One language for all examples.
const known = ['Shell', 'Python', 'TypeScript'];
function kept() {
  try { return localStorage.getItem(KEPT); } catch { return null; }
}
function choose(language) {
  root.dataset.chosen = language;
  for (const tab of all('[role=tab]')) {
    const isChosen = tab.dataset.choose === language;
    tab.setAttribute('aria-selected', String(isChosen));
    tab.tabIndex = isChosen ? 0 : -1;
  }
}
function chooseAt(tab) {
  // What is above changes its height; the tab itself stays where it was.
  const before = tab.getBoundingClientRect().top;
  choose(tab.dataset.choose);
  scrollBy(0, tab.getBoundingClientRect().top - before);
  try { localStorage.setItem(KEPT, tab.dataset.choose); } catch { /* It holds for this page then. */ }
}
choose(known.includes(kept()) ? kept() : 'Shell');
document.addEventListener('click', ({ target }) => {
  const tab = target.closest('[role=tab]');
  if (tab) chooseAt(tab);
});
document.addEventListener('keydown', (event) => {
  const tab = event.target.closest?.('[role=tab]');
  const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
  if (!tab || !step) return;
  const tabs = all('[role=tab]', tab.parentElement);
  const next = tabs[(tabs.indexOf(tab) + step + tabs.length) % tabs.length];
  event.preventDefault();
  chooseAt(next);
  next.focus();
});

// Copying.
for (const box of all('.code')) {
  if (!box.querySelector('pre')) continue;
  const button = document.createElement('button');
  button.type = 'button';
  button.className = 'copy';
  button.textContent = 'Copy';
  button.addEventListener('click', async () => {
    const shown = all('pre', box).find((one) => one.offsetParent !== null);
    try {
      await navigator.clipboard.writeText(shown.textContent);
      button.textContent = 'Copied';
    } catch {
      getSelection().selectAllChildren(shown);
      button.textContent = 'Selected: press Ctrl C';
    }
    setTimeout(() => { button.textContent = 'Copy'; }, 2000);
  });
  box.append(button);
}

// The search.
const box = document.querySelector('.search');
const field = box.querySelector('input');
const found = document.querySelector('.found');
box.hidden = false;
const entries = all('article').map((article) => ({
  article,
  text: article.dataset.find,
  item: document.querySelector('nav li[data-for="' + article.id + '"]'),
}));
function search() {
  const words = field.value.toLowerCase().split(/\\s+/).filter(Boolean);
  let count = 0;
  for (const { article, item, text } of entries) {
    const isFound = words.every((word) => text.includes(word));
    article.hidden = item.hidden = !isFound;
    if (isFound) count += 1;
  }
  for (const section of all('.routes, nav section')) {
    const rows = all('article, li', section);
    section.hidden = words.length > 0 && rows.every((row) => row.hidden || !(row.id || row.dataset.for));
  }
  for (const section of all('.reading, main > header')) section.hidden = words.length > 0;
  found.textContent = words.length === 0 ? '' : count === 0 ? 'No route has that.' : count === 1 ? '1 route' : count + ' routes';
}
field.addEventListener('input', search);
const links = () => all('nav a').filter((link) => link.offsetParent !== null);
addEventListener('keydown', (event) => {
  const isTyping = event.target.closest?.('input, textarea');
  if (event.key === '/' && !isTyping && !event.ctrlKey && !event.metaKey && !event.altKey) {
    event.preventDefault();
    field.focus();
    field.select();
  } else if (event.key === 'Escape' && (event.target === field || field.value !== '')) {
    field.value = '';
    search();
    document.activeElement?.scrollIntoView({ block: 'nearest' });
  } else if (event.key === 'Enter' && event.target === field) {
    links()[0]?.click();
  } else if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
    const from = event.target === field ? -1 : links().indexOf(event.target);
    if (event.target !== field && from < 0) return;
    event.preventDefault();
    const to = from + (event.key === 'ArrowDown' ? 1 : -1);
    if (to < 0) field.focus();
    else links()[to]?.focus();
  }
});

// Where one is.
const mark = (id) => {
  for (const link of all('nav a[aria-current]')) link.removeAttribute('aria-current');
  const link = document.querySelector('nav a[href="#' + id + '"]');
  link?.setAttribute('aria-current', 'true');
  if (link && matchMedia('(min-width: 801px)').matches) {
    const list = link.closest('.list');
    const [inner, outer] = [link.getBoundingClientRect(), list.getBoundingClientRect()];
    if (inner.top < outer.top || inner.bottom > outer.bottom) list.scrollTop += inner.top - outer.top - outer.height / 3;
  }
};
const seen = new IntersectionObserver((changes) => {
  for (const { target, isIntersecting } of changes) if (isIntersecting) mark(target.id);
}, { rootMargin: '-10% 0px -80% 0px' });
for (const part of all('article, .reading')) seen.observe(part);
`;
