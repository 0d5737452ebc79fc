import type { ShellLanguage } from '../text/text.ts';
import { ICONS, type IconName, LOGO, PAGE_STYLE } from './page-style.ts';

/** Addresses that the links of a shell page lead to; the window catches them, nothing is loaded from there. */
export const SHELL_ACTIONS = {
  retry: 'botmother-shell:retry',
  quit: 'botmother-shell:quit',
  logs: 'botmother-shell:logs',
  'key-file': 'botmother-shell:key-file',
} as const;
export type ShellAction = keyof typeof SHELL_ACTIONS;

export const shellActionOf = (url: string): ShellAction | undefined =>
  (Object.keys(SHELL_ACTIONS) as ShellAction[]).find((action) => SHELL_ACTIONS[action] === url);

interface Link {
  action: ShellAction;
  label: string;
}

export interface ShellPage {
  tone: 'bad' | 'wait' | 'ask';
  title: string;
  /** What happened, what it means, what to do: one paragraph each. */
  paragraphs: readonly string[];
  /** In a frame of its own, to be read and copied as it is. */
  quote?: string;
  /** Ways to go on between which the person chooses, with what each of them means. */
  choices?: readonly (Link & { icon: IconName; title: string; text: string })[];
  /** The first one is what most want. */
  actions?: readonly Link[];
}

const TONE_ICONS = { bad: 'alert', wait: 'refresh', ask: 'key' } as const satisfies Record<
  ShellPage['tone'],
  IconName
>;

/** A page of the shell itself, for when there is no engine to load one from. It has no scripts. */
export function shellPage(page: ShellPage, language: ShellLanguage): string {
  const { tone, title, paragraphs, quote, choices = [], actions = [] } = page;
  const html = `<!doctype html><html lang="${language}"><head><meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>Botmother</title><style>${PAGE_STYLE}</style></head><body><main role="${tone === 'ask' ? 'main' : 'alert'}">
<header>${LOGO}<span>Botmother</span></header>
<h1><i class="${tone}">${ICONS[TONE_ICONS[tone]]}</i>${escapeHtml(title)}</h1>
${quote === undefined ? '' : `<blockquote>${escapeHtml(quote)}</blockquote>`}
${paragraphs.map((text) => `<p>${escapeHtml(text)}</p>`).join('')}
${choices.length === 0 ? '' : `<ul>${choices.map(choiceHtml).join('')}</ul>`}
${actions.length === 0 ? '' : `<nav>${actions.map(linkHtml).join('')}</nav>`}</main></body></html>`;
  return `data:text/html;charset=utf-8,${encodeURIComponent(html)}`;
}

const linkHtml = ({ action, label }: Link) => `<a href="${SHELL_ACTIONS[action]}">${escapeHtml(label)}</a>`;

const choiceHtml = (choice: NonNullable<ShellPage['choices']>[number]) =>
  `<li><i>${ICONS[choice.icon]}</i><div><h2>${escapeHtml(choice.title)}</h2><p>${escapeHtml(choice.text)}</p>${linkHtml(choice)}</div></li>`;

const escapeHtml = (text: string) =>
  text.replace(/[&<>"']/g, (character) => `&#${character.codePointAt(0)};`);
