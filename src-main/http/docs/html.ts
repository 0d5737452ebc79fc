/** Markup that is safe to put into a page as it is. */
export class Html {
  readonly text: string;
  constructor(text: string) {
    this.text = text;
  }
}

type Slot = string | number | Html | undefined | readonly Slot[];

const ENTITIES: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

function written(slot: Slot): string {
  if (slot === undefined) return '';
  if (slot instanceof Html) return slot.text;
  if (typeof slot === 'object') return slot.map(written).join('');
  return String(slot).replace(/[&<>"']/g, (character) => ENTITIES[character] ?? '');
}

/** Markup with values in it; what is not markup itself is escaped. */
export const html = (parts: TemplateStringsArray, ...slots: Slot[]): Html =>
  new Html(parts.map((part, index) => part + written(slots[index])).join(''));

/** Text of ours in which `backquotes` mark code. */
export const prose = (text: string): Html =>
  new Html(written(text).replace(/`([^`]+)`/g, (_, code: string) => `<code>${code}</code>`));
