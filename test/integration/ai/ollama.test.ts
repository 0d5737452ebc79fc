import { describeProvider } from '../../support/ai/provider-contract.ts';
import { KEY } from '../../support/ai/provider-rig.ts';

const MESSAGES = [
  { role: 'system', content: 'You are a test.' },
  { role: 'user', content: 'First question' },
  { role: 'assistant', content: 'First answer' },
  { role: 'user', content: 'Why is the sky blue?' },
];

describeProvider('ollama', {
  path: '/api/chat',
  headers: { authorization: `Bearer ${KEY}` },
  body: { model: 'llama3', options: { num_predict: 512 }, messages: MESSAGES, stream: false },
  streamedBody: { stream: true },
  modelsPath: '/api/tags',
  models: ['llama3:latest', 'phi3:latest'],
  requestId: '',
  filters: false,
});
