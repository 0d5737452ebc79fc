/** The parts of the window in the order of F6: rail, list, detail, side panel. */
const PARTS = '#rail, #content aside, #content section[data-part], #content [role="complementary"]';
const CAN_FOCUS =
  'a[href], button:not([disabled]), input:not([disabled]), select, textarea, [tabindex]:not([tabindex="-1"])';

/** Moves the focus to the next part of the window, or to the one before. */
export function focusNextPart(step: 1 | -1): void {
  const found = [...document.querySelectorAll<HTMLElement>(PARTS)];
  const content = document.getElementById('content');
  // A place without a list is one part.
  const parts = found.length > 1 || content === null ? found : [...found, content];
  if (parts.length === 0) return;
  const at = parts.findIndex((part) => part.contains(document.activeElement));
  const next = parts[(at + step + parts.length) % parts.length];
  const target =
    next?.querySelector<HTMLElement>(`[aria-current="page"]`) ?? next?.querySelector<HTMLElement>(CAN_FOCUS);
  (target ?? next)?.focus();
}
