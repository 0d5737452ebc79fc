import { expect, it } from 'vitest';
import { Emitter } from '../../../../src-main/base/emitter.ts';
import type { AiTarget } from '../../../../src-main/engine/ai/ai-target.ts';
import { openedProviders } from '../../../../src-main/engine/ai/opened-providers.ts';
import type { ChatProvider } from '../../../../src-main/gateways/ai/provider.ts';
import type { EngineEvents } from '../../../../src-shared/events.ts';
import type { BotId } from '../../../../src-shared/ids.ts';

const target = (slot: string) => ({ provider: 'groq', slot, baseUrl: '' }) as AiTarget;

it('keeps providers that are asked, not too many, and none beyond a change of a set-up', () => {
  const events = new Emitter<EngineEvents>();
  const opened: string[] = [];
  const open = openedProviders(({ slot }) => {
    opened.push(slot);
    return {} as ChatProvider;
  }, events);

  const [first, other] = [open(target('a')), open(target('b'))];
  expect([open(target('a')) === first, first === other]).toEqual([true, false]);
  events.emit('ai.changed', { botId: 1 as BotId });
  expect(open(target('a'))).not.toBe(first);
  expect(opened).toEqual(['a', 'b', 'a']);

  for (let at = 0; at < 100; at += 1) open(target(`${at}`));
  open(target('a'));
  expect(opened.at(-1)).toBe('a');
});
