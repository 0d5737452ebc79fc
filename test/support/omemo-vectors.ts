import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** The kinds of vectors there are: what a file's name begins with. */
export const VECTOR_KINDS = [
  'transcript-axolotl',
  'transcript-oldmemo',
  'transcript-twomemo',
  'xeddsa',
  'payload',
  'xml',
] as const;
export type VectorKind = (typeof VECTOR_KINDS)[number];

/** Made by other implementations (test/fixtures/omemo-vectors/README.md); `OMEMO_VECTORS` names another folder. */
export const VECTOR_FOLDER =
  process.env.OMEMO_VECTORS ?? fileURLToPath(new URL('../fixtures/omemo-vectors', import.meta.url));

export const vectorFiles = (): string[] =>
  readdirSync(VECTOR_FOLDER)
    .filter((name) => name.endsWith('.json'))
    .sort();

/** The vectors of one kind, as `[file name, content]`, for `it.each`. The shape is the caller's to say. */
export function vectorsOf<T>(kind: VectorKind): [string, T][] {
  return vectorFiles()
    .filter((name) => name.startsWith(`${kind}-`))
    .map((name) => [name, JSON.parse(readFileSync(`${VECTOR_FOLDER}/${name}`, 'utf8')) as T]);
}
