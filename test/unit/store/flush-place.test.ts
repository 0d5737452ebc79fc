import { describe, expect, it } from 'vitest';
import { FlushPlace } from '../../../src-main/store/flush-place.ts';

const turn = () => new Promise((resolve) => setImmediate(resolve));

/** A disk whose flushes take as long as the test says; `went`: where each was. */
function disk() {
  let nowMs = 0;
  const went: ('in place' | 'beside')[] = [];
  const place = new FlushPlace(() => nowMs);
  const flush = (tookMs: number) =>
    place.flush({
      inPlace: () => {
        went.push('in place');
        nowMs += tookMs;
      },
      beside: async () => {
        went.push('beside');
        nowMs += tookMs;
      },
    });
  return {
    place,
    rest: (ms: number) => {
      nowMs += ms;
    },
    flush,
    /** So many, a turn of the loop each; resolves with where they were. */
    async flushes(count: number, tookMs: number) {
      went.length = 0;
      for (let done = 0; done < count; done += 1) {
        await turn();
        await flush(tookMs);
      }
      return [...went];
    },
  };
}
/** For how long flushes are beside the loop, at one in 10 ms of 0.2 ms each. */
async function besideMs(one: ReturnType<typeof disk>) {
  for (let count = 0; ; count += 1) {
    const [where] = await one.flushes(1, 0.2);
    if (where === 'in place') return count * 10;
    one.rest(9.8);
  }
}

describe('where the log is flushed', () => {
  it('is beside the loop until the disk has shown that it is quick', async () => {
    expect(await disk().flushes(3, 0.2)).toEqual(['beside', 'in place', 'in place']);
  });

  it('is beside the loop where the disk is slow', async () => {
    expect(new Set(await disk().flushes(200, 6))).toEqual(new Set(['beside']));
  });

  it('is tried in place now and then where a disk is nearly quick', async () => {
    const one = disk();
    const inPlace = (await one.flushes(5_000, 3)).map((where) => where === 'in place');
    const tried = (part: boolean[]) => part.filter(Boolean).length;
    expect(tried(inPlace.slice(0, 500))).toBeGreaterThan(3);
    // The longer it goes on, the more seldom.
    expect(tried(inPlace.slice(2_500))).toBeLessThan(tried(inPlace.slice(0, 2_500)));
    expect(tried(inPlace)).toBeLessThan(100);
  });

  it('stays in place after a flush that took a little longer, and not for a while after one that held up everything', async () => {
    const one = disk();
    await one.flushes(50, 0.2);
    await one.flushes(1, 3);
    expect(await besideMs(one)).toBe(0);
    await one.flushes(1, 21);
    await turn();
    const [next] = await one.flushes(1, 0.2);
    expect(next).toBe('beside');
    expect(await besideMs(one)).toBeGreaterThan(9_000);
  });

  it('is beside the loop the longer the more often a disk holds up everything, and is tried as before when that is long ago', async () => {
    const one = disk();
    const afterStall = async () => {
      await one.flushes(2, 0.2);
      await one.flushes(1, 100);
      // What is slow once is not asked in place at once either way.
      await one.flushes(1, 0.2);
      return besideMs(one);
    };
    const [first, second] = [await afterStall(), await afterStall()];
    expect(second).toBeGreaterThan(first * 1.5);
    for (let second = 0; second < 300; second += 1) {
      await one.flushes(1, 0.2);
      one.rest(900);
    }
    expect(await afterStall()).toBeLessThan(first * 1.5);
  });

  it('is in place once in a turn of the loop', async () => {
    const one = disk();
    await one.flushes(2, 0.2);
    await turn();
    const went: string[] = [];
    const note = { inPlace: () => void went.push('in place'), beside: async () => void went.push('beside') };
    await one.place.flush(note);
    await one.place.flush(note);
    await turn();
    await one.place.flush(note);
    expect(went).toEqual(['in place', 'beside', 'in place']);
  });

  it('does not wait for a disk that may be asleep', async () => {
    const one = disk();
    await one.flushes(50, 0.2);
    one.rest(60_000);
    expect(await one.flushes(3, 0.2)).toEqual(['beside', 'in place', 'in place']);
  });

  it('says why a flush failed, wherever it was, and does not wait for the next one', async () => {
    const refusal = new Error('EIO');
    const one = disk();
    const failing = {
      inPlace: () => {
        throw refusal;
      },
      beside: () => Promise.reject(refusal),
    };
    await expect(one.place.flush(failing)).rejects.toBe(refusal);
    await one.flushes(3, 0.2);
    await turn();
    await expect(one.place.flush(failing)).rejects.toBe(refusal);
    expect(await one.flushes(2, 0.2)).toEqual(['beside', 'in place']);
  });
});
