import { describe, expect, it } from 'vitest';
import { callGate, type GateLimits } from '../../../../src-main/engine/ai/call-gate.ts';
import type { BotId } from '../../../../src-shared/ids.ts';

const never = new AbortController().signal;
/** Everything that could go on has. */
const settle = () => new Promise((resolve) => setImmediate(resolve));

/** A gate, what went through it in order, and how to end what did. */
function gateRig(limits: Partial<GateLimits> = {}) {
  const gate = callGate({ all: 100, ofOrigin: 100, sure: 1, ...limits });
  const begun: string[] = [];
  const ends: (() => void)[] = [];
  return {
    gate,
    begun,
    /** `call` is its name among `begun`. */
    enter(call: string, { bot = 1, key = 'key', origin = 'https://ai.example', limit = 8 } = {}) {
      void gate.enter({ botId: bot as BotId, key, origin, limit }, never).then((end) => {
        begun.push(call);
        ends.push(end);
      });
    },
    async end(count = 1): Promise<void> {
      for (const end of ends.splice(0, count)) end();
      await settle();
    },
  };
}

describe('calls that go out at once', () => {
  it('are so many with the same key, the others in order', async () => {
    const { gate, begun, enter, end } = gateRig();
    for (const call of ['a', 'b', 'c', 'd', 'e']) enter(call, { limit: 2 });
    await settle();
    expect(begun).toEqual(['a', 'b']);
    await end();
    expect(begun).toEqual(['a', 'b', 'c']);
    await end(2);
    expect([begun, gate.active]).toEqual([['a', 'b', 'c', 'd', 'e'], 2]);
  });

  it('are counted once when they are said to be over twice', async () => {
    const gate = callGate();
    const wanted = { botId: 1 as BotId, key: 'key', origin: 'o', limit: 4 };
    const end = await gate.enter(wanted, never);
    await gate.enter(wanted, never);
    end();
    end();
    expect(gate.active).toBe(1);
  });

  it('are bounded in all, and some with each key never wait', async () => {
    const { gate, begun, enter, end } = gateRig({ all: 10, sure: 2 });
    for (let count = 0; count < 20; count += 1) enter('slow', { bot: count % 2, key: `slow ${count % 2}` });
    await settle();
    expect(gate.active).toBe(10);
    for (let count = 0; count < 3; count += 1) enter('quick', { bot: 7, key: 'quick' });
    await settle();
    expect([begun.filter((call) => call === 'quick').length, gate.active]).toEqual([2, 12]);
    await end(3);
    expect([begun.length, gate.active]).toEqual([13, 10]);
    while (gate.active > 0) await end();
    expect(begun).toHaveLength(23);
  });

  it('are bounded to one origin, which leaves room for calls to others', async () => {
    const { begun, enter } = gateRig({ all: 20, ofOrigin: 6 });
    for (let bot = 0; bot < 2; bot += 1)
      for (let count = 0; count < 8; count += 1) enter('slow', { bot, key: `slow ${bot}` });
    await settle();
    // One of them is sure.
    expect(begun).toHaveLength(7);
    for (let count = 0; count < 4; count += 1)
      enter('other', { bot: 7, key: 'other', origin: 'https://other.example' });
    await settle();
    expect(begun.slice(7)).toEqual(['other', 'other', 'other', 'other']);
  });

  it('go to the bots of a key in turns, however many questions one of them has', async () => {
    const { begun, enter, end } = gateRig();
    for (let count = 0; count < 6; count += 1) enter('noisy', { bot: 1, limit: 2 });
    for (let count = 0; count < 2; count += 1) enter('quiet', { bot: 2, limit: 2 });
    enter('third', { bot: 3, limit: 2 });
    await settle();
    for (let count = 0; count < 7; count += 1) await end();
    expect(begun.slice(0, 2)).toEqual(['noisy', 'noisy']);
    expect(begun.slice(2)).toEqual(['quiet', 'noisy', 'third', 'quiet', 'noisy', 'noisy', 'noisy']);
  });

  it('go to bots with other keys in turns as well when there are as many as may be in all', async () => {
    const { begun, enter, end } = gateRig({ all: 4 });
    for (let count = 0; count < 6; count += 1) enter('noisy', { bot: 1, key: 'noisy' });
    for (let count = 0; count < 3; count += 1) enter('quiet', { bot: 2, key: 'quiet' });
    await settle();
    expect(begun).toEqual(['noisy', 'noisy', 'noisy', 'noisy', 'quiet']);
    await end(2);
    await end();
    await end();
    expect(begun.slice(5)).toEqual(['quiet', 'noisy', 'noisy']);
  });

  it('are let go of by who does not wait any longer', async () => {
    const gate = callGate();
    const wanted = { botId: 1 as BotId, key: 'key', origin: 'o', limit: 1 };
    const end = await gate.enter(wanted, never);
    const ending = new AbortController();
    const waiting = gate.enter(wanted, ending.signal);
    const last = gate.enter(wanted, never);
    ending.abort('stopped');
    await expect(waiting).rejects.toBe('stopped');
    end();
    (await last)();
    expect(gate.active).toBe(0);
    await expect(gate.enter(wanted, ending.signal)).rejects.toBe('stopped');
  });
});
