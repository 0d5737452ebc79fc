import type { Page } from 'playwright-core';
import { PAGES } from '../../../src-renderer/views/settings/pages.ts';
import { BOTS, MADE } from './bot-screens.ts';
import { button, closeDialog, dialog, heading, type Screen } from './screen.ts';
import type { ScreenStage } from './stage.ts';

const chat = (stage: ScreenStage, jid: string) =>
  `/chats/${encodeURIComponent(stage.me)}/${encodeURIComponent(jid)}`;
const said = (page: Page, words: string | RegExp) => page.getByRole('log').getByText(words).first().waitFor();
const composer = (page: Page) => page.locator('[data-composer]');
const empty = (name: string, path: string, show: Screen['show']): Screen => ({
  name,
  isEmpty: true,
  path: () => path,
  show,
});

const toSelf = (stage: ScreenStage) => chat(stage, stage.me);
const toBot = (stage: ScreenStage) => chat(stage, stage.bots.herald.jid);
const toFriend = (stage: ScreenStage) => chat(stage, stage.lena);

const FIRST: Screen[] = [
  empty('welcome', '/welcome', ({ page, text }) => heading(page, text.firstRun.title)),
  empty('welcome-more', '/welcome', async ({ page, text: { firstRun } }) => {
    await button(page, firstRun.advanced).click();
    await page.getByRole('button', { name: firstRun.restore }).click();
    await page.getByText('npm run botmother -- restore FILE').waitFor();
  }),
  empty('chats-none', '/chats', ({ page, text }) => page.getByText(text.chats.noAccount.title).waitFor()),
  empty('bots-none', '/bots', ({ page, text }) => page.getByText(text.bots.empty.noAccountTitle).waitFor()),
  empty('health-none', '/health', ({ page, text }) => heading(page, text.health.page.title)),
];

const CHATS: Screen[] = [
  { name: 'chat-self', path: toSelf, show: ({ page }) => said(page, /11 mm/) },
  {
    name: 'chat-bot',
    path: toBot,
    show: async ({ page }) => {
      await said(page, /The greenhouse this morning/);
      await page.getByRole('log').locator('img[src]').first().waitFor();
    },
  },
  { name: 'chat-friend', path: toFriend, show: ({ page }) => said(page, /a minute/) },
  { name: 'chat-room', path: (stage) => chat(stage, stage.room), show: ({ page }) => said(page, /clock/) },
  { name: 'chat-rtl', path: (stage) => chat(stage, stage.noor), show: ({ page }) => said(page, /nine/) },
  {
    name: 'chat-commands',
    path: toBot,
    show: async ({ page, text }) => {
      await composer(page).fill('/');
      await page.getByRole('listbox', { name: text.chats.palette.label }).waitFor();
    },
    close: ({ page }) => composer(page).fill(''),
  },
  {
    name: 'chat-encryption',
    path: toBot,
    show: async ({ page, text }) => {
      await page
        .locator('header')
        .getByRole('button', { name: /OMEMO|New key|Neuer Schlüssel/ })
        .click();
      await page.getByText(text.chats.encryption.here).waitFor();
    },
    close: ({ page, text }) => button(page, text.chats.header.closePanel).last().click(),
  },
  {
    name: 'chat-info',
    path: toFriend,
    show: async ({ page, text }) => {
      await button(page, text.chats.header.openPanel).click();
      await page.getByText(text.chats.panel.through).waitFor();
    },
    close: ({ page, text }) => button(page, text.chats.header.closePanel).last().click(),
  },
  {
    name: 'chat-menu',
    path: toFriend,
    show: async ({ page, text }) => {
      await button(page, text.chats.header.more('Lena Hoffmann')).click();
      await page.getByRole('menuitem', { name: text.chats.menu.copyAddress }).waitFor();
    },
    close: ({ page }) => page.keyboard.press('Escape'),
  },
  {
    name: 'chat-emojis',
    path: toFriend,
    show: async ({ page, text }) => {
      await button(page, text.chats.composer.emoji).click();
      await page.getByPlaceholder(text.chats.emoji.search).waitFor();
    },
    close: ({ page }) => page.keyboard.press('Escape'),
  },
  {
    name: 'chat-new',
    path: toSelf,
    show: async ({ page, text }) => {
      await button(page, text.chats.list.newChat).click();
      await dialog(page).getByLabel(text.chats.newChat.address).waitFor();
    },
    close: closeDialog,
  },
];

const SETTINGS: Screen[] = [
  ...PAGES.map(
    ({ name }): Screen => ({
      name: `settings-${name}`,
      path: () => `/settings/${name}`,
      show: ({ page, text }) => heading(page, text.settings.pages[name]),
    }),
  ),
  {
    name: 'settings-remove-account',
    path: () => '/settings/accounts',
    show: async ({ page, text, stage }) => {
      await button(page, text.settings.accounts.remove).first().click();
      await dialog(page).getByText(text.common.typeToConfirm(stage.me)).waitFor();
    },
    close: closeDialog,
  },
];

const ANYWHERE: Screen[] = [
  {
    name: 'jump',
    path: () => '/bots',
    show: async ({ page, text }) => {
      await page.keyboard.press('Control+k');
      await page.getByPlaceholder(text.shell.jumpTo).waitFor();
    },
    close: closeDialog,
  },
  {
    name: 'keys',
    path: () => '/bots',
    show: async ({ page, text }) => {
      await page.keyboard.press('?');
      await page.getByRole('dialog', { name: text.shell.keys }).waitFor();
    },
    close: closeDialog,
  },
  {
    name: 'account-menu',
    path: () => '/bots',
    show: async ({ page, text }) => {
      await page.locator('#rail').getByRole('button').last().click();
      await page.getByRole('menuitem', { name: text.shell.manageBots }).waitFor();
    },
    close: ({ page }) => page.keyboard.press('Escape'),
  },
  {
    name: 'not-found',
    path: () => '/nowhere',
    show: ({ page, text }) => page.getByText(text.shell.notFoundTitle).waitFor(),
  },
];

/** Every place of the window and every dialog of weight; a test holds that no place is missing. */
export const SCREENS: readonly Screen[] = [
  ...FIRST,
  ...CHATS,
  ...BOTS,
  { name: 'health', path: () => '/health', show: ({ page, text }) => heading(page, text.health.page.title) },
  {
    name: 'sign-in-again',
    path: (stage) => `/welcome?account=${encodeURIComponent(stage.me)}`,
    show: ({ page, text, stage }) => heading(page, text.firstRun.againTitle(stage.me)),
  },
  ...SETTINGS,
  ...ANYWHERE,
  MADE,
];
