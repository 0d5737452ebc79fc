import { describeProvider } from '../../support/ai/provider-contract.ts';
import { KEY } from '../../support/ai/provider-rig.ts';

const said = (role: string, text: string) => ({ role, content: [{ type: 'text', text }] });

describeProvider('claude', {
  path: '/v1/messages',
  headers: { 'x-api-key': KEY, 'anthropic-version': '2023-06-01' },
  body: {
    model: 'claude-sonnet-4-20250514',
    max_tokens: 512,
    system: [{ type: 'text', text: 'You are a test.' }],
    messages: [
      said('user', 'First question'),
      said('assistant', 'First answer'),
      said('user', 'Why is the sky blue?'),
    ],
  },
  streamedBody: { stream: true },
  modelsPath: '/v1/models?limit=1000',
  models: ['claude-sonnet-4-20250514', 'claude-haiku-4-5'],
  requestId: 'req_stub',
});
