import { expect } from 'vitest';
import { describeProvider } from '../../support/ai/provider-contract.ts';
import { KEY } from '../../support/ai/provider-rig.ts';

const asked = (text: string) => ({ role: 'user', content: [{ type: 'input_text', text }] });

describeProvider('openai', {
  path: '/v1/responses',
  headers: { authorization: `Bearer ${KEY}`, host: expect.stringContaining('api.openai.com') },
  body: {
    model: 'gpt-4o',
    max_output_tokens: 512,
    store: false,
    input: [
      { role: 'system', content: 'You are a test.' },
      asked('First question'),
      { role: 'assistant', content: 'First answer' },
      asked('Why is the sky blue?'),
    ],
  },
  streamedBody: { stream: true },
  modelsPath: '/v1/models',
  models: ['gpt-4o', 'gpt-4o-mini', 'o1'],
  requestId: 'req_stub',
  forbids: 'region',
  cites: true,
});
