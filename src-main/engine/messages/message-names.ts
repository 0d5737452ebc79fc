import { hash } from 'node:crypto';

/** Names are of one length: these are as long as a hash of 132 bits. */
const LENGTH = 22;
/** What a sender's stanza is called stands first, so that all its names lie side by side in the database. */
const STANZA_LENGTH = 14;
const ORIGIN = '--origin';
const REFERENCE = '-refers-';
/** No hash has this character. */
const ARCHIVE = '.';
const SHORT_ID = /^[\w-]{1,21}$/;

/** A name of fixed length that says nothing. */
export const hashed = (text: string): string => hash('sha256', text, 'base64url').slice(0, LENGTH);

/** A message mostly has one id, for all that it is called by. */
let last = { text: '', hash: '' };
function stanzaOf(from: string, id: string): string {
  const text = `${from}|${id}`;
  if (last.text !== text) last = { text, hash: hashed(text).slice(0, STANZA_LENGTH) };
  return last.hash;
}

/** The name of a message that its sender gave an origin id (XEP-0359). */
export const originName = (from: string, originId: string): string => stanzaOf(from, originId) + ORIGIN;

/** The name of a message by its id, which some clients use again, and what it says. */
export const idName = (from: string, id: string, content: string): string =>
  stanzaOf(from, id) + hashed(content).slice(0, LENGTH - STANZA_LENGTH);

/** The name under which a sender's message can be referred to, by its id or its origin id. */
export const referenceName = (from: string, id: string): string => stanzaOf(from, id) + REFERENCE;

/**
 * The name of a message by the id that its archive gave it. A short one stands as it is: where a server counts, what
 * comes one after the other lies side by side in the database.
 */
export const archiveName = (archiveId: string): string =>
  SHORT_ID.test(archiveId)
    ? archiveId.padStart(LENGTH, ARCHIVE)
    : ARCHIVE + hashed(archiveId).slice(0, LENGTH - ARCHIVE.length);
