import type { Entry } from './entry.ts';

/** What is wrong with a request itself, whoever makes it. */
export const requestErrors = {
  'jid.malformed': {
    kind: 'invalid',
    slug: 'bad_request',
    text: '"{jid}" is not an XMPP address. It looks like name@server.example.',
  },
  'jid.has-resource': {
    kind: 'invalid',
    slug: 'bad_request',
    text: '"{jid}" has a resource (the part after the slash). Leave it out.',
  },
  'request.invalid': { kind: 'invalid', slug: 'bad_request', text: '{reason}' },
  'host.unknown': {
    kind: 'misdirected',
    slug: 'misdirected_request',
    text: 'This server does not answer for the host name that was asked. Use 127.0.0.1 or localhost with the right port.',
  },
  'route.unknown': { kind: 'not-found', slug: 'not_found', text: 'There is no route {path}.' },
  'route.slash': {
    kind: 'not-found',
    slug: 'not_found',
    text: 'There is no route {path}. Leave out the slash at its end: {meant}',
  },
  'route.method': {
    kind: 'method',
    slug: 'method_not_allowed',
    text: '{path} takes {allowed}, not {method}.',
  },
  'body.media-type': {
    kind: 'media-type',
    slug: 'unsupported_media_type',
    text: 'Send the body as JSON with the header "Content-Type: application/json".',
  },
  'body.too-large': { kind: 'too-large', slug: 'too_large', text: 'The body is larger than {limit} bytes.' },
  'rate.exceeded': {
    kind: 'limit',
    slug: 'rate_limited',
    text: 'Too many requests. Try again in {seconds} s.',
  },
} as const satisfies Record<string, Entry>;
