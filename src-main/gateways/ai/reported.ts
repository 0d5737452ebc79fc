/** What a provider wrote about a failure, for telling which it is; none of it is shown to anybody. */
export interface Reported {
  isJson: boolean;
  /** Its codes, types and reasons, in lower case. */
  codes: string;
  /** Its sentence, in lower case. */
  words: string;
  /** As Google writes it: `34s`. */
  retryDelay: string | undefined;
}

const CODE_FIELDS = new Set(['code', 'type', 'status', 'reason']);
const WORD_FIELDS = new Set(['message', 'detail', 'error']);
const DEPTH = 5;
const ENTRIES = 50;
const TEXT = 4_000;

/** Takes a body or a value read already; every provider nests it in its own way. */
export function reportOf(source: unknown): Reported {
  const report: Reported = { isJson: false, codes: '', words: '', retryDelay: undefined };
  const value = typeof source === 'string' ? parsed(source) : source;
  if (typeof value === 'object' && value !== null) {
    report.isJson = true;
    collect(value, report, 0);
  } else if (typeof source === 'string') report.words = source.slice(0, TEXT).toLowerCase();
  return report;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function collect(value: object, report: Reported, depth: number): void {
  for (const [name, entry] of Object.entries(value).slice(0, ENTRIES)) {
    if (typeof entry === 'object' && entry !== null) {
      if (depth < DEPTH) collect(entry, report, depth + 1);
      continue;
    }
    if (typeof entry !== 'string') continue;
    const text = entry.slice(0, TEXT);
    if (name === 'retryDelay') report.retryDelay = text;
    else if (CODE_FIELDS.has(name)) report.codes = joined(report.codes, text);
    else if (WORD_FIELDS.has(name)) report.words = joined(report.words, text);
  }
}

/** No longer than one field may be: what looks for words in it takes its time. */
const joined = (before: string, more: string): string => `${before} ${more.toLowerCase()}`.slice(0, TEXT);
