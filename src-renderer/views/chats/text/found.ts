import type { Span } from './spans.ts';

const LINK = /(?:https?:\/\/|xmpp:|mailto:)[^\s<>"'`\p{Cc}\p{Bidi_Control}]+/iu;
const COMMAND = /(?<=^|[\s("'„“«:])\/[a-z][a-z0-9_-]{1,31}(?: \d{1,9}(?: yes)?)?(?![\w/-]|\.\w|\p{L})/iu;
const TOKEN = /\bbm_[A-Za-z0-9_-]{24,}/u;
const WHAT = new RegExp(
  `(?<link>${LINK.source})|(?<token>${TOKEN.source})|(?<command>${COMMAND.source})`,
  'giu',
);

/** Addresses, commands and tokens in a plain text. */
export function found(text: string): Span[] {
  const spans: Span[] = [];
  let at = 0;
  for (const match of text.matchAll(WHAT)) {
    const span = spanOf(match);
    if (!span) continue;
    if (match.index > at) spans.push({ kind: 'text', text: text.slice(at, match.index) });
    spans.push(span);
    at = match.index + span.text.length;
  }
  if (at < text.length) spans.push({ kind: 'text', text: text.slice(at) });
  return spans;
}

function spanOf({
  groups,
}: RegExpMatchArray): Extract<Span, { kind: 'link' | 'token' | 'command' }> | undefined {
  const { link, token, command } = groups ?? {};
  if (token !== undefined) return { kind: 'token', text: token };
  if (command !== undefined) return { kind: 'command', text: command };
  if (link === undefined) return undefined;
  const text = withoutEnd(link);
  const href = safeAddress(text);
  return href === undefined ? undefined : { kind: 'link', text, href };
}

const CLOSES_SENTENCE = new Set('.,;:!?…’”»');

/** What closes the sentence does not belong to the address, nor a bracket that was opened before it. */
function withoutEnd(link: string): string {
  let end = link.length;
  while (end > 0 && CLOSES_SENTENCE.has(link[end - 1] ?? '')) end -= 1;
  let over = 0;
  for (let at = 0; at < end; at += 1) over += link[at] === ')' ? 1 : link[at] === '(' ? -1 : 0;
  for (; over > 0 && link[end - 1] === ')'; end -= 1) over -= 1;
  return link.slice(0, end);
}

const SAFE = new Set(['https:', 'http:', 'mailto:', 'xmpp:']);

/** An address that may be opened: nothing that runs, and nothing that hides where it leads. */
export function safeAddress(text: string): string | undefined {
  if (!URL.canParse(text)) return undefined;
  const { protocol, username, password, href, host, pathname } = new URL(text);
  const leadsSomewhere = /^https?:$/.test(protocol) ? host !== '' : pathname !== '';
  return SAFE.has(protocol) && username === '' && password === '' && leadsSomewhere ? href : undefined;
}
