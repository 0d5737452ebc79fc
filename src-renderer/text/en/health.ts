import { count } from '../words.ts';

/** The page about how everything is. */
export const health = {
  page: {
    title: 'Health',
    loading: 'Asking the engine',
    checkAgain: 'Check again',
    copyReport: 'report',
    allWell: 'Everything runs.',
    checks: (n: number) => count(n, 'check', 'checks'),
    problems: (n: number) => count(n, 'problem', 'problems'),
    warnings: (n: number) => count(n, 'warning', 'warnings'),
  },
  needsYou: { title: 'Needs you', command: 'command' },
  worthKnowing: 'Worth knowing',
  fine: 'What is fine',
  actions: {
    'sign-in': 'Sign in',
    account: 'Sign in again',
    'switch-on-account': 'Switch on',
    'choose-operator': 'Choose the operator',
    'switch-on-bots': 'Switch bots on',
    'api-settings': 'Open the API settings',
    'server-settings': 'Open the server settings',
    'restart-bot': 'Switch off and on',
    'bot-devices': 'Show devices',
    'bot-webhook': 'Show deliveries',
    'bot-telegram': 'Show the bridge',
    'bot-ai': 'Show the AI',
  },
  done: {
    account: (jid: string) => `${jid} is on`,
    bots: 'Bots are on',
    bot: (name: string) => `${name} starts again`,
  },
  terminal: 'In a terminal',
  engine: {
    title: 'Engine and API',
    runs: 'Engine runs',
    version: (version: string) => `version ${version}`,
    api: 'Bot API listens',
    apiAddress: 'API address',
    bots: 'Bots',
  },
  accounts: {
    title: 'Accounts',
    none: 'No account is signed in yet.',
  },
} as const;
