import type { Entry } from './entry.ts';

/** Bots: what they are called, how they look, what they can. */
export const botErrors = {
  'bot.not-found': { kind: 'not-found', slug: 'not_found', text: 'There is no bot with ID {id}.' },
  'bot.disabled': {
    kind: 'forbidden',
    slug: 'bot_disabled',
    text: 'Bot {id} is deactivated. Activate it first.',
  },
  'bot.not-personal': {
    kind: 'invalid',
    slug: 'bad_request',
    text: 'Bot {id} has an account of its own: write to it there.',
  },
  'bot.name': {
    kind: 'invalid',
    slug: 'bad_request',
    text: 'A bot name has 1 to 64 characters and no control characters.',
  },
  'bot.description': {
    kind: 'invalid',
    slug: 'bad_request',
    text: 'A description has at most {limit} characters.',
  },
  'avatar.not-base64': {
    kind: 'invalid',
    slug: 'bad_request',
    text: '`avatar` must be an image in base64.',
  },
  'avatar.format': {
    kind: 'invalid',
    slug: 'bad_request',
    text: 'This is not a picture that can be shown. Give a PNG, JPEG, GIF, WebP or AVIF image.',
  },
  'avatar.too-large': {
    kind: 'invalid',
    slug: 'bad_request',
    text: 'The picture is {bytes} bytes large; at most {limit} are allowed. Scale it down, or save it as JPEG.',
  },
  'avatar.too-many-pixels': {
    kind: 'invalid',
    slug: 'bad_request',
    text: 'The picture has {width} × {height} pixels, more than the {limit} that are allowed. Scale it down; 256 × 256 are shown.',
  },
  'avatar.broken': {
    kind: 'invalid',
    slug: 'bad_request',
    text: 'The picture is damaged or incomplete. Save it anew, as PNG or JPEG, and try again.',
  },
  'avatar.too-slow': {
    kind: 'invalid',
    slug: 'bad_request',
    text: 'The picture takes too long to read. Save it anew, smaller, as PNG or JPEG.',
  },
  'bot.no-avatar': { kind: 'not-found', slug: 'not_found', text: 'Bot {id} has no avatar.' },
  'commands.name': {
    kind: 'invalid',
    slug: 'bad_request',
    text: '"{command}" is not a command name: use 1 to 32 of a-z, 0-9 and _.',
  },
  'commands.description': {
    kind: 'invalid',
    slug: 'bad_request',
    text: 'The description of {command} has at most {limit} characters, on one line.',
  },
  'commands.twice': { kind: 'invalid', slug: 'bad_request', text: '`commands` names {command} twice.' },
  'commands.too-many': { kind: 'invalid', slug: 'bad_request', text: 'A bot has at most {limit} commands.' },
  'bot.limit': {
    kind: 'limit',
    slug: 'limit_reached',
    text: '{owner} has {limit} bots already, which is the most. Delete one first.',
  },
  'bot.cloud-unavailable': {
    kind: 'unavailable',
    slug: 'cloud_not_available',
    text: 'Cloud bots are not available yet.',
  },
  'bots.disabled': {
    kind: 'unavailable',
    slug: 'disabled',
    text: 'Bots are switched off here (setting bot_features_enabled).',
  },
  'bot.owner-is-bot': {
    kind: 'invalid',
    slug: 'bad_request',
    text: '{owner} is a bot of this installation. Name a person as the owner.',
  },
  'bot.not-dedicated': {
    kind: 'invalid',
    slug: 'bad_request',
    text: 'Bot {id} has no account of its own, so it has no devices. They belong to the account it speaks through.',
  },
} as const satisfies Record<string, Entry>;
