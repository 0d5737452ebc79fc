import { describe, expect, it } from 'vitest';
import { countSteps, playLegacy, type Transcript } from '../../../support/legacy-transcripts.ts';
import { vectorsOf } from '../../../support/omemo-vectors.ts';

/** Made by python-oldmemo, which shares no code with libsignal. */
describe.each(vectorsOf<Transcript>('transcript-oldmemo'))('%s', (_name, transcript) => {
  it('is answered by us as bob, byte for byte', async () => {
    expect(await playLegacy(transcript, 'bob', 'specification')).toEqual(countSteps(transcript, 'bob'));
  });

  it('is begun by us as alice, byte for byte', async () => {
    expect(await playLegacy(transcript, 'alice', 'specification')).toEqual(countSteps(transcript, 'alice'));
  });
});
