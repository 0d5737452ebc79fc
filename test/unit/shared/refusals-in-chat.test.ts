import { expect, it } from 'vitest';
import { PROVIDERS } from '../../../src-shared/ai-providers.ts';
import { aiErrors } from '../../../src-shared/errors/ai.ts';
import { refuse } from '../../../src-shared/errors.ts';
import {
  describeForPrograms,
  describeInChat,
  describeInWindow,
  describeRefusal,
} from '../../../src-shared/text/describe-refusal.ts';
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

it('names what raises a limit as it is called where it is read', () => {
  const refusal = refuse('ai.day-limit', { limit: 5 });
  const said = 'This bot has given all 5 AI answers of today. It goes on tomorrow, or with a higher limit: ';
  expect(describeInChat(refusal, 'en')).toBe(`${said}/ki limit day`);
  expect(describeInWindow(refusal, 'en')).toBe(`${said}"Answers a day"`);
  expect(describeForPrograms(refusal)).toBe(`${said}ai_per_day`);
  expect(describeInWindow(refusal, 'de')).toContain('mit einer höheren Grenze: „Antworten pro Tag“');
  const late = refuse('ai.timeout', { seconds: 60 });
  expect([describeInChat(late, 'de'), describeInWindow(late, 'de'), describeForPrograms(late)]).toEqual([
    expect.stringMatching(/mehr Zeit: \/ki limit time$/),
    expect.stringMatching(/mehr Zeit: „Zeitgrenze in Sekunden“$/),
    expect.stringMatching(/more time: ai_timeout$/),
  ]);
  const texts = [...Object.values(aiErrors).map(({ text }) => text), ...Object.values(aiRefusalsDe)];
  expect(texts.filter((text) => /\bai_/.test(text))).toEqual([]);
});

it('says in German whose name is none', () => {
  const provider = PROVIDERS.compatible.label;
  const refusal = refuse('ai.model-unknown', { provider, model: 'x', near: 'y' });
  expect(describeRefusal(refusal, 'de')).toBe(
    'Dort gibt es kein Modell x (OpenAI-kompatibler Server). Es gibt unter anderem: y',
  );
  expect(describeRefusal(refuse('ai.model-missing', { provider: 'Groq' }), 'de')).toContain('(Groq)');
});
