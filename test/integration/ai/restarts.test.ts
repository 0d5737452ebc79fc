import { randomBytes } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import { pino } from 'pino';
import { describe, expect, it } from 'vitest';
import { secretBox } from '../../../src-main/base/secret-box.ts';
import { aiRig } from '../../support/ai/ai-rig.ts';
import { scriptedAi } from '../../support/ai/scripted-provider.ts';
import { ManualClock } from '../../support/manual-clock.ts';
import { ScriptedServer } from '../../support/scripted/scripted-server.ts';
import { testFolder } from '../../support/test-folder.ts';
import { until } from '../../support/until.ts';

const MINUTE = 60_000;
const place = () => ({
  server: new ScriptedServer(),
  dataDir: testFolder(),
  box: secretBox(randomBytes(32)),
  clock: new ManualClock(Date.now()),
});
const never = () => scriptedAi(() => new Promise<string>(() => undefined));

describe('a question that is not answered when the program stops', () => {
  it('is asked again at the next start, and answered once', async () => {
    const shared = place();
    const first = await aiRig({ ...shared, ai: never() });
    await first.start();
    first.write('hello');
    await first.ai.question(1);
    await first.stop();
    expect(first.states().at(-1)).toBe('active');

    shared.clock.advance(5 * MINUTE);
    const second = await aiRig(shared);
    await second.start();
    await second.said('answer to hello');
    await until('the end of writing', () => second.states().at(-1) === 'active');
    expect([second.texts(), await second.waiting()]).toEqual([['answer to hello'], 0]);
  });

  it('is dropped with one line when that is too long ago', async () => {
    const shared = place();
    const first = await aiRig({ ...shared, ai: never() });
    await first.start();
    first.write('one');
    first.write('two');
    await first.ai.question(1);
    await first.handled();
    await first.stop();

    shared.clock.advance(11 * MINUTE);
    const second = await aiRig(shared);
    await second.start();
    const line = 'I was away when you asked, and have not answered. Ask again if it still matters.';
    await second.said(line);
    await until('both to be gone', async () => (await second.waiting()) === 0);
    expect(second.texts()).toEqual([line]);
    expect(second.ai.asked).toEqual([]);
  });

  it('waits while the account is signed off', async () => {
    const ai = never();
    const rig = await aiRig({ ai });
    await rig.start();
    rig.write('hello');
    await ai.question(1);
    await rig.engine.accounts.setEnabled(rig.account.jid, false, rig.caller);
    await until('it to be ended', () => ai.state.under === 0);
    expect(await rig.waiting()).toBe(1);
    ai.state.answering = () => 'there';
    await rig.engine.accounts.setEnabled(rig.account.jid, true, rig.caller);
    await rig.said('there');
    expect(rig.texts()).toEqual(['there']);
  });

  it('goes with the bot', async () => {
    const ai = never();
    const rig = await aiRig({ ai });
    await rig.start();
    rig.write('hello');
    await ai.question(1);
    await rig.engine.store.write((tx) => rig.engine.bots.delete(tx, rig.bot, rig.caller));
    await until('it to be ended', () => ai.state.under === 0);
  });
});

describe('what is said to an AI', () => {
  it('stands in clear neither in the database nor in the log', async () => {
    const lines: string[] = [];
    const stream = new Writable({
      write(line, _, done) {
        lines.push(String(line));
        done();
      },
    });
    const shared = place();
    const ai = scriptedAi(() => ({ text: 'ANSWER-4711', reasoning: 'THOUGHT-4711' }));
    const rig = await aiRig({ ...shared, ai, logger: pino({ level: 'trace' }, stream) });
    await rig.engine.ai.change(
      rig.bot,
      { key: 'KEY-4711-abcdef', system: 'PROMPT-4711', headers: { 'x-h': 'HEADER-4711' } },
      rig.caller,
    );
    await rig.start();
    rig.write('QUESTION-4711');
    await rig.said('ANSWER-4711');
    ai.state.answering = () => Promise.reject(new Error('FAILURE-4711'));
    rig.write('another QUESTION-4711');
    await until('a failure', () => rig.texts().some((text) => text.startsWith('The AI gave no answer')));
    ai.state.answering = () => new Promise<string>(() => undefined);
    rig.write('a third QUESTION-4711');
    await ai.question(3);

    const files = readdirSync(shared.dataDir).filter((name) => name.startsWith('bot_registry.db'));
    expect(files).toContain('bot_registry.db-wal');
    for (const name of files)
      expect(readFileSync(join(shared.dataDir, name), 'latin1')).not.toContain('-4711');
    await rig.stop();
    for (const name of readdirSync(shared.dataDir).filter((one) => one.startsWith('bot_registry.db')))
      expect(readFileSync(join(shared.dataDir, name), 'latin1')).not.toContain('-4711');
    expect(lines.length).toBeGreaterThan(0);
    expect(lines.join()).not.toContain('-4711');
  });
});
