import { expect, it } from 'vitest';
import { aiErrors } from '../../../src-shared/errors/ai.ts';
import { refuse } from '../../../src-shared/errors.ts';
import { describeInChat, describeRefusal } from '../../../src-shared/text/describe-refusal.ts';
import { aiRefusalsDe } from '../../../src-shared/text/refusals/ai-de.ts';

it('names a command in a chat alone: windows, programs and the command line have none', () => {
  const refusal = refuse('ai.key-refused', {});
  expect(describeRefusal(refusal, 'en')).toBe('The AI does not accept the key. Check it, or give a new one.');
  expect(describeInChat(refusal, 'en')).toBe(
    'The AI does not accept the key. Check it, or give a new one: /ki setup',
  );
  expect(describeInChat(refusal, 'de')).toBe(
    'Die KI nimmt den Schlüssel nicht an. Prüfe ihn, oder gib einen neuen an: /ki setup',
  );
  expect(describeInChat(refuse('ai.empty', {}), 'en')).toBe(
    'The AI answered with nothing. Ask again, or in other words.',
  );
  const texts = [...Object.values(aiErrors).map(({ text }) => text), ...Object.values(aiRefusalsDe)];
  expect(texts.filter((text) => text.includes('/ki'))).toEqual([]);
});
