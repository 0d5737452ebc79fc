import { describeProvider } from '../../support/ai/provider-contract.ts';
import { KEY } from '../../support/ai/provider-rig.ts';

const MESSAGES = [
  { role: 'system', content: 'You are a test.' },
  { role: 'user', content: [{ type: 'text', text: 'First question' }] },
  { role: 'assistant', content: 'First answer' },
  { role: 'user', content: [{ type: 'text', text: 'Why is the sky blue?' }] },
];

describeProvider('mistral', {
  path: '/v1/chat/completions',
  headers: { authorization: `Bearer ${KEY}` },
  body: { model: 'mistral-large-latest', max_tokens: 512, messages: MESSAGES },
  streamedBody: { stream: true },
  modelsPath: '/v1/models',
  models: ['mistral-large-latest', 'mistral-small-latest'],
  requestId: 'req_stub',
  filters: false,
});
