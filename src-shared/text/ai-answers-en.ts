/** What stands around the answers of an AI in chat, and what owners are told about it. */
export const aiAnswersEn = {
  'ai.system': 'You are a helpful assistant.',
  'ai.accepted': 'Accepted. The agent works on it by itself. Run ID: {{id}}',
  'ai.cut': '(Cut off here: the answer has reached its most tokens. Ask me to go on.)',
  'ai.too-much': '(Cut off here: there was more than fits into a chat.)',
  'ai.sources': 'Sources:',
  'ai.thoughts': 'Thoughts',
  'ai.not-now': 'I cannot answer that right now. Please try again later.',
  'notice.ai-base-url':
    'What is asked of the AI of {{name}} (ID: {{id}}) goes to {{host}} from now on (before: {{before}}). ' +
    'It was not you in this chat ({{from}}).\nIf you did not want that: /deactivate {{id}}',
  'notice.ai-month-tokens':
    '{{name}} (ID: {{id}}) has used {{percent}} % of its AI tokens of this month: {{used}} of {{limit}}. ' +
    'At 100 % it stops until next month. The limit is the setting ai_month_tokens.',
} as const;
