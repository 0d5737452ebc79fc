import { photo } from '../images.ts';
import { button, closeDialog, dialog, leaveForm, type Screen } from './screen.ts';
import { TELEGRAM } from './telegram-screens.ts';

const TABS = [
  'overview',
  'commands',
  'ai',
  'telegram',
  'webhook',
  'updates',
  'rooms',
  'devices',
  'settings',
  'audit',
] as const;
export const BOTS: Screen[] = [
  {
    name: 'bots',
    path: () => '/bots',
    show: ({ page }) => page.getByRole('row', { name: /Night watch/ }).waitFor(),
  },
  {
    name: 'bots-menu',
    path: () => '/bots',
    show: async ({ page, text }) => {
      await button(page, text.bots.actionsOf('Weather')).click();
      await page.getByRole('menuitem', { name: text.bots.actions.revoke }).waitFor();
    },
    close: ({ page }) => page.keyboard.press('Escape'),
  },
  ...TABS.map((tab): Screen => {
    const isFailing = tab === 'webhook';
    return {
      name: `bot-${tab}`,
      path: ({ bots }) => `/bots/${(isFailing ? bots.nightWatch : bots.herald).id}/${tab}`,
      show: async ({ page, text }) => {
        await page.getByRole('tab', { name: text.bots.tabs.names[tab], selected: true }).waitFor();
        await page.getByRole('tabpanel').locator('h2, h3, table, label, p').first().waitFor();
      },
    };
  }),
  {
    name: 'bot-ai-none',
    path: ({ bots }) => `/bots/${bots.weather.id}/ai`,
    show: async ({ page, text: { bots } }) => {
      await page.getByRole('radio', { name: 'Groq' }).click();
      await page.getByText(bots.ai.keyMissing('Groq')).waitFor();
    },
    close: ({ page, text }) => button(page, text.bots.ai.discard).click(),
  },
  {
    name: 'bot-ai-test',
    path: ({ bots }) => `/bots/${bots.herald.id}/ai`,
    show: async ({ page, text: { bots } }) => {
      await button(page, bots.ai.test.ask).click();
      await page
        .getByRole('region', { name: bots.ai.test.title })
        .getByText(/greenhouse/)
        .waitFor();
    },
  },
  {
    name: 'bot-ai-remove',
    path: ({ bots }) => `/bots/${bots.herald.id}/ai`,
    show: async ({ page, text: { bots } }) => {
      await button(page, bots.ai.remove.action).click();
      await dialog(page).getByText(bots.ai.remove.body).waitFor();
    },
    close: closeDialog,
  },
  ...TELEGRAM,
  {
    name: 'bot-deliveries',
    path: ({ bots }) => `/bots/${bots.weather.id}/webhook`,
    show: async ({ page, text }) => {
      await page
        .getByRole('radiogroup', { name: text.bots.webhook.list })
        .getByText(text.bots.webhook.lists.delivered)
        .click();
      await page.getByRole('tabpanel').getByText('200').first().click();
    },
  },
  {
    name: 'bot-given-up',
    path: ({ bots }) => `/bots/${bots.backup.id}/webhook`,
    show: async ({ page, text: { bots } }) => {
      await page
        .getByRole('radiogroup', { name: bots.webhook.list })
        .getByText(new RegExp(`^${bots.webhook.lists.dead}`))
        .click();
      await page.getByRole('tabpanel').getByRole('checkbox').nth(1).check();
      await page.getByText(bots.webhook.chosen(1)).waitFor();
    },
  },
  {
    name: 'bot-regenerate',
    path: ({ bots }) => `/bots/${bots.weather.id}`,
    show: async ({ page, text }) => {
      await button(page, text.bots.actionsOf('Weather')).click();
      await page.getByRole('menuitem', { name: text.bots.actions.regenerate }).click();
      await dialog(page).getByText(text.bots.regenerate.body).waitFor();
    },
    close: closeDialog,
  },
  {
    name: 'bot-revoke',
    path: ({ bots }) => `/bots/${bots.weather.id}`,
    show: async ({ page, text }) => {
      await button(page, text.bots.actions.revoke).click();
      await dialog(page).getByText(text.bots.revoke.body).waitFor();
    },
    close: closeDialog,
  },
  {
    name: 'bot-delete',
    path: ({ bots }) => `/bots/${bots.herald.id}`,
    show: async ({ page, text }) => {
      await button(page, text.bots.actions.delete).click();
      await dialog(page).getByText(text.bots.remove.gone.token).waitFor();
    },
    close: closeDialog,
  },
  {
    name: 'bot-join-room',
    path: ({ bots }) => `/bots/${bots.herald.id}/rooms`,
    show: async ({ page, text }) => {
      await button(page, text.bots.tabs.rooms.join).first().click();
      await page.getByLabel(text.bots.tabs.rooms.room).waitFor();
    },
    close: closeDialog,
  },
  {
    name: 'new-bot',
    path: () => '/bots/new',
    show: async ({ page, text: { bots } }) => {
      await page.getByLabel(bots.newBot.name, { exact: true }).fill('Bees');
      await dialog(page).getByRole('radio', { name: bots.newBot.modes.dedicated.title }).check();
      await page.getByText('bot_bees_••••').waitFor();
    },
    close: leaveForm,
  },
  {
    name: 'new-bot-unsaved',
    path: () => '/bots/new',
    show: async ({ page, text: { bots, common } }) => {
      await page.getByLabel(bots.newBot.name, { exact: true }).fill('Bees');
      await page.keyboard.press('Escape');
      await button(page, common.unsaved.action).waitFor();
    },
    close: async ({ page, text: { common } }) => {
      await button(page, common.unsaved.action).click();
      await dialog(page).first().waitFor({ state: 'hidden' });
    },
  },
  {
    name: 'new-bot-picture',
    path: () => '/bots/new',
    show: async ({ page, text: { bots } }) => {
      await page.getByLabel(bots.newBot.name, { exact: true }).fill('Bees');
      const buffer = await photo();
      const file = { name: 'bees.png', mimeType: 'image/png', buffer };
      await page.locator('input[type=file]').first().setInputFiles(file);
      await dialog(page).getByRole('slider', { name: bots.newBot.zoom }).waitFor();
    },
    close: async (way) => {
      await way.page.keyboard.press('Escape');
      await way.page.getByLabel(way.text.bots.newBot.name, { exact: true }).waitFor();
      await leaveForm(way);
    },
  },
];

/** The dialog after a bot was made; it makes one, so it comes last. */
export const MADE: Screen = {
  name: 'new-bot-made',
  path: () => '/bots/new',
  show: async ({ page, text: { bots } }) => {
    await page.getByLabel(bots.newBot.name, { exact: true }).fill('Bees');
    await dialog(page).getByRole('radio', { name: bots.newBot.modes.dedicated.title }).check();
    await page.getByRole('button', { name: bots.newBot.create }).click();
    await page.getByText(bots.newBot.online('Bees')).waitFor({ timeout: 30_000 });
  },
  close: async ({ page, text, stage }) => {
    await button(page, text.bots.newBot.done).click();
    await stage.removeBot('Bees');
  },
};
