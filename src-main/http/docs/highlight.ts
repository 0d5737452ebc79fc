import type { CodeSample } from '../openapi/types.ts';
import { type Html, html } from './html.ts';

type Language = CodeSample['lang'] | 'JSON';

const STRING = /"(?:[^"\\]|\\[\s\S])*"|'(?:[^'\\]|\\[\s\S])*'|`[^`]*`/.source;
const NUMBER = /\b\d+(?:\.\d+)?\b/.source;
const words = (...names: string[]) => String.raw`\b(?:${names.join('|')})\b`;

const KEYWORDS: Record<Language, string> = {
  // A shell's strings end at the first quote of their kind, whatever stands before it.
  Shell: /^curl\b|(?<=\s)--?[A-Za-z-]+|\$\w+/.source,
  Python: words(
    'import',
    'for',
    'in',
    'with',
    'open',
    'as',
    'class',
    'def',
    'print',
    'True',
    'False',
    'None',
  ),
  TypeScript: words('import', 'from', 'const', 'await', 'for', 'of', 'new', 'true', 'false', 'null'),
  JSON: words('true', 'false', 'null'),
};

/** Source with its strings, numbers and keywords marked; what it does not understand, it leaves as it is. */
export function highlight(language: Language, source: string): Html {
  const pattern = new RegExp(`(${STRING})|(${KEYWORDS[language]})|(${NUMBER})`, 'gm');
  const parts: (Html | string)[] = [];
  let end = 0;
  for (const match of source.matchAll(pattern)) {
    const [whole, string, keyword] = match;
    const kind =
      string !== undefined ? kindOfString(language, source, match) : keyword !== undefined ? 'k' : 'n';
    parts.push(source.slice(end, match.index), html`<i class="${kind}">${whole}</i>`);
    end = match.index + whole.length;
  }
  return html`${[...parts, source.slice(end)]}`;
}

/** In JSON the names of members are no values. */
function kindOfString(language: Language, source: string, match: RegExpExecArray | RegExpMatchArray): string {
  const after = source.slice((match.index ?? 0) + match[0].length);
  return language === 'JSON' && after.startsWith(':') ? 'm' : 's';
}
