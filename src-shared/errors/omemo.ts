import type { Entry } from './entry.ts';

/** End-to-end encryption and its devices. */
export const omemoErrors = {
  'omemo.no-device': {
    kind: 'conflict',
    slug: 'no_omemo_device',
    text: '{to} has no device that an encrypted message can be sent to. Sign in there with an app that has OMEMO switched on, then try again.',
  },
  'omemo.no-device-in-room': {
    kind: 'conflict',
    slug: 'no_omemo_device',
    text: 'What is said in {to} is encrypted, and no member has a device that could read it. A member has to sign in with an app where OMEMO is on.',
  },
  'omemo.not-here': {
    kind: 'conflict',
    slug: 'no_omemo_device',
    text: 'The conversation with {to} is encrypted, and {account} has no OMEMO device here. Allow it one with: botmother account omemo {account} on',
  },
  'omemo.no-keys': {
    kind: 'conflict',
    slug: 'conflict',
    text: 'The keys of device {device} were not seen yet, so there is nothing to approve. Write from it once, then try again.',
  },
  'omemo.reaction-stays': {
    kind: 'conflict',
    slug: 'no_omemo_device',
    text: 'No app of {to} could understand that a reaction is taken back: their OMEMO knows texts only. The reaction stays.',
  },
  'omemo.unknown-device': {
    kind: 'not-found',
    slug: 'not_found',
    text: 'There is no device {device}. The list shows the numbers.',
  },
  'omemo.no-own-device': {
    kind: 'conflict',
    slug: 'no_omemo_device',
    text: 'This account has no OMEMO device here. Allow it one with: botmother account omemo JID on',
  },
} as const satisfies Record<string, Entry>;
