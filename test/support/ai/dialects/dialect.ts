import type { Loose, StubAnswer } from '../script.ts';

/** What is streamed: what comes before the first text, the text, what ends it. */
export interface Frames {
  before: readonly string[];
  text: readonly string[];
  after: readonly string[];
}

type Headers = Readonly<Record<string, string | undefined>>;

/** The language of one provider, from the server's side, as its documentation has it. */
export interface Dialect {
  /** Where its base URL ends. */
  basePath: string;
  askPath(path: string): boolean;
  modelsPath: string;
  keyOf(headers: Headers): string | undefined;
  read(body: Loose, path: string): { isStreamed: boolean; model: string; system: string; turns: string[] };
  contentType: string;
  requestIdHeader: string | undefined;
  whole(answer: StubAnswer, model: string): unknown;
  frames(answer: StubAnswer, model: string): Frames;
  /** As it refuses with that status. */
  error(status: number, code: string | undefined): unknown;
  /** As it says, within a stream, that it cannot go on. */
  errorFrame: string;
  /** What it refuses an unknown model with. */
  noModel: { status: number; code: string };
  models(ids: readonly string[]): unknown;
}

export const sse = (data: unknown, event?: string): string =>
  `${event ? `event: ${event}\n` : ''}data: ${typeof data === 'string' ? data : JSON.stringify(data)}\n\n`;

export const bearer = (headers: Headers): string | undefined =>
  headers.authorization?.replace(/^Bearer /, '');

/** Content as a text, or as parts with texts in them. */
export const contentText = (content: Loose): string =>
  typeof content === 'string' ? content : (content ?? []).map((part: Loose) => part.text ?? '').join('');
