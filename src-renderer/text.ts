import type { BotStatus, SessionState } from '../src-shared/api/status.ts';

const count = (n: number, one: string, many: string) => (n === 1 ? `1 ${one}` : `${n} ${many}`);

/** A word of a command; an address may hold characters that a shell would act upon. */
const word = (jid: string) => (/^[\w.+@-]+$/.test(jid) ? jid : `'${jid}'`);

/** Everything the window says, in one place. */
export const text = {
  product: 'Botmother',
  mainNavigation: 'Main',
  tryAgain: 'Try again',
  details: 'Details',
  copy: (what: string) => `Copy ${what}`,
  copied: 'Copied',

  health: {
    title: 'Health',
    loading: 'Asking the engine',
    checkAgain: 'Check again',
    allWell: 'Everything runs.',
    notWell: (problems: number, warnings: number) => ({
      problems: problems > 0 ? count(problems, 'problem', 'problems') : '',
      warnings: warnings > 0 ? count(warnings, 'warning', 'warnings') : '',
    }),
    counts: (accounts: number, bots: number) =>
      accounts === 0
        ? 'The engine runs. Nobody is signed in yet.'
        : `${count(accounts, 'account', 'accounts')}, ${bots === 0 ? 'no bots yet' : count(bots, 'bot', 'bots')}.`,
  },

  needsYou: {
    title: 'Needs you',
    failed: (jid: string) => `${jid} cannot sign in`,
    backingOff: (jid: string) => `${jid} has lost its connection`,
    unknownReason: 'The server gave no reason.',
    failedHelp: 'Botmother does not try again by itself. When the cause is gone, connect the account again:',
    backingOffHelp: 'Botmother tries again by itself. Messages wait until it is back.',
    disabled: 'Bots are switched off',
    disabledHelp: 'No bot receives or sends anything. Switch them on:',
    wrongPort: 'The API is not on the port you set',
    wrongPortHelp: (url: string) => `Programs reach it at ${url} as before. Choose another port:`,
    portCommand: 'npm run botmother -- settings set api_port 7843',
    reconnectCommand: (jid: string) => `npm run botmother -- account enable ${word(jid)}`,
    enableCommand: 'npm run botmother -- settings set bot_features_enabled true',
    command: 'command',
  },

  engine: {
    title: 'Engine and API',
    runs: 'Engine runs',
    version: (version: string) => `version ${version}`,
    api: 'Bot API listens',
    apiAddress: 'API address',
  },

  accounts: {
    title: 'Accounts',
    owns: (bots: number) => (bots === 0 ? 'no bots yet' : count(bots, 'bot', 'bots')),
    none: 'No account is signed in yet.',
    states: {
      online: 'online',
      connecting: 'connecting',
      backing_off: 'waits to reconnect',
      failed: 'cannot sign in',
      offline: 'offline',
    } satisfies Record<SessionState, string>,
  },

  bots: {
    title: 'Bots',
    columns: { name: 'Bot', id: 'ID', mode: 'Mode', address: 'Address', status: 'Status' },
    modes: { personal: 'personal', dedicated: 'own account', cloud: 'cloud' } satisfies Record<
      BotStatus['mode'],
      string
    >,
    statuses: { active: 'active', disabled: 'disabled' } satisfies Record<BotStatus['status'], string>,
    states: { waits: 'waits for its account', switchedOff: 'switched off' },
  },

  firstAccount: {
    title: 'Sign in your first account',
    body: 'Botmother lives in an XMPP account of yours. Your bots answer there, from any client.',
    terminal: 'In a terminal, in the folder of Botmother',
    command: 'npm run botmother -- account add you@example.org',
    commandHelp: 'With your own address. It asks for the password and keeps it encrypted.',
    chat: 'Then in your chat client',
    chatHelp: (command: string) => ['Write ', command, ' to yourself'] as const,
    here: 'This page follows by itself, there is nothing to reload.',
  },

  firstBot: {
    title: 'Make your first bot',
    body: 'It takes a name. You get a token for your own program in the same chat.',
    command: '/newbot Weather',
    chat: 'In chat',
    chatHelp: (command: string) => ['Write ', command, ' to yourself, from any client'] as const,
    terminal: 'In a terminal',
    terminalCommand: (jid: string) => `npm run botmother -- bot create Weather --account ${word(jid)}`,
    waitFor: (jid: string) => `As soon as ${jid} is online.`,
  },

  lost: {
    title: 'The engine does not answer',
    body: 'What you see may be out of date. It comes back by itself as soon as the engine runs again.',
  },

  problems: {
    unreachableTitle: 'The engine does not answer',
    unreachable: 'It may be starting, or it was stopped. This page tries again by itself.',
    brokenTitle: 'The engine answered something unexpected',
    broken: 'Its version and the version of this page may differ. Restart Botmother, then try again.',
    closedTitle: 'This page may not ask the engine',
    closed: 'The engine refuses what comes from here. Open the panel by its own address, on this machine:',
    signedOutTitle: 'Sign in with a link',
    signedOut:
      'The panel opens with an address that works once. Print one in a terminal, in the folder of Botmother:',
    sessionEndedTitle: 'You are signed out',
    sessionEnded: 'Nobody used this page for an hour, or the engine was started again. Print a new address:',
    linkUsedTitle: 'This address does not work any more',
    linkUsed: 'Each one works once, within five minutes. Print a new one:',
    panelCommand: 'npm run botmother -- panel',
  },
} as const;
