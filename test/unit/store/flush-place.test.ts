import { describe, expect, it } from 'vitest';
import { FlushPlace } from '../../../src-main/store/flush-place.ts';

/** A disk whose flushes take as long as the test says, and where each went. */
function disk() {
  let nowMs = 0;
  const went: ('in place' | 'beside')[] = [];
  const place = new FlushPlace(() => nowMs);
  return {
    went,
    rest: (ms: number) => {
      nowMs += ms;
    },
    flush: (tookMs: number) =>
      place.flush({
        inPlace: () => {
          went.push('in place');
          nowMs += tookMs;
        },
        beside: async () => {
          went.push('beside');
          nowMs += tookMs;
        },
      }),
    async flushes(count: number, tookMs: number) {
      went.length = 0;
      for (let done = 0; done < count; done += 1) await this.flush(tookMs);
      return went;
    },
  };
}

describe('where the log is flushed', () => {
  it('is not waited for before the disk has shown that it is quick', async () => {
    const went = await disk().flushes(50, 0.2);
    expect(went[0]).toBe('beside');
    expect(went.at(-1)).toBe('in place');
    expect(went.lastIndexOf('beside')).toBeLessThan(went.indexOf('in place'));
  });

  it('never holds up the loop on a slow disk', async () => {
    expect(new Set(await disk().flushes(200, 5))).toEqual(new Set(['beside']));
  });

  it('goes beside the loop after a slow flush, the longer the slower it was', async () => {
    const besideAfter = async (slowMs: number) => {
      const one = disk();
      await one.flushes(50, 0.2);
      await one.flush(slowMs);
      return (await one.flushes(100, 0.2)).filter((where) => where === 'beside').length;
    };
    expect(await besideAfter(0.5)).toBe(0);
    const [slow, slower] = [await besideAfter(20), await besideAfter(2_000)];
    expect(slow).toBeGreaterThan(0);
    expect(slower).toBeGreaterThan(slow);
    expect(slower).toBeLessThan(100);
  });

  it('does not wait for a disk that may be asleep', async () => {
    const one = disk();
    await one.flushes(50, 0.2);
    one.rest(60_000);
    expect(await one.flushes(3, 0.2)).toEqual(['beside', 'in place', 'in place']);
  });

  it('says why a flush failed, wherever it was', async () => {
    const refusal = new Error('EIO');
    const place = new FlushPlace(() => 0);
    const failing = {
      inPlace: () => {
        throw refusal;
      },
      beside: () => Promise.reject(refusal),
    };
    await expect(place.flush(failing)).rejects.toBe(refusal);
    for (let done = 0; done < 20; done += 1)
      await place.flush({ inPlace: () => undefined, beside: async () => undefined });
    await expect(place.flush(failing)).rejects.toBe(refusal);
  });
});
