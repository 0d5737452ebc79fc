import { describe, expect, it } from 'vitest';
import { marksIn, marksOf } from '../../../src-main/engine/accounts/peer-marks.ts';
import {
  archiveName,
  hashed,
  idName,
  originName,
  referenceName,
} from '../../../src-main/engine/messages/message-names.ts';
import type { FullJid } from '../../../src-shared/jid.ts';

const FRIEND = 'friend@localhost';
const LONG_ID = 'f81d4fae-7dec-11d0-a765-00a0c91e6bf6';

describe('the names of a message', () => {
  it('differ by kind, sender, id and what is said, and are of one length', () => {
    const names = [
      originName(FRIEND, 'a'),
      originName(FRIEND, 'b'),
      originName('other@localhost', 'a'),
      referenceName(FRIEND, 'a'),
      idName(FRIEND, 'a', 'hello'),
      idName(FRIEND, 'a', 'hello again'),
      archiveName('a'),
      archiveName('-a'),
      archiveName(LONG_ID),
      archiveName('1763764956000001'),
      hashed('a'),
    ];

    expect(new Set(names).size).toBe(names.length);
    expect(names.map(({ length }) => length)).toEqual(names.map(() => 22));
  });

  it('begin alike where they are of one stanza, and follow each other where an archive counts', () => {
    const [origin, reference, id] = [
      originName,
      referenceName,
      (from: string, of: string) => idName(from, of, 'x'),
    ].map((nameOf) => nameOf(FRIEND, LONG_ID).slice(0, 14));

    expect([reference, id]).toEqual([origin, origin]);
    expect(archiveName('1763764956000001') < archiveName('1763764956000002')).toBe(true);
  });

  it('are told to other engines as they are', () => {
    const names = [originName(FRIEND, 'a'), archiveName('12'), archiveName(LONG_ID)];

    const [mark] = marksOf('bot@localhost/other' as FullJid, names, false);

    expect(mark && marksIn(mark)?.names).toEqual(names);
  });
});
