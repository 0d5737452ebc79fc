import { DomainError, refuse } from '../../../src-shared/errors.ts';
import { type AdminAccess, AdminProblem } from '../../gateways/ejabberd-admin/client.ts';
import { ConnectionProblem } from '../../gateways/xmpp/problem.ts';
import { StanzaError } from '../../gateways/xmpp/session.ts';
import { CommandFailed, isNotOffered } from '../../gateways/xmpp/xep-0050-ad-hoc-client.ts';
import { RegistrationClosed } from '../../gateways/xmpp/xep-0077-registration.ts';

/** What went wrong with the admin API, in words; a defect stays what it is. */
export function explainAdminApi(error: unknown, { apiUrl, adminJid }: AdminAccess): unknown {
  if (!(error instanceof AdminProblem)) return error;
  const { kind, message } = error;
  if (kind === 'unreachable') return refuse('ejabberd.unreachable', { url: apiUrl, reason: message });
  if (kind === 'foreign') return refuse('ejabberd.foreign', { url: apiUrl });
  if (kind === 'credentials') return refuse('ejabberd.credentials', { jid: adminJid });
  if (kind === 'rights') return refuse('ejabberd.rights', { jid: adminJid });
  if (kind === 'no-command') return refuse('ejabberd.no-command', { command: message });
  if (kind === 'ca') return refuse('request.invalid', { reason: `\`ca\`: ${message}` });
  return refuse('ejabberd.failed', { reason: message });
}

/** What went wrong over XMPP, in words; a defect stays what it is. `jid` is who signs in, if anybody does. */
export function explainXmpp(error: unknown, { host, jid }: { host: string; jid?: string }): unknown {
  if (error instanceof DomainError) return error;
  if (error instanceof ConnectionProblem) return explainConnection(error, { host, jid: jid ?? host });
  if (error instanceof RegistrationClosed) {
    return refuse('provisioning.no-registration', { host, reason: error.message });
  }
  if (error instanceof StanzaError) {
    if (error.condition === 'resource-constraint' || error.type === 'wait') {
      return refuse('provisioning.too-fast', { host });
    }
    if (jid !== undefined && isNotOffered(error)) return refuse('provisioning.rights', { host, jid });
    return refuse('provisioning.failed', { host, reason: error.condition });
  }
  if (error instanceof CommandFailed) return refuse('provisioning.failed', { host, reason: error.message });
  return error;
}

function explainConnection(
  { kind, message }: ConnectionProblem,
  { host, jid }: { host: string; jid: string },
) {
  if (kind === 'credentials') return refuse('ejabberd.credentials', { jid });
  if (kind === 'config') return refuse('request.invalid', { reason: message });
  return refuse('provisioning.unreachable', { host, reason: message });
}

/** Runs one piece of work; what it rejects with is explained. */
export async function explained<T>(work: Promise<T>, explain: (error: unknown) => unknown): Promise<T> {
  try {
    return await work;
  } catch (error) {
    throw explain(error);
  }
}
