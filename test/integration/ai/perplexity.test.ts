import { describeProvider } from '../../support/ai/provider-contract.ts';
import { KEY } from '../../support/ai/provider-rig.ts';

const MESSAGES = [
  { role: 'system', content: 'You are a test.' },
  { role: 'user', content: 'First question' },
  { role: 'assistant', content: 'First answer' },
  { role: 'user', content: 'Why is the sky blue?' },
];

describeProvider('perplexity', {
  path: '/chat/completions',
  headers: { authorization: `Bearer ${KEY}` },
  body: { model: 'sonar', max_tokens: 512, messages: MESSAGES },
  streamedBody: { stream: true },
  modelsPath: undefined,
  models: [],
  requestId: 'req_stub',
  reasons: false,
  cites: true,
  filters: false,
});
