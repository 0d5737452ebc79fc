import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { DATABASE_FILE, openStore, type Tx } from '../../src-main/store/open.ts';
import { LogDamaged } from '../../src-main/store/rewrite-log.ts';
import { WalFile } from '../../src-main/store/wal-file.ts';
import { connectedEngine } from '../support/connected-engine.ts';
import { failure, testEngine } from '../support/test-engine.ts';
import { testFolder } from '../support/test-folder.ts';
import { until } from '../support/until.ts';

const eio = () =>
  Object.assign(new Error('EIO: i/o error, fdatasync'), { code: 'EIO', syscall: 'fdatasync' });
const put = (key: string) => (tx: Tx) =>
  tx.db.insertInto('settings').values({ tenant_id: 'local', key, value: '1' }).execute();
const BUSY = failure(503, 'storage_failed');
const hello = { to: 'friend@localhost', text: 'hello' };

afterEach(() => void vi.restoreAllMocks());

describe('an engine whose disk does not take a flush', () => {
  it('says so, writes again what it holds, and goes on', async () => {
    const engine = await connectedEngine();
    await engine.engine.store.durable();
    const order: string[] = [];
    const { sync } = WalFile.prototype;
    vi.spyOn(WalFile.prototype, 'sync').mockImplementation(async function (this: WalFile) {
      // The flush of that message, not one of what goes on beside it.
      if ((await engine.waiting()).length === 0) return sync.call(this);
      order.push('sync');
      if (order.length === 1) throw eio();
      return sync.call(this);
    });
    const { rewrite } = WalFile.prototype;
    const rewritten = vi.spyOn(WalFile.prototype, 'rewrite').mockImplementation(function (
      this: WalFile,
      frames,
    ) {
      order.push('rewrite');
      rewrite.call(this, frames);
    });

    const first = await engine.post('sendMessage', hello);
    expect(first).toMatchObject(BUSY);
    expect(first.body.description).toContain('look whether it is there');
    await until('the disk to be back', () =>
      engine.engine.store.durable().then(
        () => true,
        () => false,
      ),
    );
    const second = await engine.post('sendMessage', hello);

    expect(second.status).toBe(200);
    expect(rewritten).toHaveBeenCalledOnce();
    expect(order.slice(0, 3)).toEqual(['sync', 'rewrite', 'sync']);
    // What was not confirmed stands: who asked was told to look.
    expect(await engine.waiting()).toHaveLength(2);
  });

  it('claims nothing for as long as that goes on, and lets nothing out', async () => {
    const engine = await connectedEngine();
    await engine.hear({ from: 'friend@localhost', body: 'hi' });
    const { sync } = WalFile.prototype;
    vi.spyOn(WalFile.prototype, 'sync').mockImplementation(async function (this: WalFile) {
      if ((await engine.waiting()).length === 0) return sync.call(this);
      throw eio();
    });

    expect(await engine.post('sendMessage', hello)).toMatchObject(BUSY);
    for (let count = 0; count < 3; count += 1) {
      expect(await engine.post('sendMessage', hello)).toMatchObject(BUSY);
      await expect(engine.engine.store.durable()).rejects.toThrow('disk');
      expect(await engine.call('GET', '/bot/getUpdates', { token: engine.token })).toMatchObject(BUSY);
    }
    // Only the first was taken in: while the disk says no, nothing more is written that may be lost.
    expect(await engine.waiting()).toHaveLength(1);
    vi.mocked(WalFile.prototype.sync).mockRestore();
    await until('the disk to be back', () =>
      engine.engine.store.durable().then(
        () => true,
        () => false,
      ),
    );
  });
});

describe('an engine that starts on a disk that does not take a flush', () => {
  it('says so, and leaves nothing open that would keep its process', async () => {
    vi.spyOn(WalFile.prototype, 'sync').mockRejectedValue(eio());
    const closed = vi.spyOn(WalFile.prototype, 'close');

    await expect(testEngine()).rejects.toThrow('the disk reported an error');

    expect(closed).toHaveBeenCalled();
  });
});

describe('a store whose disk does not take a flush', () => {
  it('does late what was to happen when the commit is on the disk', async () => {
    const store = await openStore(testFolder());
    const done: string[] = [];
    vi.spyOn(WalFile.prototype, 'sync').mockRejectedValueOnce(eio()).mockRejectedValueOnce(eio());

    const told = store.write(async (tx) => {
      await put('a')(tx);
      tx.onDisk(() => done.push('a'));
    });
    await expect(told).rejects.toThrow('look whether it is there');
    expect(done).toEqual([]);
    await until('the disk to be back', () => done.length > 0);

    await store.durable();
    expect(done).toEqual(['a']);
    await store.write(put('b'));
    await store.close();
  });

  it('refuses for good where the log lost what was committed', async () => {
    const store = await openStore(testFolder());
    vi.spyOn(WalFile.prototype, 'sync').mockRejectedValueOnce(eio());
    const lost = vi.spyOn(WalFile.prototype, 'rewrite').mockImplementation(() => {
      throw new LogDamaged();
    });

    await expect(store.write(put('a'))).rejects.toThrow('the disk reported an error');
    await until('the log to be looked at', () => lost.mock.calls.length > 0);
    await expect(store.write(put('b'))).rejects.toThrow('the database file is damaged');
    await expect(store.durable()).rejects.toThrow('the database file is damaged');
    await store.close();
  });

  it('flushes at its start what a killed one left in the log', async () => {
    const folder = testFolder();
    const killed = await openStore(folder);
    await killed.write(put('a'));
    const sync = vi.spyOn(WalFile.prototype, 'sync');

    const next = await openStore(folder);
    await next.durable();

    expect(existsSync(join(folder, `${DATABASE_FILE}-wal`))).toBe(true);
    expect(sync).toHaveBeenCalled();
    await next.close();
    await killed.close();
  });
});
