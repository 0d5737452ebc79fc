import type { Entry } from './entry.ts';

/** The certificate of network mode. */
export const certificateErrors = {
  'certificate.missing': {
    kind: 'invalid',
    slug: 'bad_request',
    text: '{file}: there is no such file. Check its name.',
  },
  'certificate.unreadable': {
    kind: 'invalid',
    slug: 'bad_request',
    text: '{file} cannot be read by the user that Botmother runs as. Let that user read it.',
  },
  'certificate.no-file': {
    kind: 'invalid',
    slug: 'bad_request',
    text: '{file} is not an ordinary file. Name a file in PEM form.',
  },
  'certificate.too-large': {
    kind: 'invalid',
    slug: 'bad_request',
    text: '{file} is larger than {limit} KiB, so it is no certificate or key. Name a file in PEM form.',
  },
  'certificate.no-certificate': {
    kind: 'invalid',
    slug: 'bad_request',
    text: '{file} holds no certificate in PEM form (it begins with -----BEGIN CERTIFICATE-----), or a damaged one.',
  },
  'certificate.no-names': {
    kind: 'invalid',
    slug: 'bad_request',
    text: 'The certificate in {file} names no host and no address (subjectAltName), so no client would take it. The first in the file has to be that of the server.',
  },
  'certificate.not-for-servers': {
    kind: 'invalid',
    slug: 'bad_request',
    text: 'The certificate in {file} is not made for servers (extendedKeyUsage), so no client would take it.',
  },
  'certificate.no-key': {
    kind: 'invalid',
    slug: 'bad_request',
    text: '{file} holds no private key in PEM form (it begins with -----BEGIN PRIVATE KEY-----), or a damaged one.',
  },
  'certificate.key-locked': {
    kind: 'invalid',
    slug: 'bad_request',
    text: 'The key in {file} is locked with a passphrase. Write it unlocked: openssl pkey -in FILE -out NEWFILE',
  },
  'certificate.key-mismatch': {
    kind: 'invalid',
    slug: 'bad_request',
    text: 'The key in {key} does not belong to the certificate in {cert}. Set both at once; the certificate of the server comes first in its file.',
  },
  'certificate.unusable': {
    kind: 'invalid',
    slug: 'bad_request',
    text: 'The certificate in {file} cannot be used for TLS. Use a key of RSA with 2048 bits or more, or P-256.',
  },
  'certificate.expired': {
    kind: 'invalid',
    slug: 'bad_request',
    text: 'The certificate in {file} ran out on {day}. Get a new one.',
  },
  'certificate.not-yet': {
    kind: 'invalid',
    slug: 'bad_request',
    text: 'The certificate in {file} is valid from {day} on only. Check the clock of this machine.',
  },
  'certificate.half': {
    kind: 'invalid',
    slug: 'bad_request',
    text: 'Until {missing} is set too, the API uses the certificate that Botmother made itself.',
  },
  'certificate.none': {
    kind: 'not-found',
    slug: 'not_found',
    text: 'There is no certificate yet. It is made when network mode is switched on.',
  },
} as const satisfies Record<string, Entry>;
