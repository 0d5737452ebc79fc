export type ErrorKind =
  | 'invalid'
  | 'unauthorized'
  | 'forbidden'
  | 'not-found'
  | 'method'
  | 'conflict'
  | 'too-large'
  | 'media-type'
  | 'misdirected'
  | 'limit'
  | 'upstream'
  | 'unavailable'
  | 'internal';

/** One refusal: its kind, which each edge translates once, its slug on the wire, and its words for people. */
export interface Entry {
  kind: ErrorKind;
  /** The `error` member of an HTTP answer. */
  slug: string;
  text: string;
}
