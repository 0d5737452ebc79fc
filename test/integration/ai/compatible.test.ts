import { describeProvider } from '../../support/ai/provider-contract.ts';
import { KEY } from '../../support/ai/provider-rig.ts';

const MESSAGES = [
  { role: 'system', content: 'You are a test.' },
  { role: 'user', content: 'First question' },
  { role: 'assistant', content: 'First answer' },
  { role: 'user', content: 'Why is the sky blue?' },
];

describeProvider('compatible', {
  path: '/v1/chat/completions',
  headers: { authorization: `Bearer ${KEY}` },
  body: { model: 'local-model', max_tokens: 512, messages: MESSAGES },
  streamedBody: { stream: true, stream_options: { include_usage: true } },
  modelsPath: '/v1/models',
  models: ['local-model', 'o3-mini'],
  requestId: 'req_stub',
  forbids: 'region',
});
