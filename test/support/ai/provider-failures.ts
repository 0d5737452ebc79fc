import { expect, it, onTestFinished } from 'vitest';
import { ProviderError } from '../../../src-main/gateways/ai/provider.ts';
import type { ProviderName } from '../../../src-shared/api/ai.ts';
import { BOTH, type Contract } from './contract.ts';
import { problemOf, providerRig } from './provider-rig.ts';

const SECRETS =
  /Why is the sky blue|Because of the molecules|You are a test|sk-test|sk-secret|Words of the provider/;

/** What Node warns of until the test is over: listeners that pile up, on either side. */
function warningsOfNode(): string[] {
  const warnings: string[] = [];
  const note = ({ message }: Error) => void warnings.push(message);
  process.on('warning', note);
  onTestFinished(() => void process.off('warning', note));
  return warnings;
}

/** What becomes of refusals and of answers that are none, and of who does not wait for them. */
export function describeFailures(name: ProviderName, contract: Contract): void {
  it.each(BOTH)('tells its refusals apart (streamed: %s)', async (isStreamed) => {
    const rig = await providerRig(name, { models: contract.models.length ? contract.models : ['sonar'] });
    const ask = isStreamed ? rig.askStreamed : rig.ask;
    const refused = async (status: number, headers = {}) => {
      rig.stub.next({ status, headers });
      const { kind, status: said, retryAfterMs } = await problemOf(ask());
      return { kind, said, retryAfterMs };
    };

    expect((await problemOf(ask({ model: 'no-such-model' }))).kind).toBe('model');
    expect(await refused(400)).toMatchObject({ kind: 'bad-request', said: 400 });
    expect(await refused(401)).toMatchObject({ kind: 'key', said: 401 });
    expect(await refused(402)).toMatchObject({ kind: 'quota' });
    expect(await refused(403)).toMatchObject({ kind: contract.forbids ?? 'key' });
    expect(await refused(413)).toMatchObject({ kind: 'too-long' });
    expect(await refused(429)).toEqual({ kind: 'rate', said: 429, retryAfterMs: undefined });
    expect(await refused(429, { 'retry-after': '7' })).toMatchObject({ kind: 'rate', retryAfterMs: 7_000 });
    expect(await refused(429, { 'retry-after': '1e9' })).toMatchObject({ retryAfterMs: undefined });
    expect(await refused(429, { 'retry-after': '1000000000' })).toMatchObject({ retryAfterMs: 3_600_000 });
    for (const status of [500, 502, 503, 529])
      expect(await refused(status, { 'retry-after': '3' })).toEqual({
        kind: 'busy',
        said: status,
        retryAfterMs: 3_000,
      });
    expect(await refused(302, { location: 'https://elsewhere.example/' })).toMatchObject({
      kind: 'refused-address',
    });
    expect(rig.stub.asked).toHaveLength(15);
    expect(rig.pieces).toEqual([]);
  });

  it('refuses a wrong key', async () => {
    const rig = await providerRig(name, { settings: { apiKey: 'sk-another-0123456789abcdef' } });

    expect((await problemOf(rig.ask())).kind).toBe('key');
    if (contract.modelsPath) expect((await problemOf(rig.models())).kind).toBe('key');
  });

  it.each([
    ['cut', false, 'unreachable'],
    ['cut', true, 'unreachable'],
    ['unfinished', true, 'unreachable'],
    ['error-inside', true, 'busy'],
    ['garbage', false, 'garbage'],
    ['garbage', true, 'garbage'],
    ['broken-piece', true, 'garbage'],
    ['endless', false, 'garbage'],
    ['endless', true, 'garbage'],
    ['huge', false, 'garbage'],
    ['huge', true, 'garbage'],
    ['stalled', false, 'timeout'],
    ['stalled', true, 'timeout'],
    ['silent', false, 'timeout'],
    ['silent', true, 'timeout'],
  ] as const)('survives an answer that is %s (streamed: %s)', async (fault, isStreamed, kind) => {
    const warnings = warningsOfNode();
    const times = ['stalled', 'silent'].includes(fault) ? { answerMs: 300, stallMs: 300 } : {};
    const rig = await providerRig(name, { deps: { times } });
    rig.stub.next({ pieces: ['Because', ' of', ' molecules.'], fault });

    const problem = await problemOf((isStreamed ? rig.askStreamed : rig.ask)());

    expect(problem.kind).toBe(kind);
    expect(warnings).toEqual([]);
  });

  it.each(BOTH)('stops when it is told to (streamed: %s)', async (isStreamed) => {
    const rig = await providerRig(name);
    const stop = new AbortController();
    rig.stub.next({ fault: isStreamed ? 'stalled' : 'silent' });
    const asked = (isStreamed ? rig.askStreamed : rig.ask)({ signal: stop.signal });
    await rig.stub.question(1);

    stop.abort();

    expect((await problemOf(asked)).kind).toBe('stopped');
    const late = new ProviderError('timeout', 'late');
    expect(await problemOf(rig.ask({ signal: AbortSignal.abort(late) }))).toBe(late);
    expect((await problemOf(rig.ask({ signal: AbortSignal.abort() }))).kind).toBe('stopped');
    expect((await problemOf(rig.ask({ signal: AbortSignal.timeout(0) }))).kind).toMatch(/timeout|stopped/);
  });

  it('leaves nothing of what was said, and no key, in errors and in the log', async () => {
    const rig = await providerRig(name);
    rig.stub.next(
      { text: 'Because of the molecules.' },
      { status: 500 },
      { status: 401 },
      { fault: 'garbage' },
    );
    await rig.askStreamed();

    const problems = [
      await problemOf(rig.ask()),
      await problemOf(rig.ask()),
      await problemOf(rig.askStreamed()),
    ];

    for (const problem of problems) expect(`${problem.stack}${problem.cause}`).not.toMatch(SECRETS);
    expect(rig.lines.join('')).not.toMatch(SECRETS);
    expect(rig.lines.map((line) => JSON.parse(line))).toMatchObject([
      { provider: name, method: 'POST', status: 200, ms: expect.any(Number) },
      { status: 500, problem: 'busy' },
      { status: 401, problem: 'key' },
      { status: 200 },
    ]);
  });
}
