import { readFileSync } from 'node:fs';
import { fromHere } from '../config.ts';
import { UsageError } from './verb.ts';

/** Reads a file that was named on the command line; `kind` says what it should be. */
export function readFileFrom(file: string, kind: string): Buffer {
  try {
    return readFileSync(fromHere(file, process.env));
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown';
    throw new UsageError(`The ${kind} file ${file} cannot be read (${code}).`);
  }
}
