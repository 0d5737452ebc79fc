import { expect, it } from 'vitest';
import { silentLogger } from '../../src-main/base/logger.ts';
import { fileKeyBox } from '../../src-main/server/file-key-box.ts';
import { openApi } from '../../src-main/server/open-api.ts';
import { deadLetterRepository } from '../../src-main/store/dead-letter-repository.ts';
import type { BotId } from '../../src-shared/ids.ts';
import { cliOnFolder } from '../support/cli.ts';

/** A folder whose bot 1 has two dead letters, 2 and 4, and an empty queue. */
async function withLetters() {
  const { folder, run } = await cliOnFolder();
  await run('bot', 'create', 'Weather', '--account', 'you@localhost');
  const box = fileKeyBox(folder, undefined);
  const { engine, close } = await openApi(folder, box, silentLogger);
  const letters = deadLetterRepository(engine.store, box);
  const botId = 1 as BotId;
  await engine.store.write(async (tx) => {
    for (const [index, body] of ['rain', 'sun'].entries()) {
      await engine.updates.queue(tx, botId, {
        type: 'message',
        conversation: 'you@localhost',
        data: { body },
      });
      await letters.bury(tx, botId, 2 * (index + 1), 'answered 400', 1_760_000_000);
    }
  });
  const bot = await engine.bots.find(1, undefined);
  await engine.updates.poll(bot, {
    offset: 4,
    limit: 1,
    timeoutMs: 0,
    types: ['message'],
    signal: new AbortController().signal,
    recheck: async () => undefined,
  });
  await close();
  return run;
}

it('lists the dead letters of a bot without what they say, and puts them back', async () => {
  const run = await withLetters();

  expect((await run('bot', 'dead-letters', '1')).out).toBe(
    '2  2025-10-09T08:53:20.000Z  message  you@localhost  answered 400 (0 attempts)\n' +
      '4  2025-10-09T08:53:20.000Z  message  you@localhost  answered 400 (0 attempts)\n',
  );
  expect(JSON.parse((await run('bot', 'dead-letters', '1', '--json')).out)).toMatchObject([
    { update_id: 2, data: { body: 'rain' } },
    { update_id: 4, data: { body: 'sun' } },
  ]);
  expect((await run('bot', 'dead-letters', '1', '--replay', '--update', '4')).out).toBe('1 put back.\n');
  expect((await run('bot', 'dead-letters', '1', '--replay')).out).toBe('1 put back.\n');
  expect((await run('bot', 'dead-letters', '1')).out).toBe('There are no dead letters.\n');
});

it.each([
  [['1', '--update', '4'], 2, '--replay'],
  [['one'], 2, 'whole number'],
  [['1', '--replay', '--update', '4'], 1, 'no dead letter 4'],
  [['7'], 1, 'no bot with ID 7'],
])('refuses bot dead-letters %j', async (words, status, said) => {
  const { run } = await cliOnFolder();
  await run('bot', 'create', 'Weather', '--account', 'you@localhost');

  const answer = await run('bot', 'dead-letters', ...words);

  expect(answer).toMatchObject({ status, out: '' });
  expect(answer.err).toContain(said);
});
