import { describe, expect, it } from 'vitest';
import { KeyedQueue } from '../../../src-main/base/keyed-queue.ts';
import { Scope } from '../../../src-main/base/scope.ts';

describe('a scope', () => {
  it('closes in reverse order, once, and all of it when something fails', async () => {
    const scope = new Scope();
    const closed: string[] = [];
    scope.add(() => void closed.push('first'));
    scope.add(() => {
      throw new Error('stuck');
    });
    scope.add(async () => void closed.push('last'));

    await expect(scope.close()).rejects.toThrow('stuck');
    await expect(scope.close()).rejects.toThrow('stuck');

    expect(closed).toEqual(['last', 'first']);
  });

  it('closes at once what is added after its end', async () => {
    const scope = new Scope();
    await scope.close();
    let isClosed = false;

    scope.add(() => {
      isClosed = true;
    });

    expect(isClosed).toBe(true);
  });

  it('ends its children with it, and forgets those that ended earlier', async () => {
    const scope = new Scope();
    const closed: string[] = [];
    const early = scope.child();
    early.add(() => void closed.push('early'));
    scope.child().add(() => void closed.push('late'));

    await early.close();
    await scope.close();

    expect(closed).toEqual(['early', 'late']);
  });
});

describe('a keyed queue', () => {
  it('runs one task at a time per key, in order, and goes on after a failure', async () => {
    const queue = new KeyedQueue<string>();
    const gate = Promise.withResolvers<void>();
    const ran: string[] = [];

    const first = queue.run('a', async () => {
      await gate.promise;
      ran.push('a1');
      throw new Error('a1 failed');
    });
    const second = queue.run('a', async () => void ran.push('a2'));
    await queue.run('b', async () => void ran.push('b1'));
    gate.resolve();

    await expect(first).rejects.toThrow('a1 failed');
    await second;
    expect(ran).toEqual(['b1', 'a1', 'a2']);
  });
});
