import { expect, it } from 'vitest';
import { providerRig } from '../../support/ai/provider-rig.ts';

const STREAMS = 5;
const WORDS = 1_000;
/** Less than the stub sends for each word. */
const FRAME_BYTES = 150;
/** What is handed on in one turn. */
const PART_BYTES = 4_096;

it('leaves others their turns while answers stream in as fast as they can', async () => {
  const rig = await providerRig('groq', { answer: { text: 'word '.repeat(WORDS) } });
  await rig.askStreamed();
  let turns = 0;
  let isOver = false;
  const count = () => {
    turns += 1;
    if (!isOver) setImmediate(count);
  };
  setImmediate(count);

  const answers = await Promise.all(Array.from({ length: STREAMS }, () => rig.askStreamed()));
  isOver = true;

  expect(new Set(answers.map(({ text }) => text)).size).toBe(1);
  expect(turns).toBeGreaterThan((STREAMS * WORDS * FRAME_BYTES) / PART_BYTES);
});
