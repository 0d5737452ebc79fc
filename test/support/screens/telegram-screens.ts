import { button, closeDialog, dialog, type Screen, type Way } from './screen.ts';

async function giveToken({ page, text }: Way, token: string): Promise<void> {
  const { token: words } = text.bots.telegram.setUp;
  await page.getByLabel(words.label, { exact: true }).fill(token);
  await button(page, words.check).click();
}
/** So that nothing is left that is not saved. */
const takeAnother = ({ page, text }: Way) => button(page, text.bots.telegram.setUp.token.other).click();
const toNone: Screen['path'] = ({ bots }) => `/bots/${bots.weather.id}/telegram`;
const toBridge: Screen['path'] = ({ bots }) => `/bots/${bots.herald.id}/telegram`;

/** The way to a Telegram bridge, and what is asked of one that is set up. */
export const TELEGRAM: Screen[] = [
  {
    name: 'bot-telegram-none',
    path: toNone,
    show: ({ page, text }) => page.getByText(text.bots.telegram.setUp.token.body).waitFor(),
  },
  {
    name: 'bot-telegram-chats',
    path: toNone,
    show: async (way) => {
      await giveToken(way, way.stage.telegram.free);
      await way.page
        .getByRole('list', { name: way.text.bots.telegram.setUp.chat.list })
        .getByText('Greenhouse plans')
        .waitFor();
    },
    close: takeAnother,
  },
  {
    name: 'bot-telegram-last-step',
    path: toNone,
    show: async (way) => {
      await giveToken(way, way.stage.telegram.free);
      await way.page.getByRole('button', { name: /^Greenhouse plans/ }).click();
      await button(way.page, way.text.bots.telegram.setUp.go.action).waitFor();
    },
    close: takeAnother,
  },
  {
    name: 'bot-telegram-webhook',
    path: toNone,
    show: async (way) => {
      await giveToken(way, way.stage.telegram.elsewhere);
      await button(way.page, way.text.bots.telegram.webhook.remove).waitFor();
    },
    close: takeAnother,
  },
  {
    name: 'bot-telegram-chat',
    path: toBridge,
    show: async ({ page, text: { bots } }) => {
      await button(page, bots.telegram.chatOf('Garden friends')).click();
      await dialog(page).getByRole('list').getByText('Garden friends').waitFor();
    },
    close: closeDialog,
  },
  {
    name: 'bot-telegram-token',
    path: toBridge,
    show: async ({ page, text: { bots } }) => {
      await button(page, bots.telegram.replaceOf).click();
      await dialog(page).getByText(bots.telegram.replaceBody).waitFor();
    },
    close: closeDialog,
  },
  {
    name: 'bot-telegram-remove',
    path: toBridge,
    show: async ({ page, text: { bots } }) => {
      await button(page, bots.telegram.forget.action).click();
      await dialog(page).getByText(bots.telegram.forget.body).waitFor();
    },
    close: closeDialog,
  },
];
