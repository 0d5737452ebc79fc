import fc from 'fast-check';
import { expect, it } from 'vitest';
import { legacyBackend } from '../../../../src-main/gateways/omemo/legacy/legacy-backend.ts';
import { OmemoTrouble, type RatchetMessage } from '../../../../src-main/gateways/omemo/ratchet-backend.ts';
import { ratchetPeer, talkingPeers } from '../../../support/ratchet-peer.ts';

const backend = await legacyBackend();
const { alice, bob } = await talkingPeers(backend);
const stranger = ratchetPeer(backend);
await stranger.start(bob);
const real: RatchetMessage[] = [await alice.encrypt(bob, 'hello'), await stranger.encrypt(bob, 'hello')];

/** Decrypts, or fails with OmemoTrouble; the record that it was given stays as it is. */
async function isTakenWell(message: RatchetMessage, withRecord: boolean): Promise<void> {
  const record = withRecord ? bob.record(alice) : undefined;
  const before = Buffer.from(record ?? []);
  const failure = await backend.decrypt(bob.own, record, message).then(
    () => undefined,
    (error: unknown) => error,
  );
  if (failure !== undefined) expect(failure).toBeInstanceOf(OmemoTrouble);
  expect(Buffer.from(record ?? [])).toEqual(before);
}

/** Fields as a peer may write them: any number, type and length, none of them checked. */
const fields = fc
  .array(
    fc.tuple(fc.integer({ min: 0, max: 63 }), fc.uint8Array({ maxLength: 80 })).map(([tag, value]) => {
      return [tag, ...((tag & 7) === 2 ? [value.length] : []), ...value];
    }),
    { maxLength: 8 },
  )
  .map((parts) => Uint8Array.from([0x33, ...parts.flat()]));

it('answers any bytes with trouble of its own', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.oneof(fc.uint8Array({ maxLength: 300 }), fields),
      fc.boolean(),
      fc.boolean(),
      (body, isKeyExchange, withRecord) => isTakenWell({ body, isKeyExchange }, withRecord),
    ),
    { numRuns: 1_000 },
  );
});

it('answers real messages with parts changed, removed, put in or doubled with trouble of its own', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...real),
      fc.nat(200),
      fc.nat(40),
      fc.uint8Array({ maxLength: 40 }),
      fc.boolean(),
      ({ body, isKeyExchange }, at, removed, inserted, flag) => {
        const changed = [...body.slice(0, at), ...inserted, ...body.slice(at + removed)];
        return isTakenWell(
          { body: Uint8Array.from(changed), isKeyExchange: flag ? isKeyExchange : !isKeyExchange },
          true,
        );
      },
    ),
    { numRuns: 500 },
  );
});

it('answers any bytes in place of a record with trouble of its own, or begins anew', async () => {
  await fc.assert(
    fc.asyncProperty(fc.uint8Array({ maxLength: 400 }), fc.constantFrom(...real), async (bytes, message) => {
      const record = Uint8Array.from([1, 1, ...bytes]);
      const attempts = [
        backend.decrypt(bob.own, record, message),
        backend.encrypt(bob.own, record, bytes),
        backend.startSession(alice.own, bob.bundle(), record),
      ];
      for (const result of await Promise.allSettled(attempts)) {
        if (result.status === 'rejected') expect(result.reason).toBeInstanceOf(OmemoTrouble);
      }
    }),
    { numRuns: 300 },
  );
});
