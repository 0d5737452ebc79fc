import type { Logger } from '../../base/logger.ts';
import { attribute, type Element } from './element.ts';
import type { IqRouter } from './iq-router.ts';
import { MessageIntake } from './message-intake.ts';

interface IncomingDeps {
  logger: Logger;
  iqs: IqRouter;
  /** A message could not be handled: the stream has to end, so that the server delivers it again. */
  onRejection: () => void;
}

/** Hands each stanza that comes to whom it concerns. */
export class Incoming {
  readonly messages: MessageIntake;
  readonly #deps: IncomingDeps;
  readonly #presenceHandlers = new Set<(presence: Element) => void>();

  constructor(deps: IncomingDeps) {
    this.#deps = deps;
    this.messages = new MessageIntake(deps.logger, (error) => {
      deps.logger.error({ err: error }, 'message handler failed');
      deps.onRejection();
    });
  }

  onPresence(handler: (presence: Element) => void): () => void {
    this.#presenceHandlers.add(handler);
    return () => this.#presenceHandlers.delete(handler);
  }

  /** `done` is called when the stanza is handled for good; `answer` writes the answer to an iq. */
  take(stanza: Element, done: () => void, answer: (iq: Element) => void): void {
    const { iqs } = this.#deps;
    const name = stanza.getName();
    const type = attribute(stanza, 'type');
    if (name === 'message') {
      this.messages.take(stanza, done);
    } else if (name === 'iq' && (type === 'get' || type === 'set')) {
      void iqs.answer(stanza).then(answer).then(done);
    } else {
      if (name === 'iq') iqs.settle(stanza);
      else this.#announce(stanza);
      done();
    }
  }

  #announce(presence: Element): void {
    for (const handler of [...this.#presenceHandlers]) {
      try {
        handler(presence);
      } catch (error) {
        this.#deps.logger.error({ err: error }, 'presence handler failed');
      }
    }
  }
}
