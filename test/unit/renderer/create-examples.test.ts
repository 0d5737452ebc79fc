import { expect, it } from 'vitest';
import { EXAMPLES } from '../../../src-renderer/views/bots/create/examples.ts';

const given = { url: 'https://host:7842/bot/', token: 'bm_1', to: 'you@x.example', greeting: 'Hello' };

it.each([
  ['curl', 'curl --cacert server.crt -X POST https://host:7842/bot/sendMessage'],
  ['Python', 'verify="server.crt")'],
  ['Node', 'NODE_EXTRA_CA_CERTS=server.crt'],
] as const)('%s trusts a certificate that was made here, and nothing else', (language, words) => {
  expect(EXAMPLES[language]({ ...given, ca: 'server.crt' })).toContain(words);
  expect(EXAMPLES[language](given)).not.toContain('server.crt');
});
