import type { ApiCertificate } from '../../../src-shared/api/status.ts';

/** A certificate in one line: whose it is, how it is recognised, until when it is good, and for which names. */
export function describeCertificate(certificate: ApiCertificate): string {
  const { self_made: isSelfMade, fingerprint, valid_until: validUntil, names, problem } = certificate;
  const facts = [
    fingerprint && `${isSelfMade ? 'self-made ' : ''}certificate, SHA-256 ${fingerprint}`,
    validUntil !== null && `valid until ${new Date(validUntil * 1_000).toISOString().slice(0, 10)}`,
    names.length > 0 && `for ${names.join(' ')}`,
  ].filter(Boolean);
  return [facts.join(', '), problem].filter(Boolean).join('. ');
}
