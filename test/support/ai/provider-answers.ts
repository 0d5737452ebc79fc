import { expect, it } from 'vitest';
import type { ProviderName } from '../../../src-shared/api/ai.ts';
import { BOTH, type Contract } from './contract.ts';
import { KEY, problemOf, providerRig } from './provider-rig.ts';

/** What is sent, and what becomes of its answers. */
export function describeAnswers(name: ProviderName, contract: Contract): void {
  it('is asked at its path, with its headers and body, and answers', async () => {
    const rig = await providerRig(name);
    rig.stub.next({ text: 'Because of the molecules.', tokens: { input: 20, output: 6 } });

    const answer = await rig.ask();

    expect(answer).toEqual({
      text: 'Because of the molecules.',
      reasoning: '',
      sources: [],
      inputTokens: 20,
      outputTokens: 6,
      requestId: contract.requestId,
      finish: 'stop',
    });
    const [asked] = rig.stub.asked;
    expect(asked).toMatchObject({ method: 'POST', path: contract.path, body: contract.body });
    expect(asked?.headers).toMatchObject({
      'content-type': 'application/json',
      'user-agent': 'Botmother',
      ...contract.headers,
    });
    expect(asked?.system).toBe('You are a test.');
    expect(asked?.turns).toEqual([
      'user: First question',
      'assistant: First answer',
      'user: Why is the sky blue?',
    ]);
    expect(JSON.stringify(asked?.body)).not.toMatch(/temperature|top_p|stream":true/);
    expect(asked?.path).not.toContain(KEY);
  });

  it('hands on a streamed answer piece by piece', async () => {
    const rig = await providerRig(name);
    rig.stub.next({
      pieces: ['Because', ' of\n', '\nthe ', 'mole', 'cules.'],
      tokens: { input: 20, output: 6 },
    });

    const answer = await rig.askStreamed();

    expect(answer).toMatchObject({
      text: 'Because of\n\nthe molecules.',
      inputTokens: 20,
      outputTokens: 6,
      finish: 'stop',
    });
    expect(rig.pieces.join('')).toBe(answer.text);
    expect(rig.pieces.length).toBeGreaterThan(2);
    const [asked] = rig.stub.asked;
    expect(asked).toMatchObject({
      path: contract.streamedPath ?? contract.path,
      isStreamed: true,
      body: { ...contract.body, ...contract.streamedBody },
    });
  });

  it('is asked without a system prompt where there is none', async () => {
    const rig = await providerRig(name);

    await rig.ask({ system: '' });

    expect(rig.stub.asked[0]).toMatchObject({ system: '', question: 'Why is the sky blue?' });
  });

  it.each(BOTH)('keeps thoughts apart (streamed: %s)', async (isStreamed) => {
    const rig = await providerRig(name);
    const reasoning = contract.reasons === false ? undefined : 'Let me think.';
    rig.stub.next(
      { text: 'Blue.', ...(reasoning && { reasoning }) },
      { pieces: ['<th', 'ink>Let me', ' think.</thi', 'nk>\n\nBl', 'ue.'] },
    );
    const ask = isStreamed ? rig.askStreamed : rig.ask;

    const first = await ask();
    const second = await ask();

    if (reasoning) expect(first).toMatchObject({ text: 'Blue.', reasoning: 'Let me think.' });
    expect(second).toMatchObject({ text: 'Blue.', reasoning: 'Let me think.' });
    if (isStreamed) expect(rig.pieces.join('')).toBe('Blue.Blue.');
  });

  it.each(contract.cites ? BOTH : [])('names its sources (streamed: %s)', async (isStreamed) => {
    const rig = await providerRig(name);
    const sources = ['https://example.org/sky', 'https://example.org/light'];
    rig.stub.next({ text: 'Blue.', sources });

    const answer = await (isStreamed ? rig.askStreamed : rig.ask)();

    expect(answer.sources).toEqual(sources);
  });

  it.each(BOTH)('says that an answer was cut off (streamed: %s)', async (isStreamed) => {
    const rig = await providerRig(name);
    rig.stub.next({ text: 'Because of', finish: 'length' });

    expect(await (isStreamed ? rig.askStreamed : rig.ask)()).toMatchObject({
      text: 'Because of',
      finish: 'length',
    });
  });

  it.each(contract.filters === false ? [] : BOTH)(
    'says that an answer was filtered (streamed: %s)',
    async (isStreamed) => {
      const rig = await providerRig(name);
      rig.stub.next({ text: 'Beca', finish: 'filtered' }, { text: '', pieces: [], finish: 'filtered' });
      const ask = isStreamed ? rig.askStreamed : rig.ask;

      expect(await ask()).toMatchObject({ text: 'Beca', finish: 'filtered' });
      expect((await problemOf(ask())).kind).toBe('filtered');
    },
  );

  it('lists its models', async () => {
    const rig = await providerRig(name);

    const models = await rig.models();

    expect(models.filter(({ isOther }) => !isOther)).toEqual(contract.models.map((id) => ({ id })));
    if (contract.modelsPath === undefined) return expect(rig.stub.asked).toEqual([]);
    expect(rig.stub.asked).toEqual([
      expect.objectContaining({ method: 'GET', path: contract.modelsPath, key: KEY }),
    ]);
    rig.stub.behaviour.listStatus = 503;
    expect((await problemOf(rig.models())).kind).toBe('busy');
  });

  it.each(BOTH)('calls an answer without words empty (streamed: %s)', async (isStreamed) => {
    const rig = await providerRig(name);
    const ask = isStreamed ? rig.askStreamed : rig.ask;
    rig.stub.next(
      { text: '', pieces: [] },
      { text: ' \n ' },
      { text: '<think>Hm.</think>' },
      { text: '<think>Hm', finish: 'length' },
    );

    const used = { input: 11, output: 7 };
    for (let nth = 0; nth < 4; nth++)
      expect(await problemOf(ask())).toMatchObject({ kind: 'empty', tokens: used });
  });

  it.each(BOTH)('cleans what cannot be shown (streamed: %s)', async (isStreamed) => {
    const rig = await providerRig(name);
    rig.stub.next({
      text: 'a\uffffb\u0000c\u001b[31md\r\ne\ud83d f😀',
      pieces: ['a\uffffb\u0000', 'c\u001b[31md\r\n', 'e\ud83d', ' f\ud83d', '\ude00'],
      fault: 'invalid-utf8',
    });

    const { text } = await (isStreamed ? rig.askStreamed : rig.ask)();

    expect(text).toBe('a\ufffdbc[31md\ne\ufffd f😀');
  });
}
