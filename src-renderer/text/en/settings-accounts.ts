import { count } from '../words.ts';

/** The page of accounts. */
export const settingsAccounts = {
  add: 'Add account…',
  emptyTitle: 'No account yet',
  emptyBody: 'Sign in with an XMPP account of yours. Your bots run on it.',
  operator: 'Operator',
  makeOperator: 'Make operator',
  operatorHelp: 'The operator may manage this installation from chat.',
  operatorNow: (jid: string) => `${jid} is the operator now`,
  enabled: (jid: string) => `${jid} is switched on`,
  on: (jid: string) => `${jid} is on`,
  off: (jid: string) => `${jid} is off. Its bots rest`,
  language: 'Language of answers',
  languageAuto: 'As set for all',
  omemo: 'End-to-end encryption (OMEMO)',
  omemoOn: 'Your account has a device of its own here. The chat with yourself is encrypted.',
  omemoOff:
    'No device here: the chat with yourself is not encrypted, and dedicated bots know no device of yours here.',
  omemoOffTitle: 'Take the OMEMO device away?',
  omemoOffBody: (jid: string) =>
    `The device of ${jid} goes from the network, and its keys are forgotten. Messages that were encrypted for it cannot be read here any more.`,
  omemoOffAction: 'Take device away',
  fingerprint: 'Fingerprint',
  fingerprintOf: (jid: string) => `Fingerprint of ${jid}`,
  fingerprintHelp: 'Compare it with what your other app shows for this device, or scan it there.',
  noDevice: 'The device appears when the account is online.',
  showDevices: 'Show devices',
  hideDevices: 'Hide devices',
  signInAgain: 'Sign in again…',
  remove: 'Remove…',
  removeTitle: (jid: string) => `Remove ${jid}?`,
  removeBody:
    'It is signed out and forgotten here. The account itself stays on its server. This cannot be undone.',
  removeAction: 'Remove account',
  goneBots: (n: number) => `${count(n, 'bot', 'bots')} with tokens, keys and waiting updates`,
  goneKeys: 'Its password and encryption keys here',
  removed: (jid: string) => `${jid} is removed`,
  deviceLeft: (device: number) =>
    `It was not online, so its device ${device} may still be listed on the server. Remove that device in another app.`,
} as const;
