import { describeProvider } from '../../support/ai/provider-contract.ts';
import { KEY } from '../../support/ai/provider-rig.ts';

const MESSAGES = [
  { role: 'system', content: 'You are a test.' },
  { role: 'user', content: 'First question' },
  { role: 'assistant', content: 'First answer' },
  { role: 'user', content: 'Why is the sky blue?' },
];

describeProvider('groq', {
  path: '/openai/v1/chat/completions',
  headers: { authorization: `Bearer ${KEY}` },
  body: { model: 'llama-3.3-70b-versatile', max_tokens: 512, messages: MESSAGES },
  streamedBody: { stream: true },
  modelsPath: '/openai/v1/models',
  models: ['llama-3.3-70b-versatile', 'llama-3.1-8b-instant'],
  requestId: 'req_stub',
  forbids: 'region',
});
