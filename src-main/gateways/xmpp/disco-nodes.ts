import type { Element } from './element.ts';

/** Answers questions about one node (XEP-0030, 3 and 4) with the `query` element; may throw a `StanzaError`. */
export interface DiscoNode {
  info(iq: Element): Element | Promise<Element>;
  items(iq: Element): Element | Promise<Element>;
}

/** What is below a session's address in service discovery, by node. */
export class DiscoNodes {
  readonly #nodes = new Map<string, DiscoNode>();

  offer(node: string, answers: DiscoNode): () => void {
    this.#nodes.set(node, answers);
    return () => {
      if (this.#nodes.get(node) === answers) this.#nodes.delete(node);
    };
  }

  of(node: string): DiscoNode | undefined {
    return this.#nodes.get(node);
  }
}
