import { QUEUE_LIMITS } from '../../src-main/engine/updates/enqueue.ts';
import { fileKeyBox } from '../../src-main/server/file-key-box.ts';
import { deadLetterRepository } from '../../src-main/store/dead-letter-repository.ts';
import { openStore } from '../../src-main/store/open.ts';
import { updateRepository } from '../../src-main/store/update-repository.ts';
import type { BotId } from '../../src-shared/ids.ts';

/** Gives a bot updates that a webhook would not take, in the folder of an engine that has stopped; resolves with their numbers. */
export async function buryUpdates(dataDir: string, botId: number, count: number): Promise<number[]> {
  const store = await openStore(dataDir);
  try {
    const box = fileKeyBox(dataDir, undefined);
    const updates = updateRepository(store, box);
    const letters = deadLetterRepository(store, box);
    const numbers: number[] = [];
    const nowS = Math.floor(Date.now() / 1_000);
    for (let made = 0; made < count; made += 1) {
      const id = botId as BotId;
      const data = JSON.stringify({ message: { text: `Number ${made}` } });
      const update = { botId: id, type: 'message', conversation: 'you@localhost', data, createdAt: nowS };
      await store.write(async (tx) => {
        const number = await updates.insert(tx, update, QUEUE_LIMITS);
        if (number === undefined) throw new Error('no room');
        await letters.bury(tx, id, number, 'answered 400', nowS);
        await updates.remove(tx, id, number);
        numbers.push(number);
      });
    }
    return numbers;
  } finally {
    await store.close();
  }
}
