import type { Entry } from './entry.ts';

/** Files that are sent, and those that came. */
export const fileErrors = {
  'file.too-large': {
    kind: 'too-large',
    slug: 'too_large',
    text: 'The file is larger than {limit} bytes.',
  },
  'file.too-large-for-server': {
    kind: 'too-large',
    slug: 'too_large',
    text: '{server} takes files of at most {limit} bytes. Send a smaller one, or raise its limit (max_size in ejabberd, http_file_share_size_limit in Prosody).',
  },
  'file.empty': { kind: 'invalid', slug: 'bad_request', text: 'The file is empty.' },
  'file.no-service': {
    kind: 'unavailable',
    slug: 'upload_unavailable',
    text: 'The server of {account} keeps no files: it has no upload service (XEP-0363). Switch one on: mod_http_upload in ejabberd, http_file_share in Prosody.',
  },
  'file.upload-quota': {
    kind: 'unavailable',
    slug: 'upload_quota',
    text: '{server} takes no more files for now: too many were uploaded from {account}. Try again in {seconds} s.',
  },
  'file.upload-failed': {
    kind: 'upstream',
    slug: 'upload_failed',
    text: '{server} did not take the file: {reason}. Nothing was sent.',
  },
  'file.not-fetched': {
    kind: 'upstream',
    slug: 'fetch_failed',
    text: 'The file could not be fetched from {host}: {reason}.',
  },
  'file.broken': {
    kind: 'upstream',
    slug: 'file_broken',
    text: 'The file that {host} has is not the one that was sent: it cannot be decrypted.',
  },
  'file.not-found': {
    kind: 'not-found',
    slug: 'not_found',
    text: 'There is no file at this address, or its time is over.',
  },
  'file.other-encryption': {
    kind: 'conflict',
    slug: 'conflict',
    text: 'The encryption of the conversation with {to} changed while the file was uploaded. Nothing was sent; send it again.',
  },
  'file.cancelled': {
    kind: 'conflict',
    slug: 'conflict',
    text: 'The file was not sent: who sent it has gone.',
  },
  'file.busy': {
    kind: 'unavailable',
    slug: 'busy',
    text: 'Too many files are on their way at the moment. Try again in {seconds} s.',
  },
} as const satisfies Record<string, Entry>;
