import { count } from '../words.ts';

/** What the AI of a bot used. */
export const botAiUse = {
  title: 'Last 30 days',
  show: 'What the chart shows',
  kinds: { tokens: 'Tokens', answers: 'Answers' },
  legend: { input: 'In', output: 'Out', answers: 'Answered', failed: 'Not answered' },
  asTable: 'Show as a table',
  asChart: 'Show as a chart',
  sums: (answers: number, failed: number, tokens: string) =>
    `${count(answers, 'answer', 'answers')}${failed > 0 ? `, ${failed} failed` : ''}, ${tokens} tokens in 30 days`,
  day: (answers: number, failed: number, tokens: string) =>
    `${count(answers, 'answer', 'answers')}${failed > 0 ? `, ${failed} failed` : ''}, ${tokens} tokens`,
  today: 'today',
  columns: { day: 'Day', answers: 'Answers', failed: 'Failed', input: 'Tokens in', output: 'Tokens out' },
  ofLimit: (used: string, most: string, percent: string) => `${used} of ${most} tokens, ${percent}`,
  noLimit: (used: string) => `${used} tokens, no limit set`,
  reached:
    'The limit of this month is reached: nothing is answered until the next one, or until you raise it.',
  never: 'Nothing was asked yet. What it costs shows here.',
  calls: 'Newest questions',
  callColumns: {
    when: 'When',
    source: 'From',
    model: 'Model',
    tokens: 'Tokens',
    ms: 'Took',
    outcome: 'Outcome',
  },
  sources: { chat: 'Chat', room: 'Room', api: 'Program', test: 'Test' },
  estimated: 'It ended before the provider said how many tokens it used: this is an estimate.',
  outcomes: {
    answered: 'Answered',
    empty: 'Came back empty',
    filtered: 'Held back by the provider',
    key: 'Key refused',
    model: 'Model unknown',
    quota: 'Credit used up',
    rate: 'Too many questions',
    busy: 'Provider too busy',
    unreachable: 'Not reached',
    region: 'Not served here',
    timeout: 'Took too long',
    stopped: 'Stopped',
    refused: 'Refused',
    failed: 'Failed',
  },
  more: (n: number) => `Show all ${n}`,
  answersToday: 'AI answers today',
  ofDay: (most: string) => `of ${most}`,
} as const;
