import { expect, it } from 'vitest';
import { describeProvider } from '../../support/ai/provider-contract.ts';
import { KEY, problemOf, providerRig } from '../../support/ai/provider-rig.ts';

const said = (role: string, text: string) => ({ role, parts: [{ text }] });

describeProvider('gemini', {
  path: '/v1beta/models/gemini-2.5-flash:generateContent',
  streamedPath: '/v1beta/models/gemini-2.5-flash:streamGenerateContent?alt=sse',
  headers: { 'x-goog-api-key': KEY },
  body: {
    generationConfig: { maxOutputTokens: 512 },
    systemInstruction: { parts: [{ text: 'You are a test.' }] },
    contents: [
      said('user', 'First question'),
      said('model', 'First answer'),
      said('user', 'Why is the sky blue?'),
    ],
  },
  modelsPath: '/v1beta/models?pageSize=1000',
  models: ['gemini-2.5-flash', 'gemini-2.5-pro'],
  requestId: 'gemini-stub',
  cites: true,
});

it.each([false, true])(
  'says that a question was filtered before it was answered (streamed: %s)',
  async (isStreamed) => {
    const rig = await providerRig('gemini');
    const blocked = JSON.stringify({
      promptFeedback: { blockReason: 'PROHIBITED_CONTENT' },
      usageMetadata: { promptTokenCount: 9, totalTokenCount: 9 },
    });
    rig.stub.behaviour.instead = (_asked, _request, response) => {
      const type = isStreamed ? 'text/event-stream' : 'application/json';
      response.writeHead(200, { 'content-type': type }).end(isStreamed ? `data: ${blocked}\n\n` : blocked);
      return true;
    };
    const problem = await problemOf((isStreamed ? rig.askStreamed : rig.ask)());
    expect(problem).toMatchObject({ kind: 'filtered', tokens: { input: 9, output: 0 } });
  },
);
