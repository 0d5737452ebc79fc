import { Element } from './element.ts';
import { XmlRefused, XmlTokenizer } from './xml-tokenizer.ts';

/** What one stanza may be. Beyond one of them the stream ends with policy-violation (RFC 6120, 4.9.3.14). */
export interface ParserLimits {
  maxBytes: number;
  maxDepth: number;
  /** An element takes a hundred times the memory of its shortest text, so 1 MiB of them would be too much. */
  maxElements: number;
}

export const PARSER_LIMITS: ParserLimits = { maxBytes: 1024 * 1024, maxDepth: 64, maxElements: 32_768 };
/** How many times the limits a stanza may be that is dropped instead of ending the stream. */
const DROP_FACTOR = 4;

export interface ParserListener {
  /** The stream header of the other side; its children come as elements. */
  start(header: Element): void;
  element(element: Element): void;
  /** The other side closed its stream. */
  end(): void;
}

interface ParserOptions {
  /** Elements stand alone, without a stream header around them (RFC 7395, 3.3). */
  isFramed?: boolean;
  /**
   * A stanza beyond the limits comes as its bare start tag instead of ending the stream. For the stream after one that
   * ended that way: the server delivers the same stanza again, and it must not keep the account out for ever.
   */
  dropsOversized?: boolean;
  limits?: Partial<ParserLimits>;
}

/**
 * Bytes in, elements out. UTF-8 may be cut anywhere. What XMPP forbids, and stanzas beyond the limits, throw
 * `XmlRefused` out of `write`; after that everything is ignored. Time is linear in the bytes.
 */
export class StreamParser {
  readonly #listener: ParserListener;
  readonly #limits: ParserLimits;
  readonly #dropsOversized: boolean;
  readonly #isFramed: boolean;
  readonly #decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
  readonly #tokenizer: XmlTokenizer;
  #header: Element | undefined;
  #cursor: Element | undefined;
  #depth = 0;
  #sizeBytes = 0;
  #elements = 0;
  #isDropping = false;
  #isAscii = true;
  #isStopped = false;

  constructor(listener: ParserListener, options: ParserOptions = {}) {
    this.#listener = listener;
    this.#limits = { ...PARSER_LIMITS, ...options.limits };
    this.#dropsOversized = options.dropsOversized ?? false;
    this.#isFramed = options.isFramed ?? false;
    this.#tokenizer = new XmlTokenizer({
      consumed: (piece) => this.#consumed(piece),
      open: (name, attributes, isEmpty) => this.#open(name, attributes, isEmpty),
      close: (name) => this.#close(name),
      text: (text) => {
        if (!this.#isDropping) this.#cursor?.children.push(text);
      },
    });
  }

  /** Ignores the rest of what is being written and all that follows. */
  stop(): void {
    this.#isStopped = true;
    this.#tokenizer.stop();
  }

  write(bytes: Uint8Array): void {
    if (this.#isStopped) return;
    try {
      const text = this.#decode(bytes);
      this.#isAscii = text.length === bytes.length;
      this.#tokenizer.write(text);
    } catch (error) {
      this.stop();
      throw error;
    }
  }

  /** One frame of a WebSocket: exactly one element. */
  writeFrame(text: string): void {
    this.write(Buffer.from(text));
    if (this.#isStopped || (this.#depth === 0 && this.#tokenizer.isBetweenTokens)) return;
    this.stop();
    throw new XmlRefused('not-well-formed', 'a frame that is not one element');
  }

  #decode(bytes: Uint8Array): string {
    try {
      return this.#decoder.decode(bytes, { stream: true });
    } catch {
      throw new XmlRefused('unsupported-encoding', 'bytes that are not UTF-8');
    }
  }

  /** Depth of the start tag of a stanza: 0 is the stream header. */
  get #stanzaDepth(): number {
    return this.#isFramed ? 0 : 1;
  }

  #consumed(piece: string): void {
    this.#sizeBytes += this.#isAscii ? piece.length : Buffer.byteLength(piece);
    if (this.#sizeBytes > this.#limits.maxBytes) this.#oversized(this.#sizeBytes / this.#limits.maxBytes);
  }

  #oversized(factor: number): void {
    if (!this.#dropsOversized || factor > DROP_FACTOR) {
      throw new XmlRefused('policy-violation', 'a stanza that is too large or too deep');
    }
    this.#isDropping = true;
  }

  #open(name: string, attributes: Record<string, string>, isEmpty: boolean): void {
    const depth = this.#depth;
    if (depth < this.#stanzaDepth) {
      this.#header = new Element(name, attributes);
      this.#depth = 1;
      this.#sizeBytes = 0;
      this.#listener.start(this.#header);
      if (isEmpty) this.#close(name);
      return;
    }
    const level = depth - this.#stanzaDepth;
    if (level >= this.#limits.maxDepth) this.#oversized((level + 1) / this.#limits.maxDepth);
    this.#elements += 1;
    if (this.#elements > this.#limits.maxElements) this.#oversized(this.#elements / this.#limits.maxElements);
    const element = new Element(name, attributes);
    const parent = level === 0 ? this.#header : this.#cursor;
    if (parent) element.parent = parent;
    if (level > 0 && !this.#isDropping) this.#cursor?.children.push(element);
    this.#cursor = element;
    this.#depth = depth + 1;
    this.#tokenizer.collectsText = true;
    if (isEmpty) this.#close(name);
  }

  #close(name: string): void {
    if (this.#depth === 0) throw new XmlRefused('not-well-formed', 'a tag that closes nothing');
    const level = this.#depth - 1 - this.#stanzaDepth;
    const closed = level < 0 ? this.#header : this.#cursor;
    if (closed?.name !== name) throw new XmlRefused('not-well-formed', 'tags that do not match');
    this.#depth -= 1;
    if (level < 0) {
      this.stop();
      this.#listener.end();
    } else if (level > 0) {
      this.#cursor = closed.parent ?? undefined;
    } else {
      this.#stanzaEnded(closed);
    }
  }

  #stanzaEnded(stanza: Element): void {
    if (this.#isDropping) stanza.children = [];
    this.#isDropping = false;
    this.#sizeBytes = 0;
    this.#elements = 0;
    this.#cursor = undefined;
    this.#tokenizer.collectsText = false;
    this.#listener.element(stanza);
  }
}
