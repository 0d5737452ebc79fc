import { reason } from '../../../src-shared/text/reasons.ts';
import type { Clock } from '../../base/clock.ts';
import type { Scope } from '../../base/scope.ts';
import { type Arrival, Arrivals } from './arrivals.ts';
import type { BindingType } from './channel-binding.ts';
import { attribute, type Element, isElement, xml } from './element.ts';
import { NS_CLIENT, NS_FRAMING, NS_STREAMS } from './namespaces.ts';
import { ConnectionProblem, explainError } from './problem.ts';
import { StreamErrorProblem, streamError, streamProblem } from './stream-error.ts';
import { StreamParser } from './stream-parser.ts';
import type { Transport } from './transport.ts';
import { XmlRefused } from './xml-tokenizer.ts';

/** How long the other side may take for one step of the negotiation, whatever it sends. Generous: logins come in storms. */
export const STEP_TIMEOUT_MS = 25_000;
/** How long a closing stream waits for the other side to close its half. */
const CLOSE_TIMEOUT_MS = 2_000;

interface StreamOptions {
  transport: Transport;
  domain: string;
  /** host:port, for messages to people. */
  place: string;
  clock: Clock;
  /** The stream ends with it. */
  scope: Scope;
  dropsOversized: boolean;
}

export interface StreamReceiver {
  element(arrival: Arrival): void;
  /** Comes once; nothing follows. */
  ended(problem: ConnectionProblem): void;
}

/**
 * One XML stream over a transport: header, elements, end (RFC 6120, 4). While it is negotiated, `next` hands out one
 * element at a time; then `receive` takes over, and elements that came in between are not lost.
 */
export class XmppStream {
  readonly #options: StreamOptions;
  readonly #transport: Transport;
  #parser: StreamParser;
  readonly #arrivals = new Arrivals();
  #receiver: StreamReceiver | undefined;
  #problem: ConnectionProblem | undefined;
  #closing: ConnectionProblem | undefined;
  #isFinishing = false;
  #isPaused = false;
  #isGone: () => void = () => undefined;
  readonly #gone: Promise<void>;
  #lastReceivedMs: number;
  #receivedCount = 0;

  constructor(options: StreamOptions) {
    this.#options = options;
    this.#transport = options.transport;
    this.#parser = this.#newParser();
    this.#lastReceivedMs = options.clock.monotonic();
    this.#gone = new Promise((resolve) => {
      this.#isGone = resolve;
    });
    options.transport.listen({
      received: (data) => this.#received(data),
      closed: (error) => this.#transportClosed(error),
    });
    options.scope.add(() => {
      this.cut(new ConnectionProblem('closed', reason('here.closed', {})));
      this.#isGone();
    });
  }

  get remoteAddress(): string | undefined {
    return this.#transport.remoteAddress;
  }

  get isSecure(): boolean {
    return this.#transport.isSecure;
  }

  /** See `bindingOf`. */
  channelBinding(type: BindingType): Buffer | undefined {
    return this.#transport.channelBinding(type);
  }

  /** When the last bytes came, monotonic milliseconds. */
  get lastReceivedMs(): number {
    return this.#lastReceivedMs;
  }

  /** Rises whenever bytes come. */
  get receivedCount(): number {
    return this.#receivedCount;
  }

  /** Opens the stream, or opens it anew after TLS or SASL, and returns the features offered. */
  async open(): Promise<Element> {
    const { domain, place } = this.#options;
    this.#parser.stop();
    this.#parser = this.#newParser();
    this.#arrivals.takeAll();
    this.#transport.write(
      this.#transport.isFramed
        ? xml('open', { xmlns: NS_FRAMING, to: domain, version: '1.0' }).toString()
        : `<?xml version='1.0'?><stream:stream to='${domain}' version='1.0' xml:lang='en' xmlns='${NS_CLIENT}' xmlns:stream='${NS_STREAMS}'>`,
    );
    const features = await this.next();
    if (isElement(features, 'features', NS_STREAMS)) return features;
    throw new ConnectionProblem('protocol', reason('stream.not-as-expected', { place }));
  }

  /**
   * The next element that fits. Others go into `skipped`, or wait in order where none is given. Rejects when the stream
   * ends or it does not come in time. More than can wait ends the stream.
   */
  next(fits: (element: Element) => boolean = () => true, skipped?: Arrival[]): Promise<Element> {
    return this.#deadline(this.#arrivals.next(fits, skipped), 'stream.no-answer');
  }

  /** From now on each element goes to the receiver, beginning with those that nobody asked for yet. */
  receive(receiver: StreamReceiver): void {
    this.#receiver = receiver;
    for (const arrival of this.#arrivals.takeAll()) receiver.element(arrival);
    if (this.#problem) receiver.ended(this.#problem);
  }

  write(element: Element): void {
    this.writeText(element.toString());
  }

  writeText(text: string): void {
    if (this.#problem || this.#closing) return;
    this.#transport.write(this.#transport.isFramed ? withNamespace(text) : text);
  }

  /**
   * Writes an element ahead of everything that still waits to be written, in place of one that waits like that itself.
   * For `<a/>`: it may stand anywhere, and the newest says all.
   */
  writeFirst(element: Element): void {
    if (!this.#problem && !this.#closing) this.#transport.writeFirst(element.toString());
  }

  /** Reads no more until `resume`. What is in memory already still comes. */
  pause(): void {
    if (this.#isFinishing || this.#problem) return;
    this.#isPaused = true;
    this.#transport.pause();
  }

  resume(): void {
    if (!this.#isPaused) return;
    this.#isPaused = false;
    this.#lastReceivedMs = this.#options.clock.monotonic();
    this.#transport.resume();
  }

  get isPaused(): boolean {
    return this.#isPaused;
  }

  /** Turns on TLS. What the server sent in plain text after its consent is not looked at (RFC 6120, 5.4.3.3). */
  async startTls(): Promise<void> {
    this.#parser.stop();
    this.#arrivals.takeAll();
    try {
      await this.#deadline(this.#transport.startTls(), 'stream.no-tls-start');
    } catch (error) {
      throw explainError(error, this.#options.place, this.#options.domain);
    }
  }

  /**
   * Closes in the orderly way (RFC 6120, 4.4), after which the server ends the session and nothing can be resumed.
   * Elements that come before the other side closes are still received. Resolves when the connection is gone.
   */
  close(error?: { condition: string; problem: ConnectionProblem; details?: Element }): Promise<void> {
    if (!this.#problem && !this.#closing) {
      this.#closing = error?.problem ?? new ConnectionProblem('closed', reason('here.closed', {}));
      this.#finish(error && streamError(error.condition, error.details));
    }
    return this.#gone;
  }

  /** Cuts the connection without a word: the server keeps the session for a resumption. */
  cut(problem: ConnectionProblem): void {
    this.#end(this.#closing ?? problem);
    this.#transport.destroy();
  }

  /** Resolves when the connection is gone, also after an end that this side did not begin. */
  get gone(): Promise<void> {
    return this.#gone;
  }

  /** The last words; the other side gets a moment to close its half. */
  #finish(lastWords?: Element): void {
    if (this.#isFinishing) return;
    this.#isFinishing = true;
    this.resume(); // or the end of the other side would not be seen
    const end = this.#transport.isFramed ? `<close xmlns='${NS_FRAMING}'/>` : '</stream:stream>';
    if (lastWords) this.#transport.write(lastWords.toString());
    this.#transport.write(end);
    this.#transport.close();
    this.#options.clock.after(this.#options.scope, CLOSE_TIMEOUT_MS, () => this.#transport.destroy());
  }

  #newParser(): StreamParser {
    const parser: StreamParser = new StreamParser(
      {
        start: (header) => this.#started(header),
        element: (element, weightBytes) => this.#arrived({ element, weightBytes }, parser),
        end: () => this.#ended(),
      },
      { isFramed: this.#transport.isFramed, dropsOversized: this.#options.dropsOversized },
    );
    return parser;
  }

  #received(data: Uint8Array | string): void {
    if (this.#problem) return;
    this.#receivedCount += 1;
    this.#lastReceivedMs = this.#options.clock.monotonic();
    try {
      if (typeof data === 'string') this.#parser.writeFrame(data);
      else this.#parser.write(data);
    } catch (error) {
      // Whatever went wrong, it ends this stream only.
      const condition = error instanceof XmlRefused ? error.condition : 'internal-server-error';
      const text =
        error instanceof XmlRefused
          ? reason('stream.not-allowed', { domain: this.#options.domain, detail: error.message })
          : reason('here.wrong-with-sent', {});
      this.#fail(condition, new ConnectionProblem('protocol', text, { condition, cause: error }));
    }
  }

  /** Tells the other side what was wrong and ends. */
  #fail(condition: string, problem: ConnectionProblem): void {
    this.#finish(streamError(condition));
    this.#end(this.#closing ?? problem);
  }

  #started(header: Element): void {
    if (isElement(header, 'stream', NS_STREAMS)) return;
    const text = reason('stream.not-xmpp', { place: this.#options.place });
    this.#fail('invalid-namespace', new ConnectionProblem('protocol', text));
  }

  #arrived(arrival: Arrival, parser: StreamParser): void {
    if (this.#problem || parser !== this.#parser) return;
    const { element } = arrival;
    if (element.getNS() === NS_FRAMING) {
      if (element.getName() === 'close') this.#ended(attribute(element, 'see-other-uri'));
    } else if (isElement(element, 'error', NS_STREAMS)) {
      this.#finish();
      this.#end(streamProblem(element, this.#options.domain));
    } else if (this.#receiver) {
      this.#receiver.element(arrival);
    } else if (!this.#arrivals.add(arrival)) {
      this.#parser.stop();
      const condition = 'policy-violation';
      const text = reason('stream.too-much', { place: this.#options.place });
      this.#fail(condition, new ConnectionProblem('protocol', text, { condition }));
    }
  }

  /** The other side closed its stream: we close ours too. A WebSocket may say where to go (RFC 7395, 3.6.1). */
  #ended(otherHost?: string): void {
    const text = reason('stream.closed', { place: this.#options.domain });
    const problem = otherHost
      ? new StreamErrorProblem('closed', text, { condition: 'see-other-host', otherHost })
      : new ConnectionProblem('closed', text);
    this.#finish();
    this.#end(this.#closing ?? problem);
  }

  #transportClosed(error: Error | undefined): void {
    const { place, domain } = this.#options;
    const problem = error
      ? explainError(error, place, domain)
      : new ConnectionProblem('closed', reason('stream.closed', { place }));
    this.#end(this.#closing ?? problem);
    this.#isGone();
  }

  #end(problem: ConnectionProblem): void {
    if (this.#problem) return;
    this.#problem = problem;
    this.#arrivals.fail(problem);
    this.#receiver?.ended(problem);
  }

  /** Ends the stream when the promise does not settle in time. */
  async #deadline<T>(promise: Promise<T>, failing: 'stream.no-answer' | 'stream.no-tls-start'): Promise<T> {
    const { clock, scope, place } = this.#options;
    let expire: (problem: ConnectionProblem) => void = () => undefined;
    const expired = new Promise<never>((_, reject) => {
      expire = reject;
    });
    const cancel = clock.after(scope, STEP_TIMEOUT_MS, () => {
      const problem = new ConnectionProblem('unreachable', reason(failing, { place }));
      expire(problem);
      this.cut(problem);
    });
    try {
      return await Promise.race([promise, expired]);
    } finally {
      cancel();
    }
  }
}

/** In a WebSocket each stanza stands alone and names its namespace itself (RFC 7395, 3.3.3). */
function withNamespace(text: string): string {
  return text.replace(/^<(message|presence|iq)(?=[ />])(?![^>]* xmlns=)/, `<$1 xmlns="${NS_CLIENT}"`);
}
