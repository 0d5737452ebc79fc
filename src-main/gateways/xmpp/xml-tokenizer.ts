/** XML that a stream must not carry; `condition` is the stream error that answers it (RFC 6120, 4.9.3). */
export class XmlRefused extends Error {
  readonly condition: 'not-well-formed' | 'restricted-xml' | 'policy-violation' | 'unsupported-encoding';
  constructor(condition: XmlRefused['condition'], reason: string) {
    super(reason);
    this.name = 'XmlRefused';
    this.condition = condition;
  }
}

export interface TokenHandler {
  /** Called for each piece of text as it is taken in, before the token it belongs to is complete. */
  consumed(piece: string): void;
  open(name: string, attributes: Record<string, string>, isEmpty: boolean): void;
  close(name: string): void;
  text(text: string): void;
}

type State = 'text' | 'markup' | 'bang' | 'cdata' | 'declaration' | 'tag';

const NAME_START =
  ':A-Z_a-z\\u{C0}-\\u{D6}\\u{D8}-\\u{F6}\\u{F8}-\\u{2FF}\\u{370}-\\u{37D}\\u{37F}-\\u{1FFF}\\u{200C}-\\u{200D}' +
  '\\u{2070}-\\u{218F}\\u{2C00}-\\u{2FEF}\\u{3001}-\\u{D7FF}\\u{F900}-\\u{FDCF}\\u{FDF0}-\\u{FFFD}\\u{10000}-\\u{EFFFF}';
const NAME = `[${NAME_START}][${NAME_START}\\-.0-9\\u{B7}\\u{300}-\\u{36F}\\u{203F}-\\u{2040}]*`;
const ASCII_NAME = '[:A-Z_a-z][:A-Z_a-z\\-.0-9]*';
const attributeOf = (name: string) =>
  `[ \\t\\r\\n]+(${name})[ \\t\\r\\n]*=[ \\t\\r\\n]*(?:"([^"<]*)"|'([^'<]*)')`;
/** Patterns for a tag in ASCII, which nearly all are, run several times faster than those for any letters. */
const ASCII = { name: new RegExp(ASCII_NAME, 'y'), attribute: new RegExp(attributeOf(ASCII_NAME), 'y') };
const UNICODE = { name: new RegExp(NAME, 'uy'), attribute: new RegExp(attributeOf(NAME), 'uy') };
const NOT_ASCII = /[^\x00-\x7F]/;
const TAG_END = /^[ \t\r\n]*\/?$/;
const NOT_SPACE = /[^ \t\r\n]/;
/** Raw characters below U+0020 that XML forbids. What else it forbids cannot do harm here and is let in. */
const CONTROL = /[\x00-\x08\x0B\x0C\x0E-\x1F]/;
const CDATA_START = '[CDATA[';
const CDATA_END = ']]>';
const DECLARATION_LIMIT = 256;
const ENTITIES = new Map([
  ['amp', '&'],
  ['lt', '<'],
  ['gt', '>'],
  ['quot', '"'],
  ['apos', "'"],
]);

/**
 * Cuts the text of a stream into tags and text, in pieces of any size and in linear time. It takes the XML that XMPP
 * allows (RFC 6120, 11.1) and throws `XmlRefused` for the rest: comments, processing instructions, DOCTYPE, unknown
 * entities, broken markup. It knows nothing of nesting.
 */
export class XmlTokenizer {
  /** Whether text between tags means anything at this place; if not, only white space is allowed. */
  collectsText = false;
  readonly #handler: TokenHandler;
  #state: State = 'text';
  #kept = '';
  #quote = '';
  /** In CDATA: the last characters of the chunk before. */
  #tail = '';
  #isAtStart = true;
  #isStopped = false;

  constructor(handler: TokenHandler) {
    this.#handler = handler;
  }

  /** True between two tokens: nothing is left over. */
  get isBetweenTokens(): boolean {
    return this.#state === 'text' && this.#kept === '';
  }

  /** Ignores the rest of what is being written and all that follows. */
  stop(): void {
    this.#isStopped = true;
  }

  write(chunk: string): void {
    let at = 0;
    while (at < chunk.length && !this.#isStopped) at = this.#step(chunk, at);
  }

  /** Takes what the state can take from `chunk` at `at`; returns where the next step goes on. */
  #step(chunk: string, at: number): number {
    switch (this.#state) {
      case 'text':
        return this.#inText(chunk, at);
      case 'markup':
        return this.#afterLess(chunk, at);
      case 'bang':
        return this.#afterBang(chunk, at);
      case 'cdata':
        return this.#inCdata(chunk, at);
      case 'declaration':
        return this.#inDeclaration(chunk, at);
      case 'tag':
        return this.#inTag(chunk, at);
    }
  }

  #inText(chunk: string, at: number): number {
    const tag = chunk.indexOf('<', at);
    const end = tag < 0 ? chunk.length : tag;
    if (end > at) this.#takeText(chunk.slice(at, end));
    if (tag < 0) return end;
    if (this.#kept !== '') this.#handler.text(plainText(this.#release()));
    this.#state = 'markup';
    return tag + 1;
  }

  #afterLess(chunk: string, at: number): number {
    const first = chunk[at];
    if (first === '!') this.#state = 'bang';
    else if (first === '?' && this.#isAtStart) this.#state = 'declaration';
    else if (first === '?') throw new XmlRefused('restricted-xml', 'a processing instruction');
    else this.#state = 'tag';
    this.#isAtStart = false;
    return this.#state === 'tag' ? at : at + 1;
  }

  /** After `<!` only CDATA is allowed: no comment, no DOCTYPE. */
  #afterBang(chunk: string, at: number): number {
    this.#keep(chunk.charAt(at));
    if (!CDATA_START.startsWith(this.#kept)) throw new XmlRefused('restricted-xml', 'a comment or a DOCTYPE');
    if (this.#kept === CDATA_START) {
      this.#kept = '';
      this.#state = 'cdata';
    }
    return at + 1;
  }

  #inCdata(chunk: string, at: number): number {
    // The end may be cut by the border of two chunks: the last two characters of the chunk before are looked at again.
    const seen = this.#tail === '' ? chunk : this.#tail + chunk;
    const found = seen.indexOf(CDATA_END, this.#tail === '' ? at : 0);
    if (found < 0) {
      this.#keep(chunk.slice(at));
      this.#tail = (this.#tail + chunk.slice(at)).slice(-2);
      return chunk.length;
    }
    const end = found + CDATA_END.length - this.#tail.length;
    this.#keep(chunk.slice(at, end));
    this.#tail = '';
    this.#state = 'text';
    const text = this.#release().slice(0, -CDATA_END.length);
    if (CONTROL.test(text)) throw new XmlRefused('not-well-formed', 'a control character');
    if (!this.collectsText) throw new XmlRefused('not-well-formed', 'text outside a stanza');
    this.#handler.text(text.replace(/\r\n?/g, '\n'));
    return end;
  }

  #inDeclaration(chunk: string, at: number): number {
    const bracket = chunk.indexOf('>', at);
    const end = bracket < 0 ? chunk.length : bracket + 1;
    this.#keep(chunk.slice(at, end));
    if (this.#kept.length > DECLARATION_LIMIT)
      throw new XmlRefused('not-well-formed', 'a long XML declaration');
    if (bracket >= 0) {
      if (!/^xml[ \t\r\n][^<]*\?>$/.test(this.#release())) {
        throw new XmlRefused('restricted-xml', 'a processing instruction');
      }
      this.#state = 'text';
    }
    return end;
  }

  #inTag(chunk: string, at: number): number {
    let end = at;
    for (;;) {
      const quote = this.#quote;
      end = quote === '' ? nextDelimiter(chunk, end) : chunk.indexOf(quote, end);
      if (end < 0 || end >= chunk.length) {
        this.#keep(chunk.slice(at));
        return chunk.length;
      }
      const found = chunk.charAt(end);
      end += 1;
      if (found === '>' && quote === '') break;
      this.#quote = quote === '' ? found : '';
    }
    this.#keep(chunk.slice(at, end));
    this.#state = 'text';
    this.#completeTag(this.#release().slice(0, -1));
    return end;
  }

  #completeTag(tag: string): void {
    const { name: nameAt, attribute: attributeAt } = NOT_ASCII.test(tag) ? UNICODE : ASCII;
    if (tag.startsWith('/')) {
      nameAt.lastIndex = 1;
      const name = nameAt.exec(tag)?.[0];
      if (name === undefined || NOT_SPACE.test(tag.slice(1 + name.length))) throw brokenTag();
      this.#handler.close(name);
      return;
    }
    nameAt.lastIndex = 0;
    const name = nameAt.exec(tag)?.[0];
    if (name === undefined) throw brokenTag();
    const attributes: Record<string, string> = {};
    let at = name.length;
    for (;;) {
      attributeAt.lastIndex = at;
      const found = attributeAt.exec(tag);
      if (!found) break;
      const [all, key = '', double, single] = found;
      if (Object.hasOwn(attributes, key)) throw new XmlRefused('not-well-formed', 'an attribute given twice');
      attributes[key] = plainValue(double ?? single ?? '');
      at += all.length;
    }
    const rest = at === tag.length ? '' : tag.slice(at);
    if (rest !== '' && rest !== '/' && !TAG_END.test(rest)) throw brokenTag();
    this.#handler.open(name, attributes, rest.endsWith('/'));
  }

  #takeText(piece: string): void {
    if (this.collectsText) this.#keep(piece);
    else if (NOT_SPACE.test(piece)) throw new XmlRefused('not-well-formed', 'text outside a stanza');
    // White space between stanzas keeps the connection alive and means nothing (RFC 6120, 4.6.1).
  }

  #keep(piece: string): void {
    this.#kept += piece;
    this.#handler.consumed(piece);
  }

  #release(): string {
    const kept = this.#kept;
    this.#kept = '';
    return kept;
  }
}

/** The next quote or tag end; the length of the text when there is none. Names are short: a loop beats a pattern. */
function nextDelimiter(text: string, from: number): number {
  for (let at = from; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code === 0x22 || code === 0x27 || code === 0x3e) return at;
  }
  return text.length;
}

const brokenTag = () => new XmlRefused('not-well-formed', 'a broken tag');

/** Resolves line ends (XML 1.0, 2.11) and references; a reference may be to a carriage return, so it comes last. */
function plainText(raw: string): string {
  if (CONTROL.test(raw)) throw new XmlRefused('not-well-formed', 'a control character');
  if (raw.includes(']]>')) throw new XmlRefused('not-well-formed', 'a CDATA end in text');
  return unescapeText(raw.includes('\r') ? raw.replace(/\r\n?/g, '\n') : raw);
}

/** The value of an attribute: white space becomes spaces (XML 1.0, 3.3.3), references are resolved. */
function plainValue(raw: string): string {
  if (CONTROL.test(raw)) throw new XmlRefused('not-well-formed', 'a control character');
  return unescapeText(/[\t\r\n]/.test(raw) ? raw.replace(/\r\n|[\t\r\n]/g, ' ') : raw);
}

function unescapeText(raw: string): string {
  if (!raw.includes('&')) return raw;
  return raw.replace(/&(?:([a-z]+|#[0-9]{1,7}|#x[0-9A-Fa-f]{1,6});)?/g, (all, name: string | undefined) => {
    const known = name === undefined ? undefined : (ENTITIES.get(name) ?? characterOf(name));
    if (known === undefined) throw new XmlRefused('not-well-formed', `the reference ${all}`);
    return known;
  });
}

function characterOf(reference: string): string | undefined {
  if (!reference.startsWith('#')) return undefined;
  const code = reference[1] === 'x' ? Number.parseInt(reference.slice(2), 16) : Number(reference.slice(1));
  const isAllowed =
    code === 0x9 ||
    code === 0xa ||
    code === 0xd ||
    (code >= 0x20 && code <= 0xd7ff) ||
    (code >= 0xe000 && code <= 0xfffd) ||
    (code >= 0x10000 && code <= 0x10ffff);
  return isAllowed ? String.fromCodePoint(code) : undefined;
}
