import { Element, markDropped } from './element.ts';
import { XmlRefused, XmlTokenizer } from './xml-tokenizer.ts';

/** What one stanza may be. */
export interface ParserLimits {
  /** Beyond it the stream ends with policy-violation (RFC 6120, 4.9.3.14). */
  maxBytes: number;
  /** Beyond one of these two the stanza is dropped, and the stream goes on: anybody can send such a one through a server. */
  maxDepth: number;
  /** An element takes a hundred times the memory of its shortest text, so 1 MiB of them would be too much. */
  maxElements: number;
}

/** Copies come inside carbons and archive results: what passes by itself has to pass in there too. */
const WRAPPER_LEVELS = 8;
export const PARSER_LIMITS: ParserLimits = {
  maxBytes: 1024 * 1024,
  maxDepth: 64 + WRAPPER_LEVELS,
  maxElements: 32_768,
};
/** So deep nesting is no message but an attack on parsers: it ends the stream, the first time. */
const ABSURD_DEPTH = 10_000;
/** How many times `maxBytes` a stanza may have where it is dropped instead of ending the stream. */
const DROP_FACTOR = 4;
/** About what an element takes in memory, beside its text. */
const ELEMENT_BYTES = 256;

export interface ParserListener {
  /** The stream header of the other side; its children come as elements. */
  start(header: Element): void;
  /** `weightBytes`: about how much memory it takes. */
  element(element: Element, weightBytes: number): void;
  /** The other side closed its stream. */
  end(): void;
}

interface ParserOptions {
  /** Elements stand alone, without a stream header around them (RFC 7395, 3.3). */
  isFramed?: boolean;
  /**
   * A stanza that would end the stream is dropped too, up to four times the bytes. For the streams after one that ended
   * that way: the server delivers the same stanza again, and it must not keep the account out for ever.
   */
  dropsOversized?: boolean;
  limits?: Partial<ParserLimits>;
}

/**
 * Bytes in, elements out. UTF-8 may be cut anywhere. What XMPP forbids, and stanzas that are too large, throw
 * `XmlRefused` out of `write`; after that everything is ignored. A stanza that is dropped comes as its bare start tag, so
 * that it can be counted and answered; `isDropped` tells it from one that was sent like that. Time is linear in the
 * bytes.
 */
export class StreamParser {
  readonly #listener: ParserListener;
  readonly #limits: ParserLimits;
  readonly #dropsOversized: boolean;
  readonly #isFramed: boolean;
  readonly #decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
  readonly #tokenizer: XmlTokenizer;
  #header: Element | undefined;
  #stanza: Element | undefined;
  /** The innermost open element; none while dropping. */
  #cursor: Element | undefined;
  #depth = 0;
  #sizeBytes = 0;
  #startTagBytes = 0;
  #elements = 0;
  /** The stanza is being dropped: nothing of it is kept but its start tag and how deep it is. */
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
    const { maxBytes } = this.#limits;
    if (this.#sizeBytes <= maxBytes) return;
    if (!this.#dropsOversized || this.#sizeBytes > maxBytes * DROP_FACTOR) throw tooLarge();
    if (!this.#isDropping && this.#stanza) this.#drop(this.#stanza);
  }

  #drop(stanza: Element): void {
    this.#isDropping = true;
    stanza.children = [];
    this.#cursor = undefined;
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
    this.#depth = depth + 1;
    this.#tokenizer.collectsText = true;
    if (level === 0) this.#openStanza(name, attributes);
    else if (!this.#isDropping) this.#openInside(name, attributes, level);
    if (level >= ABSURD_DEPTH && !this.#dropsOversized) throw tooLarge();
    if (isEmpty) this.#close(name);
  }

  #openStanza(name: string, attributes: Record<string, string>): void {
    const stanza = this.#newElement(name, attributes, this.#header);
    this.#stanza = stanza;
    this.#cursor = stanza;
    this.#startTagBytes = this.#sizeBytes;
    if (this.#sizeBytes > this.#limits.maxBytes) this.#drop(stanza);
  }

  #openInside(name: string, attributes: Record<string, string>, level: number): void {
    const { maxDepth, maxElements } = this.#limits;
    this.#elements += 1;
    if (this.#stanza && (level >= maxDepth || this.#elements >= maxElements)) {
      this.#drop(this.#stanza);
      return;
    }
    const element = this.#newElement(name, attributes, this.#cursor);
    this.#cursor?.children.push(element);
    this.#cursor = element;
  }

  #newElement(name: string, attributes: Record<string, string>, parent: Element | undefined): Element {
    const element = new Element(name, attributes);
    if (parent) element.parent = parent;
    return element;
  }

  #close(name: string): void {
    if (this.#depth === 0) throw new XmlRefused('not-well-formed', 'a tag that closes nothing');
    const level = this.#depth - 1 - this.#stanzaDepth;
    // Inside of what is dropped only the levels are counted.
    const closed = level < 0 ? this.#header : level === 0 ? this.#stanza : this.#cursor;
    if (closed?.name !== name && !(this.#isDropping && level > 0)) {
      throw new XmlRefused('not-well-formed', 'tags that do not match');
    }
    this.#depth -= 1;
    if (level < 0) {
      this.stop();
      this.#listener.end();
    } else if (level > 0) {
      this.#cursor = closed?.parent ?? undefined;
    } else if (closed) {
      this.#stanzaEnded(closed);
    }
  }

  #stanzaEnded(stanza: Element): void {
    if (this.#isDropping) markDropped(stanza);
    const weightBytes = this.#isDropping
      ? this.#startTagBytes + ELEMENT_BYTES
      : this.#sizeBytes + (this.#elements + 1) * ELEMENT_BYTES;
    this.#isDropping = false;
    this.#sizeBytes = 0;
    this.#elements = 0;
    this.#stanza = undefined;
    this.#cursor = undefined;
    this.#tokenizer.collectsText = false;
    this.#listener.element(stanza, weightBytes);
  }
}

const tooLarge = () => new XmlRefused('policy-violation', 'a stanza that is too large or too deep');
