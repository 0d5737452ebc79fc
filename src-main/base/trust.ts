import { X509Certificate } from 'node:crypto';
import tls from 'node:tls';

/** What was given as certificates cannot be read as such. */
export class CaUnreadable extends Error {
  constructor(options?: ErrorOptions) {
    super('The CA file is not a certificate in PEM form.', options);
    this.name = 'CaUnreadable';
  }
}

/** What verifies a server's certificate: whom to trust, and the names of which one must be there. */
export interface Trust {
  secureContext: tls.SecureContext;
  checkServerIdentity: (host: string, certificate: tls.PeerCertificate) => Error | undefined;
  /** Server name indication; an IP address has none. */
  servername: string | undefined;
}

interface Anchors {
  secureContext: tls.SecureContext;
  /** Fingerprints of the certificates that were given. */
  pinned: ReadonlySet<string>;
}

/** Reading a few hundred root certificates costs milliseconds, so a context is made once per CA text. */
const known = new Map<string, Anchors>();
const MAX_CONTEXTS = 32;

/**
 * Trusts the authorities that Node brings, those of the system, and the given PEM. The certificate must be for this
 * name, whatever address is connected to.
 *
 * The PEM may also hold the server's own certificate, signed by itself or by anybody: it is pinned then. That very
 * certificate was chosen for this account, so the name in it proves nothing more and is not looked at. It still has to
 * be valid today. Throws `CaUnreadable`.
 */
export function trustFor(name: string, ca: string | undefined): Trust {
  const { secureContext, pinned } = anchorsFor(ca ?? '');
  return {
    secureContext,
    checkServerIdentity: (_host, certificate) =>
      pinned.has(certificate.fingerprint256) ? undefined : tls.checkServerIdentity(name, certificate),
    servername: /^[\d.]+$|^\[/.test(name) ? undefined : name,
  };
}

function anchorsFor(ca: string): Anchors {
  const found = known.get(ca);
  if (found) return found;
  const given = certificatesIn(ca);
  const secureContext = tls.createSecureContext({
    ca: [...authorities(), ...given.map((one) => one.toString())],
    // What was given ends the chain, even if it is no authority: a server's own certificate, or one in between.
    allowPartialTrustChain: given.length > 0,
  });
  const anchors = { secureContext, pinned: new Set(given.map((one) => one.fingerprint256)) };
  const [oldest] = known.keys();
  if (known.size >= MAX_CONTEXTS && oldest !== undefined) known.delete(oldest);
  known.set(ca, anchors);
  return anchors;
}

/** Each one is read here: OpenSSL would leave out, without a word, a broken one and all that follow. */
function certificatesIn(pem: string): X509Certificate[] {
  if (pem.trim() === '') return [];
  const blocks = pem.match(/-----BEGIN CERTIFICATE-----[^-]*-----END CERTIFICATE-----/g) ?? [];
  if (blocks.length === 0 || blocks.length !== pem.match(/-----BEGIN CERTIFICATE-----/g)?.length) {
    throw new CaUnreadable();
  }
  try {
    return blocks.map((block) => new X509Certificate(block));
  } catch (error) {
    throw new CaUnreadable({ cause: error });
  }
}

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
