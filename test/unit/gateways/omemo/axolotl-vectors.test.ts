import { describe, expect, it } from 'vitest';
import { countSteps, playLegacy, type Transcript } from '../../../support/legacy-transcripts.ts';
import { vectorsOf } from '../../../support/omemo-vectors.ts';

/** Made by python-axolotl, a port of libsignal. */
describe.each(vectorsOf<Transcript>('transcript-axolotl'))('%s', (_name, transcript) => {
  it('is answered by us as bob, byte for byte', async () => {
    expect(await playLegacy(transcript, 'bob', 'libsignal')).toEqual(countSteps(transcript, 'bob'));
  });

  it('is begun by us as alice, byte for byte', async () => {
    expect(await playLegacy(transcript, 'alice', 'libsignal')).toEqual(countSteps(transcript, 'alice'));
  });
});
