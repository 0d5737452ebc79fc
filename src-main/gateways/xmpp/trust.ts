import tls from 'node:tls';
import { ConnectionProblem } from './problem.ts';

/** What verifies a server's certificate: whom to trust, and the names of which one must be there. */
export interface Trust {
  secureContext: tls.SecureContext;
  checkServerIdentity: (host: string, certificate: tls.PeerCertificate) => Error | undefined;
  /** Server name indication; an IP address has none. */
  servername: string | undefined;
}

/** Reading a few hundred root certificates costs milliseconds, so a context is made once per CA text. */
const contexts = new Map<string, tls.SecureContext>();
const MAX_CONTEXTS = 32;

/**
 * Trusts the authorities that Node brings, those of the system, and the given PEM. The certificate must be for the XMPP
 * domain, whatever address is connected to (RFC 6120, 13.7.2). Throws a `config` problem when the PEM cannot be read.
 */
export function trustFor(domain: string, ca: string | undefined): Trust {
  return {
    secureContext: contextFor(ca ?? ''),
    checkServerIdentity: (_host, certificate) => tls.checkServerIdentity(domain, certificate),
    servername: /^[\d.]+$|^\[/.test(domain) ? undefined : domain,
  };
}

function contextFor(ca: string): tls.SecureContext {
  const known = contexts.get(ca);
  if (known) return known;
  if (ca !== '' && !/-----BEGIN CERTIFICATE-----/.test(ca)) throw unreadable();
  try {
    const context = tls.createSecureContext({ ca: [...authorities(), ...(ca === '' ? [] : [ca])] });
    const [oldest] = contexts.keys();
    if (contexts.size >= MAX_CONTEXTS && oldest !== undefined) contexts.delete(oldest);
    contexts.set(ca, context);
    return context;
  } catch (error) {
    throw unreadable(error);
  }
}

const unreadable = (cause?: unknown) =>
  new ConnectionProblem('config', 'The CA file is not a certificate in PEM form.', { cause });

function authorities(): string[] {
  return [...new Set([...store('default'), ...store('system')])];
}

function store(kind: 'default' | 'system'): readonly string[] {
  try {
    return tls.getCACertificates(kind);
  } catch {
    return kind === 'default' ? tls.rootCertificates : [];
  }
}
