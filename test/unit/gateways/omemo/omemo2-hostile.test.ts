import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { omemo2Backend } from '../../../../src-main/gateways/omemo/omemo2/omemo2-backend.ts';
import { joined, readProtobuf } from '../../../../src-main/gateways/omemo/omemo2/protobuf.ts';
import { OmemoTrouble } from '../../../../src-main/gateways/omemo/ratchet-backend.ts';
import { ratchetPeer, talkingPeers } from '../../../support/ratchet-peer.ts';

const backend = omemo2Backend();
const bytes = (maxLength: number) => fc.uint8Array({ maxLength });

/** Goes through only with a result or an `OmemoTrouble`. */
const onlyTrouble = (attempt: Promise<unknown>): Promise<unknown> =>
  attempt.catch((error: unknown) => {
    if (!(error instanceof OmemoTrouble)) throw error;
    return error;
  });

/** A piece of valid bytes in which some are changed, cut out or put in. */
const damaged = (valid: Uint8Array) =>
  fc
    .tuple(
      fc.array(fc.tuple(fc.nat(valid.length - 1), fc.nat(255)), { maxLength: 3 }),
      fc.nat(valid.length),
      fc.nat(8),
      bytes(8),
    )
    .map(([changes, at, cut, put]) => {
      const copy = new Uint8Array(valid);
      for (const [index, value] of changes) copy[index] = value;
      return new Uint8Array(Buffer.concat([copy.slice(0, at), put, copy.slice(at + cut)]));
    });

describe('bytes of an enemy', () => {
  it('as a message: nothing but a trouble comes of them', async () => {
    const { alice, bob } = await talkingPeers(backend);
    const prefixes = fc.constantFrom([], [0x0a, 16], [0x12], [0x08, 1, 0x10, 1]);

    await fc.assert(
      fc.asyncProperty(prefixes, bytes(200), fc.boolean(), async (prefix, rest, isKeyExchange) => {
        const message = { body: Uint8Array.from([...prefix, ...rest]), isKeyExchange };
        const result = await onlyTrouble(backend.decrypt(bob.own, bob.record(alice), message));
        expect(result).toBeInstanceOf(OmemoTrouble);
      }),
      { numRuns: 500 },
    );
  });

  it('in a message that was valid: nothing but a trouble comes of them, or the same text', async () => {
    const { alice, bob } = await talkingPeers(backend);
    const stranger = ratchetPeer(backend);
    await stranger.start(bob);
    for (const [from, message] of [
      [alice, await alice.encrypt(bob, 'known')],
      [stranger, await stranger.encrypt(bob, 'known')],
    ] as const) {
      await fc.assert(
        fc.asyncProperty(damaged(message.body), async (body) => {
          const result = await onlyTrouble(backend.decrypt(bob.own, bob.record(from), { ...message, body }));
          if (result instanceof OmemoTrouble) return;
          expect(Buffer.from((result as { plaintext: Uint8Array }).plaintext).toString()).toBe('known');
        }),
        { numRuns: 300 },
      );
    }
  });

  it('as a record, or in one: nothing but a trouble comes of them, or a message that nobody can read', async () => {
    const { alice, bob } = await talkingPeers(backend);
    const message = await alice.encrypt(bob, 'known');
    const valid = bob.record(alice) ?? new Uint8Array();

    await fc.assert(
      fc.asyncProperty(fc.oneof(bytes(300), damaged(valid)), async (record) => {
        await onlyTrouble(backend.decrypt(bob.own, record, message));
        await onlyTrouble(backend.encrypt(bob.own, record, Buffer.from('text')));
        await onlyTrouble(backend.startSession(bob.own, alice.bundle(), record));
      }),
      { numRuns: 200 },
    );
  });

  it('as a bundle: nothing but bad-bundle comes of them', async () => {
    const [alice, bob] = [ratchetPeer(backend), ratchetPeer(backend)];
    const bundle = bob.bundle();

    await fc.assert(
      fc.asyncProperty(
        bytes(80),
        bytes(80),
        bytes(80),
        bytes(80),
        async (identity, ed, signed, signature) => {
          for (const wrong of [
            { ...bundle, identityKey: identity },
            { ...bundle, edIdentityKey: ed },
            { ...bundle, signedPreKey: { id: 1, publicKey: signed, signature } },
            {
              ...bundle,
              preKeys: [{ id: 1, publicKey: new Uint8Array(Buffer.concat([signed, Buffer.alloc(33)])) }],
            },
          ]) {
            const result = await onlyTrouble(backend.startSession(alice.own, wrong));
            expect(result).toMatchObject({ kind: 'bad-bundle' });
          }
        },
      ),
      { numRuns: 50 },
    );
  });
});

describe('the reader of protocol buffers', () => {
  it('ends with fields or a trouble, whatever it reads', () => {
    fc.assert(
      fc.property(bytes(64), (message) => {
        try {
          const fields = readProtobuf(message);
          for (let field = 0; field < 16; field += 1) {
            fields.bytes(field);
            fields.number(field);
          }
        } catch (error) {
          expect(error).toBeInstanceOf(OmemoTrouble);
        }
      }),
      { numRuns: 3_000 },
    );
  });

  it('reads every number that is written', () => {
    fc.assert(
      fc.property(fc.nat(0xffff_ffff), (value) => {
        expect(readProtobuf(joined([8, value])).number(1)).toBe(value);
      }),
    );
    expect(readProtobuf(joined([8, 0xffff_ffff])).number(1)).toBe(0xffff_ffff);
    expect(() => readProtobuf(joined([8, 2 ** 32])).number(1)).toThrow(OmemoTrouble);
    expect(() => readProtobuf(Uint8Array.from([8, ...Array(11).fill(0x80), 0]))).toThrow(OmemoTrouble);
  });

  it('passes over fields that it does not know, and takes the last of a number', () => {
    const message = Uint8Array.from([
      ...[0x99, 0x06, 1, 2, 3, 4, 5, 6, 7, 8],
      ...[0x9d, 0x06, 1, 2, 3, 4],
      ...[0x9a, 0x06, 2, 9, 9],
      ...[0x08, 1, 0x08, 2],
    ]);

    expect(readProtobuf(message).number(1)).toBe(2);
    expect(readProtobuf(message).bytes(99)).toEqual(Uint8Array.of(9, 9));
  });
});
