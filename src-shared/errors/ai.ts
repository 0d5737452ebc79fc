import type { Entry } from './entry.ts';

/** The AI of bots: what is set up wrong, and every way in which no answer comes. No word of a provider is among them. */
export const aiErrors = {
  'ai.not-set-up': {
    kind: 'invalid',
    slug: 'not_configured',
    text: 'The AI of this bot is not set up. Choose a provider and a model first.',
  },
  'ai.off': {
    kind: 'invalid',
    slug: 'not_enabled',
    text: 'The AI of this bot is switched off. Switch it on first.',
  },
  'ai.unknown-provider': {
    kind: 'invalid',
    slug: 'bad_request',
    text: 'There is no provider called {provider}. Use one of: {known}',
  },
  'ai.key-missing': {
    kind: 'invalid',
    slug: 'bad_request',
    text: '{provider} needs a key. Get one here: {site}',
  },
  'ai.key-bound': {
    kind: 'invalid',
    slug: 'bad_request',
    text: 'The key and headers of {provider} were given for {origin}, and go nowhere else. Give them again together with the new address, or take them away.',
  },
  'ai.endpoint-missing': {
    kind: 'invalid',
    slug: 'bad_request',
    text: '{provider} has no address of its own. Give the base URL of the server, such as https://ai.example.org/v1',
  },
  'ai.endpoint-refused': {
    kind: 'invalid',
    slug: 'bad_request',
    text: 'The AI may not be asked at {url}: {reason}.',
  },
  'ai.model-missing': {
    kind: 'invalid',
    slug: 'bad_request',
    text: 'Which model of {provider}? Give its name.',
  },
  'ai.model-unknown': {
    kind: 'invalid',
    slug: 'bad_request',
    text: '{provider} has no model called {model}. There are, among others: {near}',
  },
  'ai.header': {
    kind: 'invalid',
    slug: 'bad_request',
    text: '"{name}" cannot be sent as a header. Use a name of letters, digits and -, a value in one line of ASCII, and none that Botmother sends itself.',
  },
  'ai.key-form': {
    kind: 'invalid',
    slug: 'bad_request',
    text: 'This is no key: it has blanks or characters that no key has. Copy it again.',
  },
  'ai.key-refused': {
    kind: 'upstream',
    slug: 'ai_key_refused',
    text: 'The AI does not accept the key. Check it, or give a new one.',
  },
  'ai.region': {
    kind: 'upstream',
    slug: 'ai_region',
    text: 'The AI provider does not serve the country, region or network that this machine is in. Switch off a VPN, or choose another provider, or a model on a machine of your own.',
  },
  'ai.model-gone': {
    kind: 'upstream',
    slug: 'ai_model_unknown',
    text: 'The AI does not know the model {model}. Choose another.',
  },
  'ai.quota': {
    kind: 'upstream',
    slug: 'ai_quota',
    text: 'The account at the AI provider is used up. Top it up there, or choose another provider.',
  },
  'ai.rate-limit': {
    kind: 'limit',
    slug: 'rate_limited',
    text: 'That was a lot in a short time. Ask again in {seconds} s.',
  },
  'ai.provider-rate': {
    kind: 'unavailable',
    slug: 'ai_busy',
    text: 'The AI provider wants a break. Ask again in {seconds} s.',
  },
  'ai.day-limit': {
    kind: 'limit',
    slug: 'limit_reached',
    text: 'This bot has given all {limit} AI answers of today. It goes on tomorrow, or with a higher limit.',
  },
  'ai.month-limit': {
    kind: 'limit',
    slug: 'limit_reached',
    text: 'This bot has used all {limit} AI tokens of this month. It goes on next month, or with a higher limit.',
  },
  'ai.busy': {
    kind: 'limit',
    slug: 'ai_queue_full',
    text: 'There are {count} questions waiting already. Wait for their answers, or end them.',
  },
  'ai.crowded': {
    kind: 'unavailable',
    slug: 'ai_queue_full',
    text: 'The AI has too many questions to answer at the moment. Ask again in {seconds} s.',
  },
  'ai.provider-busy': {
    kind: 'unavailable',
    slug: 'ai_busy',
    text: 'The AI is overloaded at the moment. Ask again in a while.',
  },
  'ai.unreachable': {
    kind: 'upstream',
    slug: 'ai_unreachable',
    text: 'The AI cannot be reached: {reason}. Check the address.',
  },
  'ai.not-reached': {
    kind: 'upstream',
    slug: 'ai_unreachable',
    text: 'The provider ({provider}) could not be reached just now: {reason}. Try again later.',
  },
  'ai.timeout': {
    kind: 'upstream',
    slug: 'ai_timeout',
    text: 'The AI has not answered within {seconds} s. Ask again, or allow it more time.',
  },
  'ai.too-long': {
    kind: 'invalid',
    slug: 'ai_too_long',
    text: 'The conversation has become too long for this model. Begin a new one.',
  },
  'ai.filtered': {
    kind: 'upstream',
    slug: 'ai_filtered',
    text: 'The AI does not answer that: its provider filters it out. Ask in other words.',
  },
  'ai.empty': {
    kind: 'upstream',
    slug: 'ai_empty',
    text: 'The AI answered with nothing. Ask again, or in other words.',
  },
  'ai.failed': {
    kind: 'upstream',
    slug: 'ai_error',
    text: 'The AI gave no answer that can be used. Ask again; if it stays so, check provider, model and address.',
  },
  'ai.stopped': { kind: 'unavailable', slug: 'ai_stopped', text: 'The question was stopped.' },
  'ai.too-old': {
    kind: 'unavailable',
    slug: 'ai_stopped',
    text: 'I was away when you asked, and have not answered. Ask again if it still matters.',
  },
  'ai.no-agent': {
    kind: 'invalid',
    slug: 'bad_request',
    text: 'Only OpenClaw has an agent. Set it up first.',
  },
  'ai.prompt-too-long': {
    kind: 'invalid',
    slug: 'bad_request',
    text: 'A system prompt has at most {limit} characters.',
  },
} as const satisfies Record<string, Entry>;
