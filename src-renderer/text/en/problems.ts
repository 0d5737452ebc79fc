/** Why there is nothing to show. */
export const problems = {
  unreachableTitle: 'The engine does not answer',
  unreachable: 'It may be starting, or it was stopped. This page tries again by itself.',
  unreachableNow: 'It may be starting, or it was stopped. Try again in a moment.',
  brokenTitle: 'The engine answered something unexpected',
  broken: 'Its version and the version of this page may differ. Restart Botmother, then try again.',
  refusedTitle: 'That is not possible',
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
} as const;
