import type { Page } from 'playwright-core';
import { de } from '../../../src-renderer/text/de.ts';
import { en } from '../../../src-renderer/text/en.ts';
import type { ScreenStage } from './stage.ts';

export const TEXTS = { en, de };
export type Language = keyof typeof TEXTS;
type Texts = typeof en;

/** What a screen needs to be reached. */
export interface Way {
  page: Page;
  text: Texts;
  stage: ScreenStage;
}

/** One picture of the window: a place, and perhaps what is opened there. */
export interface Screen {
  name: string;
  /** On an engine where nobody has signed in. */
  isEmpty?: boolean;
  path: (stage: ScreenStage) => string;
  /** Opens what is to be seen, and waits until it is there. */
  show: (way: Way) => Promise<unknown>;
  /** Takes back what would stay when one goes elsewhere. */
  close?: (way: Way) => Promise<unknown>;
}

export const heading = (page: Page, name: string) =>
  page.getByRole('heading', { level: 1, name, exact: true }).waitFor();
export const button = (page: Page, name: string | RegExp) => page.getByRole('button', { name, exact: true });
export const dialog = (page: Page) => page.getByRole('dialog');
export const closeDialog = async ({ page }: Way) => {
  await page.keyboard.press('Escape');
  await dialog(page).waitFor({ state: 'hidden' });
};
/** Of a form with something in it. */
export const leaveForm = async ({ page, text: { common } }: Way) => {
  await page.keyboard.press('Escape');
  await button(page, common.unsaved.action).click();
  await dialog(page).first().waitFor({ state: 'hidden' });
};
