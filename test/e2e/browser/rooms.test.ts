import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { en } from '../../../src-renderer/text/en.ts';
import { openBrowser } from '../../support/browser.ts';
import { openPanel } from '../../support/panel.ts';
import { newRoom } from '../../support/room-bot.ts';
import { OPEN } from '../../support/room-guest.ts';
import { roomStage } from '../../support/room-stage.ts';
import { lacks } from '../../support/servers/ready.ts';
import { startEjabberd } from '../../support/servers/servers.ts';
import { until } from '../../support/until.ts';

const timeout = 180_000;
const isMissing = lacks('server', 'browser');

describe.skipIf(isMissing)('the rooms of a bot in a browser', { timeout }, () => {
  const stage = roomStage(startEjabberd, isMissing);
  let browser: Browser;
  beforeAll(async () => {
    browser = await openBrowser();
  }, timeout);
  afterAll(() => browser?.close());

  it('are joined, and left after a question', async () => {
    const { engine, bot } = stage;
    const text = en.bots.tabs.rooms;
    const room = newRoom('garden');
    const ada = await stage.guest(room, 'ada', OPEN);
    const others = () => [...ada.room.occupants.keys()].filter((nick) => nick !== 'ada');
    const { page, goTo, complaints } = await openPanel(browser, engine);
    await goTo(`/bots/${bot.id}/rooms`, 'Weather');

    await page.getByRole('button', { name: text.join }).click();
    const dialog = page.getByRole('dialog', { name: text.join });
    await dialog.getByLabel(text.room).fill(room);
    await dialog.getByRole('button', { name: text.join }).click();
    await dialog.waitFor({ state: 'hidden' });
    await page.getByText(text.states.joined).waitFor();
    await until('the bot to be seen there', () => others().length === 1);

    const leave = page.getByRole('button', { name: text.leaveOf(room) });
    const question = page.getByRole('dialog').filter({ hasText: text.leaveBody });
    await leave.click();
    await question.getByRole('button', { name: en.common.cancel }).click();
    await question.waitFor({ state: 'hidden' });
    expect(others()).toHaveLength(1);

    await leave.click();
    await question.getByRole('button', { name: text.leave }).click();

    await page.getByText(text.emptyTitle).waitFor();
    await until('the bot to be gone for the others', () => others().length === 0);
    const { body } = await engine.call<{ result: unknown[] }>('GET', `/api/v1/bots/${bot.id}/rooms`);
    expect(body.result).toEqual([]);
    expect(complaints).toEqual([]);
  });
});
