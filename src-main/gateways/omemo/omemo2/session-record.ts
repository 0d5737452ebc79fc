import { OmemoTrouble, type SessionRecord } from '../ratchet-backend.ts';
import { byteReader, joined, type Part } from './protobuf.ts';

/** A state as it stands in a record. Archived ones are only read when they are tried. */
export type StateBytes = Uint8Array;

const FORMAT = 1;
/** As many as libsignal keeps. */
export const MAX_ARCHIVED = 40;
/** What one device may fill: with few skipped messages all states fit, the oldest go first. */
export const MAX_RECORD_BYTES = 128 * 1024;

/** The states of a record, the current one first. Fails with `malformed`. */
export function readRecord(record: SessionRecord): StateBytes[] {
  const reader = byteReader(record);
  if (reader.byte() !== FORMAT) throw new OmemoTrouble('malformed', 'A session record of another format.');
  const states: StateBytes[] = [];
  while (!reader.isAtEnd()) states.push(reader.bytes(reader.varint()));
  return states;
}

/** A record of these states, the current one first; leaves out the oldest where there are too many. */
export function writeRecord(current: StateBytes, archived: readonly StateBytes[]): SessionRecord {
  const parts: Part[] = [FORMAT, current.length, current];
  let bytes = current.length;
  for (const state of archived.slice(0, MAX_ARCHIVED)) {
    bytes += state.length;
    if (bytes > MAX_RECORD_BYTES) break;
    parts.push(state.length, state);
  }
  return joined(parts);
}
