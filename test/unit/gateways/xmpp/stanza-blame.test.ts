import { expect, it } from 'vitest';
import { ConnectionProblem } from '../../../../src-main/gateways/xmpp/problem.ts';
import { StanzaBlame } from '../../../../src-main/gateways/xmpp/stanza-blame.ts';
import { StreamErrorProblem } from '../../../../src-main/gateways/xmpp/stream-error.ts';

const error = (condition: string) => new StreamErrorProblem('protocol', 'x', { condition });
const POLICY = error('policy-violation');

it('blames nothing for a first error, but is careful from then on', () => {
  const blame = new StanzaBlame();
  expect(blame.streamEnded(POLICY, ['a'])).toBe(false);
  expect(blame.isCareful).toBe(true);
});

it('blames a suspect that was alone at a second error, and keeps the others under suspicion', () => {
  const blame = new StanzaBlame();
  blame.streamEnded(POLICY, ['a', 'b', 'c']);
  blame.passed('a');
  expect(blame.streamEnded(error('invalid-xml'), ['b'])).toBe(true);
  expect(blame.isCareful).toBe(true);
  blame.passed('c');
  expect(blame.isCareful).toBe(false);
});

it('does not blame a stanza that was not there the first time', () => {
  const blame = new StanzaBlame();
  blame.streamEnded(POLICY, ['a']);
  expect(blame.streamEnded(POLICY, ['new'])).toBe(false);
});

it('does not blame one of several', () => {
  const blame = new StanzaBlame();
  blame.streamEnded(POLICY, ['a', 'b']);
  expect(blame.streamEnded(POLICY, ['a', 'b'])).toBe(false);
});

it.each([
  error('system-shutdown'),
  error('conflict'),
  error('internal-server-error'),
  new ConnectionProblem('closed', 'cut'),
  // What this side ended the stream with is about a stanza of the server.
  new ConnectionProblem('protocol', 'ours', { condition: 'policy-violation' }),
])('leaves out ends that are not about a stanza: %#', (problem) => {
  const blame = new StanzaBlame();
  blame.streamEnded(POLICY, ['a']);
  expect(blame.streamEnded(problem, ['a'])).toBe(false);
});

it('forgets suspects that are no longer under way, and all of them after a while', () => {
  const blame = new StanzaBlame();
  blame.streamEnded(POLICY, ['a', 'b']);
  blame.retain(['b']);
  expect(blame.streamEnded(POLICY, ['a'])).toBe(false);
  blame.forget();
  expect(blame.isCareful).toBe(false);
});
