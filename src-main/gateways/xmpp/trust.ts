import { CaUnreadable, type Trust, trustFor as trustForName } from '../../base/trust.ts';
import { ConnectionProblem } from './problem.ts';

export type { Trust };

/**
 * As `trustFor` of base: a certificate has to be for the XMPP domain, whatever address is connected to (RFC 6120, 13.7.2).
 * Throws a `config` problem when the PEM cannot be read.
 */
export function trustFor(domain: string, ca: string | undefined): Trust {
  try {
    return trustForName(domain, ca);
  } catch (error) {
    if (!(error instanceof CaUnreadable)) throw error;
    throw new ConnectionProblem('config', error.message, { cause: error });
  }
}
