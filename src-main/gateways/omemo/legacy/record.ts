import type { SessionRecord } from '../ratchet-backend.ts';
import type { Library, SessionRecordType, SessionType } from './library.ts';
import { MAX_RECORD_BYTES } from './limits.ts';
import { byteReader, byteWriter } from './record-bytes.ts';
import { readState, writeState } from './state.ts';

const FORMAT = 1;

/**
 * The library's record in our bytes: the current state, then the archived ones from the newest to the oldest. About 0.3 KB
 * a state, a third of the library's JSON. Times are left out: the order is what they are for, and clocks jump.
 */
export function writeRecord(library: Library, record: SessionRecordType): SessionRecord {
  const states: Uint8Array[] = [];
  let left = MAX_RECORD_BYTES;
  for (const state of record.getSessions().toReversed()) {
    const bytes = writeState(library, byteWriter(), state).done();
    left -= bytes.length;
    if (left < 0 && states.length > 0) break;
    states.push(bytes);
  }
  const writer = byteWriter().number(FORMAT).number(states.length);
  for (const bytes of states) writer.bytes(bytes);
  return writer.done();
}

/**
 * A new record of the library with what the bytes say. What cannot be read (a damaged file, a newer version's bytes)
 * counts as nothing: then there is no session, and the next one heals it.
 */
export function readRecord(library: Library, bytes: SessionRecord | undefined): SessionRecordType {
  const record = new library.SessionRecord();
  if (!bytes) return record;
  try {
    for (const [age, state] of readStates(library, bytes).entries()) {
      state.indexInfo.closed = age === 0 ? -1 : OLDEST - age;
      record.updateSessionState(state);
    }
    return record;
  } catch {
    return new library.SessionRecord();
  }
}

/** Far above the most states a record has, and far below any time: what is archived next is newer than all. */
const OLDEST = 1_000_000;

function readStates(library: Library, bytes: SessionRecord): SessionType[] {
  const reader = byteReader(bytes);
  if (reader.number() !== FORMAT) throw new RangeError('The record has another format.');
  const states = Array.from({ length: reader.number() }, () => readState(library, reader));
  if (!reader.isAtEnd()) throw new RangeError('The record goes on.');
  return states;
}
