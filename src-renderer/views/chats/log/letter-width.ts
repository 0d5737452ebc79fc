const SAMPLE = 'The quick brown fox jumps over the lazy dog, and nobody asked 1234 times why.';
const COMMON = 7;
let known: { font: string; width: number } | undefined;

/** How wide a letter of a message is on average, in pixels; it follows the system's font and the chosen size. */
export function letterWidth(): number {
  const root = document.documentElement;
  const size = root.style.getPropertyValue('--bm-chat-size') || '14px';
  if (known?.font === size) return known.width;
  const pen = document.createElement('canvas').getContext('2d');
  if (!pen) return COMMON;
  pen.font = `${size} ${getComputedStyle(document.body).fontFamily}`;
  known = { font: size, width: pen.measureText(SAMPLE).width / SAMPLE.length };
  return known.width;
}
