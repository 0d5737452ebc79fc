import { expect, it } from 'vitest';
import { ConnectionProblem, explainError } from '../../../../src-main/gateways/xmpp/problem.ts';

const coded = (code: string) => Object.assign(new Error('raw'), { code });

it.each([
  ['CERT_HAS_EXPIRED', 'insecure', 'has expired'],
  ['ERR_TLS_CERT_ALTNAME_INVALID', 'insecure', 'is for another name than x.org'],
  ['SELF_SIGNED_CERT_IN_CHAIN', 'insecure', 'give its CA certificate'],
  ['ECONNREFUSED', 'unreachable', 'h:1 refused the connection'],
  ['ENOTFOUND', 'unreachable', 'host name of h:1 is unknown'],
  ['EPROTO', 'unreachable', 'does not speak TLS'],
  ['ERR_SSL_WRONG_VERSION_NUMBER', 'unreachable', 'does not speak TLS'],
  ['ESTRANGE', 'unreachable', 'failed (ESTRANGE)'],
])('explains %s', (code, kind, words) => {
  const problem = explainError(coded(code), 'h:1', 'x.org');

  expect(problem.kind).toBe(kind);
  expect(problem.message).toContain(words);
});

it('looks into what wraps the error', () => {
  const several = new AggregateError([coded('ECONNREFUSED'), coded('ENETUNREACH')]);
  const inside = new Error('failed', { cause: coded('CERT_HAS_EXPIRED') });

  expect(explainError(several, 'h:1', 'x.org').message).toContain('refused');
  expect(explainError(inside, 'h:1', 'x.org').kind).toBe('insecure');
});

it('leaves a problem as it is', () => {
  const problem = new ConnectionProblem('config', 'words');
  expect(explainError(problem, 'h:1', 'x.org')).toBe(problem);
});
