import { type Element, xml } from './element.ts';

/** What a session tells others of itself: the features it has (XEP-0030) and its presence. */
export class OwnPresence {
  readonly #onChange: () => void;
  readonly #features = new Map<string, number>();
  #parts: (() => Element)[] = [];
  #isPlanned = false;

  /** `onChange`: the presence would be another now; called once, however many changed in one turn of the event loop. */
  constructor(onChange: () => void) {
    this.#onChange = onChange;
  }

  /** Sorted and without repetition. */
  get features(): readonly string[] {
    return [...this.#features.keys()].sort();
  }

  advertise(feature: string): () => void {
    this.#features.set(feature, (this.#features.get(feature) ?? 0) + 1);
    this.renew();
    let isOn = true;
    return () => {
      if (!isOn) return;
      isOn = false;
      const left = (this.#features.get(feature) ?? 1) - 1;
      if (left > 0) this.#features.set(feature, left);
      else this.#features.delete(feature);
      this.renew();
    };
  }

  /** Adds an element to each presence that is built. */
  add(part: () => Element): () => void {
    this.#parts.push(part);
    this.renew();
    return () => {
      if (!this.#parts.includes(part)) return;
      this.#parts = this.#parts.filter((other) => other !== part);
      this.renew();
    };
  }

  /** Away for long, equal priority: a bot hides nobody's phone, and gets what is sent to the account. */
  build(): Element {
    const parts = this.#parts.map((part) => part());
    return xml('presence', {}, xml('show', {}, 'xa'), xml('priority', {}, '0'), ...parts);
  }

  /** What the presence says has changed. */
  renew(): void {
    if (this.#isPlanned) return;
    this.#isPlanned = true;
    setImmediate(() => {
      this.#isPlanned = false;
      this.#onChange();
    });
  }
}
