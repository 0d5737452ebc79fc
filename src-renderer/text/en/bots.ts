import { count } from '../words.ts';
import { botAi } from './bot-ai.ts';
import { botTabs } from './bot-tabs.ts';
import { botTelegram } from './bot-telegram.ts';
import { newBot } from './new-bot.ts';
import { webhook } from './webhook.ts';

/** The Bot Manager. */
export const bots = {
  title: 'Bots',
  of: (n: number, limit: number) => `${n} of ${limit}`,
  ofAccount: (n: number, limit: number, jid: string) => `${n} of ${limit} bots on ${jid}`,
  new: 'New bot',
  find: 'Find a bot',
  account: 'Account',
  accountActive: 'Botmother active for this account',
  accountOff: (jid: string) =>
    `Botmother is switched off for ${jid}. Its bots neither receive nor send anything.`,
  ownerAway: (jid: string) =>
    `${jid} is not signed in here. Its personal bots rest until it is; dedicated ones go on.`,
  server: 'Server for dedicated bots',
  serverSet: (host: string) => `Dedicated bots live on ${host}`,
  serverMissing: 'No server for dedicated bots',
  filter: 'Which bots are shown',
  filters: { all: 'All', dedicated: 'Dedicated', personal: 'Personal', attention: 'Needs attention' },
  columns: {
    bot: 'Bot',
    state: 'State and address',
    token: 'Token',
    day: 'Last 24 h',
    lastActive: 'Last active',
    on: 'On',
    actions: 'Actions',
  },
  id: (id: number, mode: string) => `ID ${id} · ${mode}`,
  idState: (id: number, state: string) => `ID ${id} · ${state}`,
  speaksAs: (jid: string) => `speaks as ${jid}`,
  never: 'never',
  noToken: 'No token',
  hiddenToken: 'Not shown',
  tokenOf: (name: string) => `token of ${name}`,
  switchOf: (name: string) => `${name} is on`,
  actionsOf: (name: string) => `Actions for ${name}`,
  states: {
    waits: 'Waits for its account',
    accountOff: 'Its account is switched off',
    botsOff: 'All bots are switched off',
    webhookFails: 'webhook fails',
  },
  actions: {
    open: 'Open',
    chat: 'Open chat',
    regenerate: 'Regenerate token…',
    webhook: 'Set webhook',
    revoke: 'Revoke token…',
    delete: 'Delete bot…',
  },
  switchedOn: (name: string) => `${name} is on`,
  switchedOff: (name: string) => `${name} is off`,
  regenerate: {
    title: (name: string) => `Make another token for ${name}?`,
    body: 'Programs that use the old one stop working, at once or after the time you allow.',
    overlap: 'The old token works on for',
    overlaps: { none: 'no time', hour: 'an hour', day: 'a day', week: 'a week' },
    action: 'Make another token',
    doneTitle: 'This is the new token',
    done: (name: string) => `${name} has a new token`,
  },
  revoke: {
    title: (name: string) => `Revoke the token of ${name}?`,
    body: 'Programs cannot use the bot any more, and it is switched off. To use it again, make another token and switch it on.',
    action: 'Revoke token',
    done: (name: string) => `The token of ${name} is revoked`,
  },
  remove: {
    title: (name: string) => `Delete ${name}?`,
    body: 'This cannot be undone.',
    gone: {
      token: 'Its token, commands, settings and picture',
      waiting: (n: number) => `${count(n, 'update that waits', 'updates that wait')} for its program`,
      account: (jid: string) => `Its account ${jid} on the server, with its OMEMO keys`,
      contact: 'Its place among your contacts',
    },
    action: 'Delete bot',
    done: (name: string) => `${name} is deleted`,
  },
  errands: (n: number) =>
    `${count(n, 'account', 'accounts')} of deleted bots could not be removed from the server yet. Botmother tries again by itself.`,
  empty: {
    title: 'No bots yet',
    body: 'A bot takes a name. You get a token, and your program talks to XMPP over HTTP.',
    action: 'Make your first bot',
    chat: 'or write /newbot Weather to yourself',
    noAccountTitle: 'Sign in first',
    noAccountBody: 'Bots belong to an XMPP account of yours.',
    noAccountAction: 'Sign in',
    noneFoundTitle: 'No such bot',
    noneFoundBody: 'No bot has that name, address or state.',
    noneFoundAction: 'Show all bots',
    gone: 'This bot does not exist any more.',
  },
  api: 'API',
  apiAddress: 'API address',
  modes: { local: 'This machine only', network: 'Network, over TLS' },
  chart: {
    title: 'Last 24 hours',
    in: 'In',
    out: 'Out',
    now: 'now',
    sums: (received: number, sent: number, failed: number) =>
      `${received} received, ${sent} sent${failed > 0 ? `, ${failed} failed` : ''} in the last 24 hours`,
  },
  newBot,
  tabs: botTabs,
  ai: botAi,
  telegram: botTelegram,
  webhook,
} as const;
