// biome-ignore lint/suspicious/noExplicitAny: each provider's requests have a shape of their own, which tests look into.
export type Loose = any;

/** What a stub is to answer a question with; all of it may be left out. */
export interface StubAnswer {
  text?: string;
  /** The pieces it is streamed in; together they are the text. Without them: word by word. */
  pieces?: readonly string[];
  reasoning?: string;
  sources?: readonly string[];
  finish?: 'stop' | 'length' | 'filtered';
  tokens?: { input: number; output: number };
  /** Before anything is sent. */
  delayMs?: number;
  /** Nothing is sent before this is settled. */
  after?: Promise<unknown>;
  /** Between pieces that are streamed. */
  betweenMs?: number;
  /** 400 and above: refused with the error body that this provider documents. */
  status?: number;
  /** The provider's own word for what is wrong; without it, the one that it uses with that status. */
  code?: string;
  headers?: Readonly<Record<string, string>>;
  fault?: StubFault;
}

export type StubFault =
  /** The connection ends in the middle. */
  | 'cut'
  /** The stream ends properly in the middle, without saying that it is over. */
  | 'unfinished'
  /** The provider reports an error after the first piece. */
  | 'error-inside'
  /** 200 with a web page. */
  | 'garbage'
  /** Streamed: what is no JSON after the first piece. */
  | 'broken-piece'
  /** Never ends, as fast as it is read. */
  | 'endless'
  /** 100 MB, announced so. */
  | 'huge'
  /** Each U+FFFF of the text comes as a byte that is no UTF-8. */
  | 'invalid-utf8'
  /** The first piece, then nothing more; the connection stays. */
  | 'stalled'
  /** Not even a status. */
  | 'silent';

/** A request as the stub saw it. */
export interface Asked {
  method: string;
  /** With the query. */
  path: string;
  headers: Readonly<Record<string, string | undefined>>;
  body: Loose;
  /** What was sent, byte for byte. */
  raw: string;
  key: string | undefined;
  isQuestion: boolean;
  isStreamed: boolean;
  model: string;
  system: string;
  /** `user: …`, `assistant: …`, in order; the system prompt is not among them. */
  turns: readonly string[];
  /** The last thing the user said. */
  question: string;
}

export const textOf = (answer: StubAnswer): string =>
  answer.text ?? answer.pieces?.join('') ?? 'An answer of the stub.';
export const piecesOf = (answer: StubAnswer): readonly string[] =>
  answer.pieces ?? textOf(answer).match(/\s*\S+\s*$|\s*\S+/g) ?? [];
export const tokensOf = (answer: StubAnswer) => answer.tokens ?? { input: 11, output: 7 };
