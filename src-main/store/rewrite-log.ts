import { closeSync, fstatSync, openSync, readSync, writeSync } from 'node:fs';
import { endianness } from 'node:os';

const HEADER_BYTES = 32;
const FRAME_HEADER_BYTES = 24;
/** What the checksum of the header, and of the header of a frame, is about. */
const HEADER_SUMMED = 24;
const FRAME_SUMMED = 8;
/** The last bit of it says in which order of bytes the checksums were made. */
const MAGIC = 0x377f0682;

/** The log no longer holds what was committed. */
export class LogDamaged extends Error {
  readonly code = 'LOG_DAMAGED';
  constructor() {
    super('the write-ahead log does not hold what was committed');
    this.name = 'LogDamaged';
  }
}

/**
 * Reads the first frames of a write-ahead log, checks each as SQLite would after a crash, and writes it again to where it
 * was, so that the next flush has something to flush. Throws `LogDamaged` at the first that is not what was committed.
 * To be called while nothing is being written. The format: https://sqlite.org/fileformat2.html, section 4.
 */
export function rewriteLog(path: string, frames: number): void {
  if (frames <= 0) return;
  const file = openSync(path, 'r+');
  try {
    const header = again(file, 0, HEADER_BYTES);
    const magic = header.readUInt32BE(0);
    if ((magic & ~1) !== MAGIC) throw new LogDamaged();
    const isBigEndian = (magic & 1) === 1;
    const frameBytes = FRAME_HEADER_BYTES + header.readUInt32BE(8);
    if (fstatSync(file).size < HEADER_BYTES + frames * frameBytes) throw new LogDamaged();
    let sum = summed(header.subarray(0, HEADER_SUMMED), [0, 0], isBigEndian);
    requireSum(header, HEADER_SUMMED, sum);
    writeSync(file, header, 0, HEADER_BYTES, 0);
    for (let frame = 0; frame < frames; frame += 1) {
      const at = HEADER_BYTES + frame * frameBytes;
      const bytes = again(file, at, frameBytes);
      sum = summed(bytes.subarray(0, FRAME_SUMMED), sum, isBigEndian);
      sum = summed(bytes.subarray(FRAME_HEADER_BYTES), sum, isBigEndian);
      requireSum(bytes, FRAME_SUMMED + 8, sum);
      // The salts say to which round of the log a frame belongs.
      if (bytes.compare(header, 16, 24, 8, 16) !== 0) throw new LogDamaged();
      writeSync(file, bytes, 0, frameBytes, at);
    }
  } finally {
    closeSync(file);
  }
}

function again(file: number, at: number, length: number): Buffer {
  const bytes = Buffer.alloc(length);
  if (readSync(file, bytes, 0, length, at) !== length) throw new LogDamaged();
  return bytes;
}

type Sum = readonly [number, number];

function summed(bytes: Buffer, [first, second]: Sum, isBigEndian: boolean): Sum {
  const words = new Uint32Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length));
  if (isBigEndian !== (endianness() === 'BE')) swapWords(words);
  let [a, b] = [first, second];
  for (let at = 0; at + 1 < words.length; at += 2) {
    a = (a + (words[at] ?? 0) + b) >>> 0;
    b = (b + (words[at + 1] ?? 0) + a) >>> 0;
  }
  return [a, b];
}

const swapWords = (words: Uint32Array) => Buffer.from(words.buffer).swap32();

function requireSum(bytes: Buffer, at: number, [a, b]: Sum): void {
  if (bytes.readUInt32BE(at) !== a || bytes.readUInt32BE(at + 4) !== b) throw new LogDamaged();
}
