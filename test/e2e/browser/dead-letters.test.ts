import { describe, expect, it, onTestFinished } from 'vitest';
import { en } from '../../../src-renderer/text/en.ts';
import { buryUpdates } from '../../support/dead-letters.ts';
import { startEngineProcess } from '../../support/engine-process.ts';
import { openPanel } from '../../support/panel.ts';
import { axeFaults } from '../../support/panel-faults.ts';
import { panelTests } from '../../support/panel-tests.ts';
import { lacks } from '../../support/servers/ready.ts';
import { until } from '../../support/until.ts';

const text = en.bots.webhook;

describe.skipIf(lacks('browser'))('updates that were given up', { timeout: 90_000 }, () => {
  const { browser, withBot } = panelTests();

  it('go out again as they were chosen, and the others stay', async () => {
    const first = await withBot();
    await first.stop();
    const [one = 0, two = 0, three = 0, four = 0] = await buryUpdates(first.dataDir, 1, 4);
    const engine = await startEngineProcess(first.dataDir);
    onTestFinished(engine.kill);
    const left = async () => {
      const { body } = await engine.call<{ result: { update_id: number }[] }>(
        'GET',
        '/api/v1/bots/1/dead-letters',
      );
      return body.result.map(({ update_id }) => update_id);
    };
    const { page, goTo, complaints } = await openPanel(browser(), engine, { width: 1_024, height: 700 });
    await goTo('/bots/1/webhook', 'Weather');
    await page
      .getByRole('radiogroup', { name: text.list })
      .getByText(/^Given up/)
      .click();

    const all = page.getByRole('checkbox', { name: text.chooseAll });
    await all.waitFor();
    expect(await page.getByRole('button', { name: /^Replay the chosen/ }).count()).toBe(0);
    await page.getByRole('checkbox', { name: text.choose(two) }).press('Space');
    await page.getByRole('checkbox', { name: text.choose(four) }).press('Space');
    await page.getByText(text.chosen(2)).waitFor();
    expect(await axeFaults(page)).toEqual([]);
    await page.getByRole('button', { name: text.replayChosen(2) }).click();

    await page.getByText(text.replayed(2)).waitFor();
    await until('the two to be gone', async () => (await left()).length === 2);
    expect(await left()).toEqual([one, three]);
    // What is gone is chosen no more; all that are there can be.
    await page.getByRole('checkbox', { name: text.choose(four) }).waitFor({ state: 'detached' });
    await page.getByRole('checkbox', { name: text.chooseAll }).press('Space');
    await page.getByRole('button', { name: text.replayChosen(2) }).click();
    await page.getByText(text.emptyLists.dead).waitFor();
    expect(await left()).toEqual([]);
    expect(complaints).toEqual([]);
  });
});
