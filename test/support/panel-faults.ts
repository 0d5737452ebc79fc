import AxeBuilder from '@axe-core/playwright';
import type { Page } from 'playwright-core';

/** What only colours decide. */
const OF_COLOURS = ['color-contrast', 'link-in-text-block'];

/**
 * What keeps somebody from using the page, serious or worse: a line each. By every rule of axe; of a page that was looked at in
 * another look already, by those that colours decide.
 */
export async function axeFaults(page: Page, { onlyColours = false } = {}): Promise<string[]> {
  // Without frames of others the simple mode does, which opens no second page.
  const axe = new AxeBuilder({ page }).setLegacyMode(true).options({ resultTypes: ['violations'] });
  if (onlyColours) axe.withRules(OF_COLOURS);
  const { violations } = await axe.analyze();
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, nodes }) =>
      nodes.map(({ target, failureSummary = '' }) => `${id}: ${target.join(' ')}: ${failureSummary}`),
    );
}

/**
 * Texts that do not fit where they stand: wider or higher than the place that cuts them, or sticking out of the window. What is
 * cut with an ellipsis may be so where it says all of it in its title: names, never sentences. As text: it runs in the page.
 */
const CUT = `[...document.querySelectorAll('body *')]
  .filter((it) => [...it.childNodes].some((node) => node.nodeType === 3 && node.textContent.trim() !== ''))
  .filter((it) => {
    const box = it.getBoundingClientRect();
    const style = getComputedStyle(it);
    if (box.width <= 1 || box.height <= 1 || style.visibility === 'hidden' || style.clipPath !== 'none') return false;
    if (it.closest('[aria-hidden=true], noscript, script, style, svg, [data-may-be-cut]')) return false;
    const cutter = it.closest('[data-may-be-cut], [title]');
    if (style.textOverflow === 'ellipsis' && cutter) return false;
    const isCutHere = style.display !== 'inline' && style.overflowX !== 'visible' && it.scrollWidth > it.clientWidth + 1;
    let inside = box;
    for (let up = it.parentElement; up && up !== document.body; up = up.parentElement) {
      const around = getComputedStyle(up);
      if (around.overflowX === 'visible') continue;
      if (around.overflowX === 'auto' || around.overflowX === 'scroll') { if (up.scrollWidth > up.clientWidth + 1) break; }
      if (around.textOverflow === 'ellipsis' && (up.closest('[title]') || up.title !== '')) break;
      const edge = up.getBoundingClientRect();
      if (inside.right > edge.right + 1 || inside.left < edge.left - 1) return true;
    }
    return isCutHere || (box.right > innerWidth + 1 && box.left < innerWidth);
  })
  .map((it) => it.tagName.toLowerCase() + ' ' + it.textContent.trim().slice(0, 60))`;

/**
 * What one has to scroll sideways for: places that do so, but for rows of marks that are meant to, and controls that stick out
 * of what cuts them. As text: it runs in the page.
 */
const ASIDE = `[...document.querySelectorAll('html, body, body *')]
  .filter((it) => {
    const box = it.getBoundingClientRect();
    const style = getComputedStyle(it);
    if (box.width <= 1 || box.height <= 1 || style.visibility === 'hidden') return false;
    if (it.closest('[data-scrolls-sideways], [aria-hidden=true], svg')) return false;
    const isRoot = it === document.documentElement;
    if ((isRoot || style.overflowX === 'auto' || style.overflowX === 'scroll') && it.scrollWidth > it.clientWidth + 1) return true;
    if (!it.matches('button, a[href], input, textarea, select, [role=switch], [role=tab], [role=radio]')) return false;
    if (box.right < 0 || box.bottom < 0 || style.opacity === '0' || style.clipPath !== 'none') return false;
    if (box.right > innerWidth + 1 || box.left < -1) return true;
    for (let up = it.parentElement; up && up !== document.body; up = up.parentElement) {
      const edge = up.getBoundingClientRect();
      if (getComputedStyle(up).overflowX !== 'visible' && (box.right > edge.right + 1 || box.left < edge.left - 1)) return true;
    }
    return false;
  })
  .map((it) => it.tagName.toLowerCase() + ' ' + (it.getAttribute('aria-label') ?? it.className + ' ' + it.textContent.trim()).slice(0, 60))`;

/** What an empty field of one line asks for, where its words are wider than the field. As text: it runs in the page. */
const CUT_ASKED = `(() => {
  const pen = document.createElement('canvas').getContext('2d');
  return [...document.querySelectorAll('input:placeholder-shown')]
    .filter((it) => {
      const style = getComputedStyle(it);
      if (it.clientWidth <= 1 || style.visibility === 'hidden') return false;
      pen.font = style.font;
      const room = it.clientWidth - parseFloat(style.paddingLeft) - parseFloat(style.paddingRight);
      return pen.measureText(it.placeholder).width > room + 1;
    })
    .map((it) => 'placeholder ' + it.placeholder);
})()`;

/** Texts that are cut. */
export const cutTexts = (page: Page): Promise<string[]> => atRest(page, `[...${CUT}, ...${CUT_ASKED}]`);
/** What has to be scrolled sideways, and what is out of reach by that. */
export const asideOf = (page: Page): Promise<string[]> => atRest(page, ASIDE);

/** They are looked for until the page has come to rest: it arranges itself some moments after its size has changed. */
async function atRest(page: Page, faults: string): Promise<string[]> {
  let found: string[] = [];
  for (let looks = 0; looks < LOOKS; looks += 1) {
    found = await page.evaluate<string[]>(faults);
    if (found.length === 0) break;
    await page.waitForTimeout(LOOK_MS);
  }
  return found;
}
const LOOKS = 20;
const LOOK_MS = 100;
